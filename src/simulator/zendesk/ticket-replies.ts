import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { zendeskTime } from '../time.ts'
import type { TicketScope, TicketSort } from '../world/listing.ts'
import { organizations } from '../world/organizations.ts'
import { agentGroups } from '../world/people.ts'
import type { Ticket } from '../world/ticket.ts'
import type { World } from '../world/world.ts'
import { auditJson } from './audit-rendering.ts'
import type { PagedRows } from './paging.ts'
import { isReply, readPage, rowsOf } from './paging.ts'
import { forbidden, notFound } from './refusals.ts'
import { commentJson, groupJson, metricSetJson, organizationJson, slasJson, ticketJson, userJson } from './rendering.ts'
import type { SlaPlace, ZendeskSettings } from './settings.ts'

export interface TicketRepliesDeps {
  readonly world: World
  readonly anchor: number
  now(): number
  settings(): ZendeskSettings
}

const cursorSorts: readonly string[] = ['id', 'updated_at', 'status']
const offsetSorts: readonly string[] = ['id', 'updated_at', 'created_at', 'status']

const apiOf = ({ origin }: VendorRequest): string => `${origin}/api/v2`

const includeOf = ({ query }: VendorRequest): ReadonlySet<string> => new Set((query.get('include') ?? '').split(','))

/** A ticket that can be read by its id: deleted ones are gone, restricted ones are refused. */
export function readableTicket(world: World, id: number): Ticket | VendorReply {
  const ticket = world.ticket(id)
  const fate = world.fates.of(id)
  if (!ticket || fate?.kind === 'deleted') return notFound
  return fate?.kind === 'restricted' ? forbidden : ticket
}

/** Tells a ticket from a refusal: both have a status. */
export const isTicket = (value: Ticket | VendorReply): value is Ticket => 'id' in value

/** Turns tickets into the vendor's rows, and into what `include` asks for beside them. */
export function createTicketRendering({ world, anchor, now, settings }: TicketRepliesDeps) {
  const usersOf = (ids: readonly number[], api: string) =>
    [...new Set(ids)].flatMap((id) => world.users.get(id) ?? []).map((user) => userJson(user, api))
  const sideloads = (
    tickets: readonly Ticket[],
    include: ReadonlySet<string>,
    api: string,
  ): Record<string, unknown> => {
    const loaded: Record<string, unknown> = {}
    if (include.has('users')) {
      loaded['users'] = usersOf(
        tickets.flatMap(({ requesterId, assigneeId, ccIds, followerIds }) => [
          requesterId,
          assigneeId ?? 0,
          ...ccIds,
          ...followerIds,
        ]),
        api,
      )
    }
    if (include.has('organizations')) {
      const wanted = new Set(tickets.map(({ organizationId }) => organizationId))
      loaded['organizations'] = organizations
        .filter(({ id }) => wanted.has(id))
        .map((organization) => organizationJson(organization, api, anchor, world.noteOf(organization.id)))
    }
    if (include.has('groups')) {
      const wanted = new Set(tickets.map(({ groupId }) => groupId))
      loaded['groups'] = agentGroups.filter(({ id }) => wanted.has(id)).map((group) => groupJson(group, api))
    }
    return loaded
  }
  return {
    usersOf,
    render(tickets: readonly Ticket[], request: VendorRequest, include: ReadonlySet<string>, place: SlaPlace) {
      const api = apiOf(request)
      const withSlas = include.has('slas') && settings().slas[place]
      const rows = tickets.map((ticket) => ({
        ...ticketJson(ticket, api, settings().ccs_and_followers),
        ...(withSlas ? { slas: slasJson(ticket, now()) } : {}),
        ...(include.has('metric_sets') ? { metric_set: metricSetJson(ticket, api) } : {}),
      }))
      return { rows, sideloads: sideloads(tickets, include, api) }
    },
  }
}

export type TicketRendering = ReturnType<typeof createTicketRendering>

/** Answers with tickets, and with what belongs to one of them. */
export function createTicketReplies(deps: TicketRepliesDeps, rendering: TicketRendering) {
  const { world, now, settings } = deps
  const { render, usersOf } = rendering

  /** A reply about one ticket that can be read. */
  const about =
    (answer: (ticket: Ticket, request: VendorRequest) => VendorReply) =>
    (request: VendorRequest, id: number): VendorReply => {
      const ticket = readableTicket(world, id)
      return isTicket(ticket) ? answer(ticket, request) : ticket
    }

  const peopleList = (choose: (ticket: Ticket) => readonly number[], needsFeature: boolean) =>
    about((ticket, request) => {
      const ids = needsFeature && !settings().ccs_and_followers ? [] : choose(ticket)
      const users = usersOf(ids, apiOf(request))
      return json({ users, next_page: null, previous_page: null, count: users.length })
    })

  return {
    one: about((ticket, request) => {
      const { rows, sideloads } = render([ticket], request, includeOf(request), 'ticket')
      return json({ ticket: rows[0], ...sideloads })
    }),
    many(request: VendorRequest, ids: readonly number[]): VendorReply {
      const found = [...new Set(ids)].map((id) => readableTicket(world, id)).filter(isTicket)
      const { rows, sideloads } = render(found, request, includeOf(request), 'show_many')
      return json({ tickets: rows, ...sideloads, next_page: null, previous_page: null, count: rows.length })
    },
    list(request: VendorRequest, scope: TicketScope): VendorReply {
      const order = readOrder(request)
      if ('status' in order) return order
      const listed = world.list(scope, order.sort)
      const rows: PagedRows<Ticket> = { ...listed, at: listed.ticketAt }
      const page = readPage(rows, order.descending, request)
      if (isReply(page)) return page
      const { rows: tickets, sideloads } = render(page.items, request, includeOf(request), slaPlaceOf(scope))
      return json({ tickets, ...sideloads, ...page.envelope })
    },
    count(organizationId: number): VendorReply {
      const { length } = world.list({ kind: 'organization', id: organizationId }, 'id')
      return json({ count: { value: length, refreshed_at: zendeskTime(now()) } })
    },
    comments: about((ticket, request) => {
      const page = readPage(
        rowsOf(ticket.comments, ({ createdAt }) => createdAt),
        isDescending(request),
        request,
      )
      if (isReply(page)) return page
      const people = [...page.items.map(({ authorId }) => authorId), ...ticket.ccIds]
      const users = includeOf(request).has('users') ? { users: usersOf(people, apiOf(request)) } : {}
      return json({ comments: page.items.map(commentJson), ...users, ...page.envelope })
    }),
    audits: about((ticket, request) => {
      const wanted = request.query.getAll('filter_events[]')
      const context = { users: world.users, ccsAndFollowers: settings().ccs_and_followers }
      const page = readPage(
        rowsOf(ticket.audits, ({ createdAt }) => createdAt),
        isDescending(request),
        request,
      )
      if (isReply(page)) return page
      const audits = page.items.map((audit) => auditJson(audit, ticket.id, context))
      const shown = audits.map((audit) => ({
        ...audit,
        events: (audit['events'] as readonly Record<string, unknown>[]).filter(
          ({ type }) => wanted.length === 0 || wanted.includes(String(type)),
        ),
      }))
      const left = wanted.length === 0 ? shown : shown.filter(({ events }) => events.length > 0)
      const people = page.items.map(({ authorId }) => authorId)
      const users = includeOf(request).has('users') ? { users: usersOf(people, apiOf(request)) } : {}
      return json({ audits: left, ...users, ...page.envelope })
    }),
    metrics: about((ticket, request) => json({ ticket_metric: [metricSetJson(ticket, apiOf(request))] })),
    emailCcs: peopleList(({ ccIds }) => ccIds, true),
    followers: peopleList(({ followerIds }) => followerIds, true),
    collaborators: peopleList(({ ccIds, followerIds }) => [...ccIds, ...followerIds], false),
    deleted(request: VendorRequest): VendorReply {
      const gone = [...world.fates.all()].flatMap(([id, fate]) => {
        const ticket = fate.kind === 'deleted' ? world.ticket(id) : undefined
        if (!ticket || fate.kind !== 'deleted') return []
        const name = world.users.get(fate.actorId)?.name ?? ''
        const { subject, status } = ticket
        const deletedAt = zendeskTime(fate.at)
        return [{ id, subject, actor: { id: fate.actorId, name }, deleted_at: deletedAt, previous_state: status }]
      })
      const page = readPage(
        rowsOf(gone, ({ id }) => id),
        false,
        request,
      )
      return isReply(page) ? page : json({ deleted_tickets: page.items, ...page.envelope })
    },
  }
}

function slaPlaceOf({ kind }: TicketScope): SlaPlace {
  return kind === 'all' ? 'tickets' : kind === 'organization' ? 'organization' : 'user'
}

function isDescending({ query }: VendorRequest): boolean {
  return query.get('sort') === '-created_at' || query.get('sort_order') === 'desc'
}

function readOrder({ query }: VendorRequest): { sort: TicketSort; descending: boolean } | VendorReply {
  const byCursor = query.has('page[size]')
  const written = (byCursor ? query.get('sort') : query.get('sort_by')) ?? 'id'
  const descending = byCursor ? written.startsWith('-') : query.get('sort_order') === 'desc'
  const sort = byCursor ? written.replace(/^-/, '') : written
  if (!(byCursor ? cursorSorts : offsetSorts).includes(sort)) {
    return json({ error: 'InvalidValue', description: `sort is not valid: ${written}` }, 400)
  }
  return { sort: sort as TicketSort, descending }
}
