import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { firstHistoryId } from '../world/history.ts'
import { organizations } from '../world/organizations.ts'
import { me } from '../world/people.ts'
import type { Ticket } from '../world/ticket.ts'
import type { World } from '../world/world.ts'
import { organizationJson, userJson } from './rendering.ts'
import type { SearchableTicket, SearchQuery } from './search-query.ts'
import { readQuery } from './search-query.ts'
import type { ZendeskSettings } from './settings.ts'

interface SearchDeps {
  readonly world: World
  readonly anchor: number
  now(): number
  settings(): ZendeskSettings
  /** Renders tickets with the side-loads that are named. */
  render(
    tickets: readonly Ticket[],
    request: VendorRequest,
    include: ReadonlySet<string>,
  ): { readonly rows: readonly Record<string, unknown>[]; readonly sideloads: Record<string, unknown> }
}

/** Results that a query gives at most, over all of its pages. */
const mostResults = 1000
const sorts = ['updated_at', 'created_at', 'priority', 'status', 'ticket_type']
const ranks: readonly string[] = [
  'new',
  'open',
  'pending',
  'hold',
  'solved',
  'closed',
  'low',
  'normal',
  'high',
  'urgent',
]

/** Answers searches from an index that may lag behind the tickets. Offset pages only, a thousand results at most. */
export function createSearch({ world, anchor, now, settings, render }: SearchDeps) {
  const candidates = (): readonly SearchableTicket[] => {
    const instant = now() - settings().search_lag_ms
    const { history, fates } = world
    const isFound = (id: number): boolean => {
      const fate = fates.of(id)
      return !fate || fate.kind === 'archived' || (fate.kind === 'deleted' && fate.at > instant)
    }
    const live = world.liveAt(instant).map((ticket): SearchableTicket => ({ ...ticket, whole: () => ticket }))
    const old = Array.from({ length: history.length }, (_, row): SearchableTicket => {
      let whole: Ticket | undefined
      return {
        id: firstHistoryId + row,
        status: 'closed',
        createdAt: history.createdAt[row] ?? 0,
        updatedAt: history.updatedAt[row] ?? 0,
        organizationId: history.organizationIdAt(row),
        assigneeId: history.assigneeIdAt(row),
        whole: () => (whole ??= history.ticketAt(row)),
      }
    })
    return [...old, ...live].filter(({ id }) => isFound(id))
  }

  const find = (query: SearchQuery, request: VendorRequest): readonly Found[] => {
    const found: Found[] = []
    if (query.type === null || query.type === 'ticket') {
      const tickets = candidates().filter((ticket) => query.matches(ticket))
      found.push(...tickets.map((ticket): Found => ({ ticket, key: sortKey(ticket, request) })))
    }
    if (query.type === 'organization' || (query.type === null && query.words.length > 0)) {
      for (const one of organizations) {
        if (query.words.every((word) => one.name.toLowerCase().includes(word)))
          found.push({ organization: one, key: one.id })
      }
    }
    if (query.type === 'user') {
      for (const user of world.users.values()) {
        const text = `${user.name} ${user.email}`.toLowerCase()
        if (query.words.every((word) => text.includes(word))) found.push({ user, key: user.id })
      }
    }
    const direction = request.query.get('sort_order') === 'asc' ? 1 : -1
    return found.sort((a, b) => direction * (a.key - b.key || idOf(a) - idOf(b)))
  }

  return {
    count(request: VendorRequest): VendorReply {
      const query = readQuery(request.query.get('query') ?? '', me.id)
      return query
        ? json({ count: find(query, request).length })
        : invalid('Invalid search: the query could not be read')
    },
    list(request: VendorRequest): VendorReply {
      const written = request.query.get('query') ?? ''
      const query = written === '' ? null : readQuery(written, me.id)
      if (!query) return invalid('Invalid search: the query could not be read')
      const page = Number(request.query.get('page') ?? 1)
      const perPage = Math.min(100, Number(request.query.get('per_page') ?? 100))
      if (!(page >= 1 && perPage >= 1)) return invalid('Invalid search: page and per_page must be above 0')
      if (page * perPage > mostResults) {
        return invalid('Invalid search: Requested response size was greater than Search Response Limits')
      }
      const found = find(query, request)
      const shown = found.slice((page - 1) * perPage, page * perPage)
      const include = scopedSideloads(request.query.get('include') ?? '')
      const tickets = shown.flatMap((one) => ('ticket' in one ? [one.ticket.whole()] : []))
      const { rows, sideloads } = render(tickets, request, include)
      const byId = new Map(rows.map((row) => [row['id'], row]))
      const api = `${request.origin}/api/v2`
      const results = shown.map((one) => {
        if ('ticket' in one) return { ...byId.get(one.ticket.id), result_type: 'ticket' }
        if ('user' in one) return { ...userJson(one.user, api), result_type: 'user' }
        const note = world.noteOf(one.organization.id)
        return { ...organizationJson(one.organization, api, anchor, note), result_type: 'organization' }
      })
      const at = (number: number): string => linkTo(request, number)
      return json({
        results,
        ...sideloads,
        facets: null,
        count: found.length,
        next_page: page * perPage < found.length ? at(page + 1) : null,
        previous_page: page > 1 ? at(page - 1) : null,
      })
    },
  }
}

type Found = { readonly key: number } & (
  | { readonly ticket: SearchableTicket }
  | { readonly organization: (typeof organizations)[number] }
  | { readonly user: Parameters<typeof userJson>[0] }
)

function idOf(found: Found): number {
  return 'ticket' in found ? found.ticket.id : 'user' in found ? found.user.id : found.organization.id
}

const invalid = (description: string): VendorReply => json({ error: 'invalid', description }, 422)

function sortKey(ticket: SearchableTicket, { query }: VendorRequest): number {
  const sort = query.get('sort_by')
  if (sort === null || !sorts.includes(sort) || sort === 'created_at') return ticket.createdAt
  if (sort === 'updated_at') return ticket.updatedAt
  if (sort === 'status') return ranks.indexOf(ticket.status)
  return ranks.indexOf(ticket.whole().priority ?? '')
}

/** Side-loads of a search are scoped, `tickets(slas,users)`; a plain `slas` is not one. */
function scopedSideloads(include: string): ReadonlySet<string> {
  return new Set((/tickets\(([^)]*)\)/.exec(include)?.[1] ?? '').split(',').map((word) => word.trim()))
}

function linkTo(request: VendorRequest, page: number): string {
  const query = new URLSearchParams(request.query)
  query.set('page', String(page))
  return `${request.origin}${request.path}?${query.toString()}`
}
