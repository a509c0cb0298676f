import { z } from 'zod'
import type { SlaSupport, ZendeskProbe } from '#contract/connections.ts'
import { isLive } from '#core/tickets/ticket.ts'
import { readRateHeaders } from '../transport/rate-headers.ts'
import { RemoteFailure, type RemoteFailureKind } from '../transport/remote-failure.ts'
import { probeMeaning } from './probe-meaning.ts'
import { createZendeskApi } from './zendesk-api.ts'
import { createZendeskClient, type Resource, type ZendeskReach } from './zendesk-client.ts'

/** By which way the SLA clocks of live tickets are kept fresh. */
export type SlaPath = 'show-many' | 'organization-list' | 'search' | 'single' | 'none'

const paths = [
  ['show-many', 'showMany'],
  ['organization-list', 'organization'],
  ['search', 'search'],
  ['single', 'ticket'],
] as const satisfies readonly (readonly [SlaPath, keyof ZendeskProbe['slas']])[]

/** The best way of those that tell SLA clocks; where none is known to, one that could not be asked about; `none` when all refuse. */
export function slaPath({ slas }: Pick<ZendeskProbe, 'slas'>): SlaPath {
  const first = (wanted: SlaSupport) => paths.find(([, way]) => slas[way] === wanted)?.[0]
  return first('yes') ?? first('unknown') ?? 'none'
}

/**
 * Finds out what this Zendesk lets us do: seven requests at most, all of them reads, none of which needs a followed account.
 *
 * @throws {RemoteFailure} when Zendesk cannot be asked at all, or the sign-in is no good; what only one way refuses is a finding.
 */
export async function probeZendesk(reach: ZendeskReach, now: () => number): Promise<ZendeskProbe> {
  const client = createZendeskClient(reach, 'person')
  let planPerMinute: number | null = null
  const line: { failure: RemoteFailure | null } = { failure: null }
  const look = async (what: string, resource: Resource): Promise<Finding> => {
    try {
      const { value, headers } = await client.get(what, probedAnswer, resource)
      line.failure = null
      planPerMinute = readRateHeaders(headers, now()).account?.limit ?? planPerMinute
      return { kind: 'answer', tickets: ticketsIn(value), users: value.users?.length ?? 0 }
    } catch (error) {
      if (!(error instanceof RemoteFailure) || endsTheProbe.has(error.kind)) throw error
      line.failure = ofTheLine.has(error.kind) ? error : null
      return { kind: refusals.has(error.kind) ? 'refused' : 'unclear' }
    }
  }
  const me = await createZendeskApi(reach)('person').me()
  const { all, ...ways } = await lookAtTickets(look)
  const findings = [all, ...Object.values(ways)]
  const told = new Set(findings.flatMap(ticketsOf).flatMap((ticket) => (hasClocks(ticket) ? ticket.id : [])))
  const slas = {
    organization: supportOf(ways.organization, told),
    showMany: supportOf(ways.showMany, told),
    search: supportOf(ways.search, told),
    ticket: supportOf(ways.ticket, told),
  }
  const cc = await ccsAndFollowers(look, findings.flatMap(ticketsOf), ways.ticket)
  if (line.failure) throw line.failure
  const probe = {
    checkedAt: now(),
    slas,
    ccsAndFollowers: cc,
    planPerMinute,
    role: me.role ?? 'agent',
    restriction: me.restriction,
    lightAgent: me.lightAgent,
  }
  return { ...probe, meaning: probeMeaning(probe) }
}

/** A look at one way of asking: what it answered, that it may not be used, or that it went wrong for now. */
type Finding =
  | { readonly kind: 'answer'; readonly tickets: readonly ProbedTicket[]; readonly users: number }
  | { readonly kind: 'refused' | 'unclear' }
type Look = (what: string, resource: Resource) => Promise<Finding>

interface ProbedTicket {
  readonly id: number
  readonly organizationId: number | null
  readonly live: boolean
  /** How many SLA clocks were told; null: nothing was said about them. */
  readonly clocks: number | null
  readonly people: 'in-new-lists' | 'in-old-list' | 'none'
}

/** The way may not be used: told for good, by status 403, 404 or another refusal of the request. */
const refusals: ReadonlySet<RemoteFailureKind> = new Set(['forbidden', 'not-found', 'rejected'])
/** Nothing else will be answered either. */
const endsTheProbe: ReadonlySet<RemoteFailureKind> = new Set(['untrusted', 'unauthorized', 'rate-limited', 'aborted'])
/** A great answer can be cut off where small ones get through. If nothing gets through afterwards, it was the line. */
const ofTheLine: ReadonlySet<RemoteFailureKind> = new Set(['offline', 'timeout'])

const mostTickets = 100
/** Enough to meet one with a policy, and not the megabytes that a hundred tickets with clocks can be. */
const ticketsAskedFor = 10
const ticketsInASample = 30

/** Asks each way for live tickets, those first of which another way has told clocks. */
async function lookAtTickets(look: Look) {
  const newestFirst = { sort: '-updated_at', include: 'slas' }
  const all = await look('a list of tickets', ['tickets', { ...newestFirst, page: { size: mostTickets } }])
  const search = await look('search results', [
    'search',
    {
      query: 'type:ticket status<solved',
      include: 'tickets(slas)',
      sort_by: 'updated_at',
      sort_order: 'desc',
      per_page: ticketsInASample,
    },
  ])
  const live = [...ticketsOf(all), ...ticketsOf(search)].filter((ticket) => ticket.live)
  const byUse = live.toSorted((a, b) => (b.clocks ?? 0) - (a.clocks ?? 0))
  const ids = [...new Set(byUse.map(({ id }) => id))].slice(0, ticketsAskedFor)
  const [id] = ids
  const place = byUse.find((ticket) => ticket.organizationId !== null)?.organizationId
  const nothing: Finding = { kind: 'unclear' }
  return {
    all,
    search,
    organization:
      place == null
        ? nothing
        : await look('a list of tickets', [
            'organizations',
            place,
            'tickets',
            { ...newestFirst, page: { size: ticketsInASample } },
          ]),
    showMany:
      id === undefined
        ? nothing
        : await look('a list of tickets', ['tickets', 'show_many', { ids: ids.join(','), include: 'slas' }]),
    ticket: id === undefined ? nothing : await look('a ticket', ['tickets', id, { include: 'slas' }]),
  }
}

/**
 * Whether a way tells clocks. Tickets without any prove nothing: no policy may fit them.
 *
 * @param told ids of tickets that are known to have clocks: a way that shows one without any does not tell them.
 */
function supportOf(finding: Finding, told: ReadonlySet<number>): SlaSupport {
  if (finding.kind !== 'answer') return finding.kind === 'refused' ? 'refused' : 'unknown'
  const live = finding.tickets.filter((ticket) => ticket.live)
  if (live.some(hasClocks)) return 'yes'
  if (live.some((ticket) => told.has(ticket.id))) return 'no'
  return live.some((ticket) => ticket.clocks === null) ? 'no' : 'unknown'
}

function hasClocks({ clocks }: ProbedTicket): boolean {
  return clocks !== null && clocks > 0
}

/**
 * Tells without writing whether "CCs and followers" is on. Somebody in one of its two lists proves it; somebody among the older
 * collaborators and in neither list proves the contrary. Only where nobody is on Cc at all the feature's own list is asked: it
 * exists with the feature only, though some answer with an empty one.
 */
async function ccsAndFollowers(
  look: Look,
  tickets: readonly ProbedTicket[],
  single: Finding,
): Promise<ZendeskProbe['ccsAndFollowers']> {
  if (tickets.some((ticket) => ticket.people === 'in-new-lists')) return 'on'
  if (tickets.some((ticket) => ticket.people === 'in-old-list')) return 'off'
  const [ticket] = ticketsOf(single)
  if (!ticket) return 'unknown'
  const list = await look('a list of users', ['tickets', ticket.id, 'email_ccs'])
  if (list.kind === 'refused') return 'off'
  return list.kind === 'answer' && list.users > 0 ? 'on' : 'unknown'
}

const ids = z.array(z.unknown()).nullish()
const probedTicket = z.object({
  id: z.number().int().positive(),
  status: z.string(),
  organization_id: z.number().int().positive().nullish(),
  email_cc_ids: ids,
  follower_ids: ids,
  collaborator_ids: ids,
  slas: z.object({ policy_metrics: z.array(z.unknown()) }).nullish(),
})
const probedTickets = z.array(probedTicket).optional()
/** What of any of the answers says something here. */
const probedAnswer = z.object({
  tickets: probedTickets,
  results: probedTickets,
  ticket: probedTicket.optional(),
  users: z.array(z.unknown()).optional(),
})

function ticketsIn({ tickets, results, ticket }: z.infer<typeof probedAnswer>): readonly ProbedTicket[] {
  return [...(tickets ?? []), ...(results ?? []), ...(ticket ? [ticket] : [])].map((wire) => ({
    id: wire.id,
    organizationId: wire.organization_id ?? null,
    live: isLive(wire),
    clocks: wire.slas ? wire.slas.policy_metrics.length : null,
    people:
      filled(wire.email_cc_ids) || filled(wire.follower_ids)
        ? 'in-new-lists'
        : filled(wire.collaborator_ids)
          ? 'in-old-list'
          : 'none',
  }))
}

function filled(list: readonly unknown[] | null | undefined): boolean {
  return (list?.length ?? 0) > 0
}

function ticketsOf(finding: Finding): readonly ProbedTicket[] {
  return finding.kind === 'answer' ? finding.tickets : []
}
