import { z } from 'zod'
import type { TicketAudit } from '#core/tickets/audit.ts'
import type { TicketComment } from '#core/tickets/ticket.ts'
import type { TicketSighting } from '../db/store-tickets.ts'
import { inSlices } from '../in-slices.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { Urgency } from '../transport/transport.ts'
import { isLastPage, toPage, toUsers, wireUsers, type Page, type ZendeskUser } from './page.ts'
import { auditPage, toAudit } from './wire-audits.ts'
import {
  meAnswer,
  organizationAnswer,
  organizationsAnswer,
  toOrganization,
  ticketFormsAnswer,
  toPerson,
  userAnswer,
  usersAnswer,
  type ZendeskMe,
  type ZendeskOrganization,
  type ZendeskPerson,
  type ZendeskTicketForm,
} from './wire-people.ts'
import { commentPage, ticketPage, toComment, toSighting, wireTicket } from './wire.ts'
import { createZendeskClient, readAs, type Reader, type Resource, type ZendeskReach } from './zendesk-client.ts'

export type { Page, ZendeskUser } from './page.ts'
export type { ZendeskMe, ZendeskOrganization, ZendeskPerson } from './wire-people.ts'

/** Tickets that were asked for, and the users who came with them. */
export interface FoundTickets {
  readonly rows: readonly TicketSighting[]
  readonly users: readonly ZendeskUser[]
}

/** What Understudy reads from Zendesk, as an ordinary agent may. Every call throws `RemoteFailure` when it fails. */
export interface ZendeskApi {
  /** Who is signed in; fails when that is nobody, or a customer. */
  me(): Promise<ZendeskMe>
  user(id: number): Promise<ZendeskPerson>
  organization(id: number): Promise<ZendeskOrganization>
  /** Organizations whose name begins like this, a hundred at most. */
  organizationsNamed(prefix: string): Promise<readonly { readonly id: number; readonly name: string }[]>
  /** Agents and administrators whose name begins like this, or whose address is this, a hundred at most. */
  agentsNamed(prefix: string): Promise<readonly ZendeskPerson[]>
  /** The forms that tickets are opened with, a hundred at most; not every agent may read them. */
  ticketForms(): Promise<readonly ZendeskTicketForm[]>
  /** Tickets of everybody, last changed first, with their SLA clocks. */
  allTickets(cursor: string | null): Promise<Page<TicketSighting>>
  /** Tickets of an organization, last changed first, with their SLA clocks. */
  ticketsOfOrganization(id: number, cursor: string | null): Promise<Page<TicketSighting>>
  /** The same in the order of their ids, in which nothing moves while it is read. */
  ticketsOfOrganizationById(id: number, cursor: string | null): Promise<Page<TicketSighting>>
  /** Tickets assigned to a person, last changed first, with when they got them. */
  ticketsAssignedTo(userId: number, cursor: string | null): Promise<Page<TicketSighting>>
  /** Tickets a person is on Cc of, last changed first. */
  ticketsWithCc(userId: number, cursor: string | null): Promise<Page<TicketSighting>>
  /** Tickets a person follows, last changed first. */
  ticketsFollowedBy(userId: number, cursor: string | null): Promise<Page<TicketSighting>>
  /**
   * Tickets by their ids, a hundred at most. One that is not in the answer was deleted or is out of our sight; an answer that
   * is not whole is refused.
   */
  ticketsByIds(ids: readonly number[]): Promise<FoundTickets>
  /** One ticket; fails with `not-found` or `forbidden` where it is not to be seen. */
  ticket(id: number): Promise<FoundTickets>
  /**
   * Unsolved tickets of an organization from the search index, which lags behind by minutes.
   *
   * @param page from 1 to 10; Zendesk gives a thousand results of a query at most. `next` is the number of the page to come.
   */
  liveTicketsBySearch(organizationId: number, page: number): Promise<FoundTickets & { readonly next: number | null }>
  /** Messages of a ticket, oldest first. */
  comments(ticketId: number, cursor: string | null): Promise<Page<TicketComment>>
  /**
   * Who did what to a ticket, oldest first. `resume` is where to go on another time, after the last row; null when Zendesk
   * did not say: then it is read from its beginning.
   */
  audits(ticketId: number, cursor: string | null): Promise<Page<TicketAudit> & { readonly resume: string | null }>
}

/** The connector at one urgency: who waits for its calls. */
export type ZendeskAt = (urgency: Urgency) => ZendeskApi

const pageSize = 100
const mostIds = 100
const lastSearchPage = 10

/** Creates the Zendesk connector. */
export function createZendeskApi(reach: ZendeskReach): ZendeskAt {
  const made = new Map<Urgency, ZendeskApi>()
  return (urgency) => {
    const known = made.get(urgency)
    if (known) return known
    const client = createZendeskClient(reach, urgency)
    const ask: Ask = async (what, reader, resource) => (await client.get(what, reader, resource)).value
    const api = { ...peopleCalls(ask), ...ticketListCalls(ask), ...ticketCalls(ask), ...conversationCalls(ask) }
    made.set(urgency, api)
    return api
  }
}

type Ask = <Value>(what: string, reader: Reader<Value>, resource: Resource) => Promise<Value>

function peopleCalls(
  ask: Ask,
): Pick<ZendeskApi, 'me' | 'user' | 'organization' | 'organizationsNamed' | 'agentsNamed' | 'ticketForms'> {
  return {
    async me() {
      const { user } = await ask('the signed-in user', meAnswer, ['users', 'me'])
      if (user.id === null || !isAgent(user)) {
        throw new RemoteFailure(
          'unauthorized',
          'Zendesk knows nobody by this sign-in, or only a customer. Sign in as an agent.',
        )
      }
      return {
        ...toPerson({ ...user, id: user.id }),
        restriction: user.ticket_restriction ?? null,
        lightAgent: user.only_private_comments ?? null,
      }
    },
    async user(id) {
      return toPerson((await ask('a user', userAnswer, ['users', id])).user)
    },
    async organization(id) {
      return toOrganization((await ask('an organization', organizationAnswer, ['organizations', id])).organization)
    },
    async organizationsNamed(prefix) {
      const what = 'a list of organizations'
      const found = await ask(what, organizationsAnswer, ['organizations', 'autocomplete', { name: prefix }])
      isLastPage(what, found.next_page, found.organizations)
      return found.organizations
    },
    async agentsNamed(prefix) {
      const what = 'a list of users'
      // Names are completed as they are typed; an address is only found by the search.
      const resource: Resource = prefix.includes('@')
        ? ['users', 'search', { query: `email:"${prefix.replaceAll('"', '')}"` }]
        : ['users', 'autocomplete', { name: prefix, filter: 'assignable', per_page: pageSize }]
      const found = await ask(what, usersAnswer, resource)
      isLastPage(what, found.next_page ?? null, found.users)
      return found.users.filter(isAgent).map(toPerson)
    },
    async ticketForms() {
      const what = 'a list of ticket forms'
      const found = await ask(what, ticketFormsAnswer, ['ticket_forms', { per_page: pageSize }])
      isLastPage(what, found.next_page ?? null, found.ticket_forms)
      return found.ticket_forms
    },
  }
}

function isAgent({ role }: { readonly role?: string | null | undefined }): boolean {
  return role === 'agent' || role === 'admin'
}

type TicketListCalls =
  | 'allTickets'
  | 'ticketsOfOrganization'
  | 'ticketsOfOrganizationById'
  | 'ticketsAssignedTo'
  | 'ticketsWithCc'
  | 'ticketsFollowedBy'

function ticketListCalls(ask: Ask): Pick<ZendeskApi, TicketListCalls> {
  const list = async (
    place: readonly (string | number)[],
    cursor: string | null,
    { sort = '-updated_at', include = 'slas,users' } = {},
  ): Promise<Page<TicketSighting>> => {
    const what = 'a list of tickets'
    const page = await ask(what, ticketPage, [...place, { sort, include, page: pageAfter(cursor) }])
    return toPage(what, page.meta, await toSightings(what, 'tickets', page.tickets), page.users)
  }
  return {
    allTickets: (cursor) => list(['tickets'], cursor),
    ticketsOfOrganization: (id, cursor) => list(['organizations', id, 'tickets'], cursor),
    ticketsOfOrganizationById: (id, cursor) => list(['organizations', id, 'tickets'], cursor, { sort: 'id' }),
    ticketsAssignedTo: (userId, cursor) =>
      list(['users', userId, 'tickets', 'assigned'], cursor, { include: 'slas,users,metric_sets' }),
    ticketsWithCc: (userId, cursor) => list(['users', userId, 'tickets', 'ccd'], cursor),
    ticketsFollowedBy: (userId, cursor) => list(['users', userId, 'tickets', 'followed'], cursor),
  }
}

function pageAfter(cursor: string | null) {
  return { size: pageSize, ...(cursor === null ? {} : { after: cursor }) }
}

const rows = z.array(z.unknown())
const users = wireUsers.optional()
const nextPage = z.string().nullable()
const manyAnswer = z.object({ tickets: rows, users, next_page: nextPage.optional(), count: z.number().int().nullish() })
const searchAnswer = z.object({ results: rows, users, next_page: nextPage })
const oneAnswer = z.object({ ticket: z.unknown(), users })

function ticketCalls(ask: Ask): Pick<ZendeskApi, 'ticketsByIds' | 'ticket' | 'liveTicketsBySearch'> {
  return {
    async ticketsByIds(ids) {
      if (ids.length > mostIds) throw new RangeError(`${ids.length} tickets asked for at once, ${mostIds} are possible`)
      if (ids.length === 0) return { rows: [], users: [] }
      const what = 'a list of tickets'
      const query = { ids: ids.join(','), include: 'slas,users' }
      const answer = await ask(what, manyAnswer, ['tickets', 'show_many', query])
      const wanted = new Set(ids)
      const sightings = await toSightings(what, 'tickets', answer.tickets)
      const found = new Map(sightings.filter(({ ticket }) => wanted.has(ticket.id)).map((row) => [row.ticket.id, row]))
      // What is not in the answer is taken for gone: so it has to be whole.
      if ((answer.count ?? 0) > found.size || (answer.next_page ?? null) !== null) {
        throw new RemoteFailure('malformed', 'Zendesk sent fewer tickets than it has of those that were asked for.')
      }
      return { rows: [...found.values()], users: toUsers(answer.users) }
    },
    async ticket(id) {
      const what = 'a ticket'
      const answer = await ask(what, oneAnswer, ['tickets', id, { include: 'slas,users' }])
      const row = toSighting(readAs(what, wireTicket, answer.ticket, ['ticket']))
      if (row.ticket.id !== id)
        throw new RemoteFailure('malformed', 'Zendesk sent another ticket than the one asked for.')
      return { rows: [row], users: toUsers(answer.users) }
    },
    async liveTicketsBySearch(organizationId, page) {
      if (page < 1 || page > lastSearchPage) throw new RangeError(`page ${page} of a search does not exist`)
      const what = 'search results'
      const answer = await ask(what, searchAnswer, [
        'search',
        {
          query: `type:ticket organization:${organizationId} status<solved`,
          include: 'tickets(slas,users)',
          sort_by: 'created_at',
          sort_order: 'desc',
          page,
          per_page: pageSize,
        },
      ])
      const isLast = isLastPage(what, answer.next_page, answer.results)
      const next = isLast || page === lastSearchPage ? null : page + 1
      return { rows: await toSightings(what, 'results', answer.results), users: toUsers(answer.users), next }
    },
  }
}

/** Reads tickets one by one, so that a page is no long piece of work. */
function toSightings(what: string, list: string, tickets: readonly unknown[]): Promise<TicketSighting[]> {
  return inSlices(tickets, (row, index) => toSighting(readAs(what, wireTicket, row, [list, index])))
}

function conversationCalls(ask: Ask): Pick<ZendeskApi, 'comments' | 'audits'> {
  return {
    async comments(ticketId, cursor) {
      const what = 'a conversation'
      const query = { sort: 'created_at', include: 'users', page: pageAfter(cursor) }
      const page = await ask(what, commentPage, ['tickets', ticketId, 'comments', query])
      const rows = page.comments.map((comment) => toComment(ticketId, comment))
      return toPage(what, page.meta, rows, page.users)
    },
    async audits(ticketId, cursor) {
      const what = 'a history of a ticket'
      // The oldest come first by themselves; which `sort` this list takes is not documented.
      const query = { include: 'users', page: pageAfter(cursor) }
      const { audits, users, meta } = await ask(what, auditPage, ['tickets', ticketId, 'audits', query])
      const page = toPage(what, meta ?? { has_more: false }, audits, users)
      const own = audits.filter((audit) => (audit.ticket_id ?? ticketId) === ticketId)
      const history = await inSlices(own, (audit) => toAudit(ticketId, audit))
      return { ...page, rows: history, resume: resumeAfter(history, cursor, meta?.after_cursor) }
    },
  }
}

/** Where the reading of a history goes on next time. In an order that is not the expected one no place is after the last row. */
function resumeAfter(rows: readonly TicketAudit[], cursor: string | null, after: string | null | undefined) {
  const isAscending = rows.every((row, index) => row.createdAt >= (rows[index - 1]?.createdAt ?? 0))
  if (!isAscending) return null
  return rows.length === 0 ? cursor : after || null
}
