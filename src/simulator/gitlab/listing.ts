import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'

/**
 * A page of a list as GitLab cuts it: by number with everything told in headers, or from a cursor, which names a place in the order.
 *
 * @param keyOf a row's place in the list's order, for cursors; null: the list has pages by number only.
 */
export function pageReply<Row extends { readonly id: number }>(
  { query, origin, path }: VendorRequest,
  rows: readonly Row[],
  render: (row: Row) => Record<string, unknown>,
  keyOf: ((row: Row) => string) | null = null,
): VendorReply {
  const perPage = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 20)))
  const address = (changed: Readonly<Record<string, string>>): string => {
    const params = new URLSearchParams(query)
    for (const [key, value] of Object.entries({ per_page: String(perPage), ...changed })) params.set(key, value)
    return `${origin}${path}?${params.toString()}`
  }
  if (keyOf && query.get('pagination') === 'keyset') {
    const place = query.get('cursor')
    const start = place === null ? 0 : rows.findIndex((row) => keyOf(row) > decode(place))
    const shown = start < 0 ? [] : rows.slice(start, start + perPage)
    const last = shown.at(-1)
    const isLast = last === undefined || start + perPage >= rows.length
    const link = isLast ? {} : { link: `<${address({ cursor: encode(keyOf(last)) })}>; rel="next"` }
    return json(shown.map(render), 200, { 'x-per-page': String(perPage), ...link })
  }
  const page = Math.max(1, Number(query.get('page') ?? 1))
  const pages = Math.max(1, Math.ceil(rows.length / perPage))
  const at = (number: number): string => address({ page: String(number) })
  const links = [
    ...(page > 1 ? [`<${at(page - 1)}>; rel="prev"`] : []),
    ...(page < pages ? [`<${at(page + 1)}>; rel="next"`] : []),
    `<${at(1)}>; rel="first"`,
    `<${at(pages)}>; rel="last"`,
  ]
  return json(rows.slice((page - 1) * perPage, page * perPage).map(render), 200, {
    link: links.join(', '),
    'x-page': String(page),
    'x-per-page': String(perPage),
    'x-next-page': page < pages ? String(page + 1) : '',
    'x-prev-page': page > 1 ? String(page - 1) : '',
    'x-total': String(rows.length),
    'x-total-pages': String(pages),
  })
}

const encode = (key: string): string => Buffer.from(key).toString('base64url')
const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8')
