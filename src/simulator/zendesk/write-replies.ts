import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import type { RequestBudget } from '../http/request-budget.ts'
import { createRequestBudget } from '../http/request-budget.ts'
import { MINUTE, SECOND, zendeskTime } from '../time.ts'
import { organizations } from '../world/organizations.ts'
import type { World } from '../world/world.ts'
import { auditJson } from './audit-rendering.ts'
import type { Caller } from './caller.ts'
import type { createJobs, JobTask } from './jobs.ts'
import { badRequest, forbidden, notFound, tooManyRequests } from './refusals.ts'
import { organizationJson } from './rendering.ts'
import type { ZendeskSettings } from './settings.ts'
import { updateTicket } from './ticket-update.ts'
import type { TicketRendering } from './ticket-replies.ts'

export interface WriteDeps {
  readonly world: World
  readonly anchor: number
  readonly jobs: ReturnType<typeof createJobs>
  readonly rendering: TicketRendering
  settings(): ZendeskSettings
  now(): number
  /** The clock by which allowances are counted, in ms. */
  budgetNow(): number
}

/** Objects in one request of many. */
const mostAtOnce = 100

/** Answers requests that change something: one ticket, many tickets, the note of an organization. */
export function createWriteReplies(deps: WriteDeps) {
  const { world, anchor, jobs, rendering, settings, now, budgetNow } = deps
  const perAccount = createRequestBudget({ limit: () => 100, now: budgetNow })
  const perTicket = createRequestBudget({ limit: () => 30, now: budgetNow, windowMs: 10 * MINUTE })
  const perOrganization = createRequestBudget({ limit: () => 5, now: budgetNow })

  const update = (request: VendorRequest, id: number, by: number): VendorReply => {
    const headers = updateHeaders(perAccount)
    const states = [perAccount.spend(), perTicket.spend(`${by}/${id}`)]
    const over = states.find(({ exceeded }) => exceeded)
    if (over) return json(tooManyRequests, 429, { ...headers(), 'retry-after': String(over.resetsIn) })
    const sent = member(request, 'ticket')
    if (sent === undefined) return badRequest('ticket is missing')
    const outcome = updateTicket(world, id, sent, { by, settings: settings(), many: false })
    if (!outcome.done) return { ...outcome.refusal, headers: { ...outcome.refusal.headers, ...headers() } }
    const context = { users: world.users, ccsAndFollowers: settings().ccs_and_followers }
    const { rows } = rendering.render([outcome.ticket], request, new Set(), 'ticket')
    const nothing = { events: [], ticket_id: id, author_id: by, created_at: zendeskTime(now()) }
    const audit = outcome.audit ? auditJson(outcome.audit, id, context) : nothing
    return json({ ticket: rows[0], audit }, 200, headers())
  }

  const updateMany = (request: VendorRequest, by: number): VendorReply => {
    const tasks = readTasks(
      request,
      (id, sent) => updateTicket(world, id, sent, { by, settings: settings(), many: true }),
      now(),
    )
    return Array.isArray(tasks) ? jobs.start(tasks, `${request.origin}/api/v2`) : (tasks as VendorReply)
  }

  const updateOrganization = (request: VendorRequest, id: number): VendorReply => {
    const organization = organizations.find((one) => one.id === id)
    if (!organization) return notFound
    const budget = perOrganization.spend(id)
    if (budget.exceeded) {
      const body = { errors: [{ code: 'TooManyRequests', title: 'Too many requests to update' }] }
      return json(body, 429, { 'retry-after': String(budget.resetsIn) })
    }
    const sent = member(request, 'organization')
    if (!isObject(sent)) return badRequest('organization is missing')
    // An agent without further rights may change the note and nothing else.
    if (Object.keys(sent).some((name) => name !== 'notes')) return forbidden
    const { notes } = sent
    if (typeof notes !== 'string' && notes !== null) return badRequest('notes must be text')
    world.writeNote(id, notes)
    return json({ organization: organizationJson(organization, `${request.origin}/api/v2`, anchor, world.noteOf(id)) })
  }

  return {
    ticket: (request: VendorRequest, id: number, caller: Caller) => update(request, id, caller.userId),
    tickets: (request: VendorRequest, caller: Caller) => updateMany(request, caller.userId),
    organization: updateOrganization,
  }
}

const updateHeaders = (budget: RequestBudget) => (): Record<string, string> => {
  const { limit, remaining, resetsIn } = budget.look()
  return { 'zendesk-ratelimit-tickets-update': `total=${limit}; remaining=${remaining}; resets=${resetsIn}` }
}

type Body = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

function bodyOf(request: VendorRequest): Body {
  try {
    const parsed: unknown = JSON.parse(request.body)
    return isObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

const member = (request: VendorRequest, name: string): unknown => bodyOf(request)[name]

/** The tickets of an update of many: one change for all of `ids`, or one object for each. Always a safe update. */
function readTasks(
  request: VendorRequest,
  update: (id: number, sent: unknown) => ReturnType<typeof updateTicket>,
  queuedAt: number,
): readonly JobTask[] | VendorReply {
  const { ticket, tickets } = bodyOf(request)
  const stamp = new Date(Math.floor(queuedAt / SECOND) * SECOND).toISOString()
  const task = (id: number, sent: Body): JobTask => ({ ticketId: id, carryOut: () => update(id, sent) })
  const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '')
  if (ids.length > mostAtOnce || (Array.isArray(tickets) && tickets.length > mostAtOnce)) {
    return json({ error: 'TooManyValues', description: 'Number of tickets must not be above 100' }, 400)
  }
  if (ids.length > 0 && isObject(ticket)) {
    const safe = { updated_stamp: ticket['updated_stamp'] ?? stamp, safe_update: true }
    return ids.map((id) => task(Number(id), { ...ticket, ...safe }))
  }
  if (!Array.isArray(tickets) || !tickets.every((one) => isObject(one) && Number.isInteger(one['id']))) {
    return badRequest('Both ids with ticket, or tickets with an id each, can be updated')
  }
  return (tickets as readonly Body[]).map((one) => {
    const isStamped = 'safe_update' in one || 'updated_stamp' in one
    return task(
      Number(one['id']),
      isStamped ? { safe_update: true, ...one } : { ...one, safe_update: true, updated_stamp: stamp },
    )
  })
}
