import type { VendorReply } from './reply.ts'

type Body = Record<string, unknown>

/** The ways in which a list can be wrong although its status says that all is well. */
export type ListSpoiling = 'empty-page' | 'no-meta' | 'error-in-list' | 'repeat-rows' | 'other-host'

/** Where the links of `other-host` lead: a name that is never resolved. */
const otherHost = 'https://elsewhere.invalid'

/** What the vendor's client libraries push into a list when a page fails. */
const errorElement = { name: 'Error', message: 'Zendesk Error: 429 Too Many Requests', statusCode: 429 }

/**
 * Spoils the list in a reply. `last` are the rows of the list before it, for `repeat-rows`. A reply without a list comes
 * back as it was.
 */
export function spoilList(reply: VendorReply, kind: ListSpoiling, url: string, last: readonly unknown[]): VendorReply {
  const body = reply.json
  if (Array.isArray(body)) return { ...reply, json: spoilRows(body, kind, last) }
  const name = listName(body)
  if (name === undefined) return reply
  const whole = body as Body
  const rows = whole[name] as readonly unknown[]
  switch (kind) {
    case 'empty-page':
      return { ...reply, json: { ...whole, [name]: [], ...goesOn(whole, url) } }
    case 'no-meta': {
      const bare = Object.entries(whole).filter(([member]) => !paging.includes(member))
      return { ...reply, json: Object.fromEntries(bare) }
    }
    case 'other-host':
      return { ...reply, json: { ...whole, ...withHost(whole, url) } }
    case 'error-in-list':
    case 'repeat-rows':
      return { ...reply, json: { ...whole, [name]: spoilRows(rows, kind, last) } }
  }
}

/** The rows of a reply that is a list. */
export function rowsIn({ json: body }: VendorReply): readonly unknown[] | undefined {
  if (Array.isArray(body)) return body
  const name = listName(body)
  return name === undefined ? undefined : ((body as Body)[name] as readonly unknown[])
}

const paging = ['meta', 'links', 'next_page', 'previous_page', 'count']

/** The first member that is an array, in a body that says something of pages. */
function listName(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !paging.some((name) => name in body)) return undefined
  return Object.entries(body).find(([, value]) => Array.isArray(value))?.[0]
}

function spoilRows(rows: readonly unknown[], kind: ListSpoiling, last: readonly unknown[]): readonly unknown[] {
  if (kind === 'empty-page') return []
  if (kind === 'error-in-list') return [...rows, errorElement]
  if (kind === 'repeat-rows') return [...(last.length > 0 ? last : rows).slice(-3), ...rows]
  return rows
}

function goesOn(body: Body, url: string): Body {
  if (!('meta' in body)) return { next_page: body['next_page'] ?? url }
  const links = body['links'] as Body
  return { meta: { ...(body['meta'] as Body), has_more: true }, links: { ...links, next: links['next'] ?? url } }
}

function withHost(body: Body, url: string): Body {
  const moved = (link: unknown): string =>
    (typeof link === 'string' ? link : url).replace(/^https?:\/\/[^/]+/, otherHost)
  if (!('meta' in body)) return { next_page: moved(body['next_page']) }
  const links = body['links'] as Body
  return { links: { ...links, next: moved(links['next']) } }
}
