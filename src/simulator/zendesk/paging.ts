import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { lowerBound } from '../world/listing.ts'

/** Things in ascending order of (key, id), read by position. */
export interface PagedRows<T> {
  readonly length: number
  keyAt(position: number): number
  idAt(position: number): number
  at(position: number): T
}

/** One page, and what the reply says about the pages around it. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly envelope: Readonly<Record<string, unknown>>
}

const mostPerPage = 100
const deepestRow = 10_000

/** The page a request asks for: by cursor when `page[size]` is there, else by offset. */
export function readPage<T>(rows: PagedRows<T>, descending: boolean, request: VendorRequest): Page<T> | VendorReply {
  return request.query.has('page[size]') ? cursorPage(rows, descending, request) : offsetPage(rows, descending, request)
}

export function isReply(value: object): value is VendorReply {
  return 'status' in value
}

const invalid = (message: string): VendorReply =>
  json({ error: 'InvalidPaginationParameter', description: message }, 400)

function cursorPage<T>(rows: PagedRows<T>, descending: boolean, request: VendorRequest): Page<T> | VendorReply {
  const { query } = request
  const size = Number(query.get('page[size]'))
  if (!Number.isInteger(size) || size < 1 || size > mostPerPage) return invalid('page[size] must be from 1 to 100')
  const after = query.get('page[after]')
  const before = query.get('page[before]')
  const token = after ?? before
  const cursor = token === null ? undefined : decodeCursor(token)
  if (token !== null && !cursor) return invalid(`page[${after === null ? 'before' : 'after'}] is not valid`)
  const position = (index: number): number => (descending ? rows.length - 1 - index : index)
  let from = 0
  if (cursor) {
    // A row that moved since is found where it is now, not where it was: the cursor names a place, not a row.
    const isPast = (index: number): number => {
      const key = rows.keyAt(position(index)) - cursor.key || rows.idAt(position(index)) - cursor.id
      return descending ? -key : key
    }
    from =
      after === null
        ? Math.max(0, lowerBound(rows.length, (index) => isPast(index) < 0) - size)
        : lowerBound(rows.length, (index) => isPast(index) <= 0)
  }
  const to = Math.min(rows.length, from + size)
  const items = Array.from({ length: to - from }, (_, index) => rows.at(position(from + index)))
  const cursorAt = (index: number): string => encodeCursor(rows.keyAt(position(index)), rows.idAt(position(index)))
  const first = items.length ? cursorAt(from) : null
  const last = items.length ? cursorAt(to - 1) : null
  const hasMore = after === null && before !== null ? from > 0 : to < rows.length
  return {
    items,
    envelope: {
      meta: { has_more: hasMore, after_cursor: last, before_cursor: first },
      links: {
        prev: first === null || from === 0 ? null : linkWith(request, { 'page[before]': first, 'page[after]': null }),
        next:
          last === null || to >= rows.length ? null : linkWith(request, { 'page[after]': last, 'page[before]': null }),
      },
    },
  }
}

function offsetPage<T>(rows: PagedRows<T>, descending: boolean, request: VendorRequest): Page<T> | VendorReply {
  const page = Number(request.query.get('page') ?? 1)
  const perPage = Math.min(mostPerPage, Number(request.query.get('per_page') ?? mostPerPage))
  if (!Number.isInteger(page) || page < 1 || !Number.isInteger(perPage) || perPage < 1) {
    return invalid('page and per_page must be whole numbers above 0')
  }
  if (page > 100 || page * perPage > deepestRow) {
    const message =
      'Pagination requests using Offset Pagination are limited to page 100 or up to 10000 records (page * per_page)'
    return json({ error: { title: 'InvalidPaginationDepth', message } }, 400)
  }
  const from = Math.min(rows.length, (page - 1) * perPage)
  const to = Math.min(rows.length, from + perPage)
  const items = Array.from({ length: to - from }, (_, index) =>
    rows.at(descending ? rows.length - 1 - from - index : from + index),
  )
  return {
    items,
    envelope: {
      next_page: to < rows.length ? linkWith(request, { page: String(page + 1) }) : null,
      previous_page: page > 1 ? linkWith(request, { page: String(page - 1) }) : null,
      count: rows.length,
    },
  }
}

function linkWith(request: VendorRequest, changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(request.query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name)
    else query.set(name, value)
  }
  return `${request.origin}${request.path}?${query.toString()}`
}

function encodeCursor(key: number, id: number): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

function decodeCursor(token: string): { key: number; id: number } | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    if (!Array.isArray(parts)) return undefined
    const [key, id]: unknown[] = parts
    return typeof key === 'number' && typeof id === 'number' ? { key, id } : undefined
  } catch {
    return undefined
  }
}

/** Turns a list into rows in ascending order of (key, id). */
export function rowsOf<T extends { readonly id: number }>(items: readonly T[], key: (item: T) => number): PagedRows<T> {
  const sorted = [...items].sort((a, b) => key(a) - key(b) || a.id - b.id)
  const at = (position: number): T => sorted[position] as T
  return { length: sorted.length, keyAt: (position) => key(at(position)), idAt: (position) => at(position).id, at }
}
