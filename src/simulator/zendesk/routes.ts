import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { createRequestBudget } from '../http/request-budget.ts'
import { organizations } from '../world/organizations.ts'
import type { BrowserSessions } from './browser-session.ts'
import type { Caller } from './caller.ts'
import type { createJobs } from './jobs.ts'
import type { Oauth } from './oauth.ts'
import type { createPeopleReplies } from './people-replies.ts'
import { idsIn } from './people-replies.ts'
import { forbidden, notFound, tooManyRequests } from './refusals.ts'
import type { createSearch } from './search.ts'
import type { createTicketReplies } from './ticket-replies.ts'
import type { createWriteReplies } from './write-replies.ts'

type Handler = (request: VendorRequest, id: string, caller: Caller) => VendorReply

/** One endpoint. The pattern is matched against the path without `.json`; its first group is the id. */
export interface Route {
  readonly method: string
  readonly pattern: RegExp
  readonly handle: Handler
}

export interface RoutesDeps {
  readonly oauth: Oauth
  readonly sessions: BrowserSessions
  readonly jobs: ReturnType<typeof createJobs>
  readonly people: ReturnType<typeof createPeopleReplies>
  readonly tickets: ReturnType<typeof createTicketReplies>
  readonly writes: ReturnType<typeof createWriteReplies>
  readonly search: ReturnType<typeof createSearch>
  /** The clock by which allowances are counted, in ms. */
  budgetNow(): number
}

/** A path as the reference writes it, `{id}` for a number, `{key}` for a word. */
function route(method: string, path: string, handle: Handler): Route {
  const pattern = path.replace('{id}', '(\\d+)').replace('{key}', '(\\w+)')
  return { method, pattern: new RegExp(`^/api/v2${pattern}$`), handle }
}

const refused: Handler = () => forbidden

/** Everything that an agent can ask this Zendesk, and what only an admin could. */
export function createRoutes(deps: RoutesDeps): readonly Route[] {
  return [...signInRoutes(deps), ...peopleRoutes(deps), ...ticketRoutes(deps), ...searchRoutes(deps), ...adminRoutes]
}

function signInRoutes({ oauth, sessions }: RoutesDeps): readonly Route[] {
  const current: Handler = (request, _id, caller) =>
    oauth.current(request, caller.way === 'oauth' ? caller.grant : undefined)
  return [
    route('GET', '/oauth/tokens/current', current),
    route('DELETE', '/oauth/tokens/current', current),
    route('GET', '/users/me/session', (request, _id, caller) =>
      caller.way === 'session' ? sessions.show(caller.session, request.origin) : notFound,
    ),
    route('GET', '/users/me/session/renew', (_request, _id, caller) =>
      caller.way === 'session' ? sessions.renew(caller.session) : notFound,
    ),
  ]
}

function peopleRoutes({ people, writes }: RoutesDeps): readonly Route[] {
  return [
    route('GET', '/users/me', (request, _id, caller) => people.me(request, caller)),
    route('GET', '/users/show_many', people.users),
    route('GET', '/users/autocomplete', people.usersByName),
    route('GET', '/users/search', people.usersByQuery),
    route('GET', '/users/{id}', (request, id) => people.user(request, Number(id))),
    route('GET', '/users/{id}/groups', (request, id) => people.groupsOfUser(request, Number(id))),
    route('GET', '/users/{id}/group_memberships', (request, id) => people.memberships(request, Number(id))),
    route('GET', '/groups', people.groups),
    route('GET', '/ticket_forms', people.ticketForms),
    route('GET', '/organizations', people.organizations),
    route('GET', '/organizations/autocomplete', people.organizationsByName),
    route('GET', '/organizations/show_many', people.organizationsByIds),
    route('GET', '/organizations/{id}', (request, id) => people.organization(request, Number(id))),
    route('PUT', '/organizations/{id}', (request, id) => writes.organization(request, Number(id))),
  ]
}

function ticketRoutes({ tickets, writes, jobs, budgetNow }: RoutesDeps): readonly Route[] {
  const deletedBudget = createRequestBudget({ limit: () => 10, now: budgetNow })
  const ofUser =
    (kind: 'assigned' | 'ccd' | 'followed'): Handler =>
    (request, id) =>
      tickets.list(request, { kind, id: Number(id) })
  const ofTicket =
    (answer: (request: VendorRequest, id: number) => VendorReply): Handler =>
    (request, id) =>
      answer(request, Number(id))
  const ofOrganization =
    (answer: (request: VendorRequest, id: number) => VendorReply): Handler =>
    (request, id) =>
      organizations.some((one) => one.id === Number(id)) ? answer(request, Number(id)) : notFound
  const api = ({ origin }: VendorRequest): string => `${origin}/api/v2`
  return [
    route('GET', '/users/{id}/tickets/assigned', ofUser('assigned')),
    route('GET', '/users/{id}/tickets/ccd', ofUser('ccd')),
    route('GET', '/users/{id}/tickets/followed', ofUser('followed')),
    route(
      'GET',
      '/organizations/{id}/tickets',
      ofOrganization((request, id) => tickets.list(request, { kind: 'organization', id })),
    ),
    route(
      'GET',
      '/organizations/{id}/tickets/count',
      ofOrganization((_request, id) => tickets.count(id)),
    ),
    route('GET', '/tickets', (request) => tickets.list(request, { kind: 'all' })),
    route('GET', '/tickets/show_many', (request) => tickets.many(request, idsIn(request))),
    route('PUT', '/tickets/update_many', (request, _id, caller) => writes.tickets(request, caller)),
    route('GET', '/tickets/{id}', ofTicket(tickets.one)),
    route('PUT', '/tickets/{id}', (request, id, caller) => writes.ticket(request, Number(id), caller)),
    route('GET', '/tickets/{id}/comments', ofTicket(tickets.comments)),
    route('GET', '/tickets/{id}/audits', ofTicket(tickets.audits)),
    route('GET', '/tickets/{id}/metrics', ofTicket(tickets.metrics)),
    route('GET', '/tickets/{id}/email_ccs', ofTicket(tickets.emailCcs)),
    route('GET', '/tickets/{id}/followers', ofTicket(tickets.followers)),
    route('GET', '/tickets/{id}/collaborators', ofTicket(tickets.collaborators)),
    route('GET', '/deleted_tickets', (request) => {
      const { exceeded, resetsIn } = deletedBudget.spend()
      return exceeded ? json(tooManyRequests, 429, { 'retry-after': String(resetsIn) }) : tickets.deleted(request)
    }),
    route('GET', '/job_statuses/show_many', (request) =>
      jobs.many((request.query.get('ids') ?? '').split(','), api(request)),
    ),
    route('GET', '/job_statuses/{key}', (request, id) => jobs.one(id, api(request))),
  ]
}

function searchRoutes({ search, budgetNow }: RoutesDeps): readonly Route[] {
  const budget = createRequestBudget({ limit: () => 2500, now: budgetNow })
  const limited =
    (answer: (request: VendorRequest) => VendorReply): Handler =>
    (request) => {
      const { limit, remaining, resetsIn, exceeded } = budget.spend()
      const header = { 'zendesk-ratelimit-search-index': `total=${limit}; remaining=${remaining}; resets=${resetsIn}` }
      if (exceeded) return json(tooManyRequests, 429, { ...header, 'retry-after': String(resetsIn) })
      const reply = answer(request)
      return { ...reply, headers: { ...reply.headers, ...header } }
    }
  return [route('GET', '/search', limited(search.list)), route('GET', '/search/count', limited(search.count))]
}

/** What exists, and is refused to a plain agent. */
const adminRoutes: readonly Route[] = [
  route('GET', '/organizations/search', refused),
  route('GET', '/incremental/.+', refused),
  route('GET', '/slas/policies.*', refused),
  route('GET', '/ticket_audits', refused),
]
