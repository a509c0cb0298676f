import { z } from 'zod'
import type { SimulatedClock } from '../clock.ts'
import type { SimulatorDescription } from '../description.ts'
import type { Misbehaviours } from '../http/misbehaviour.ts'
import { misbehaviourSchema } from '../http/misbehaviour.ts'
import type { ExchangeRecord } from '../http/record.ts'
import type { VendorReply, VendorRequest } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { organizations } from '../world/organizations.ts'
import type { World } from '../world/world.ts'
import type { GitlabSignIn } from '../gitlab/sign-in.ts'
import { gitlabOrders, type GitlabControlDeps } from './gitlab-control.ts'
import { gitlabSignInOrders } from './gitlab-sign-in-control.ts'
import { truth } from './truth.ts'
import type { ZendeskControlDeps } from './zendesk-control.ts'
import { readSwitches, zendeskOrders } from './zendesk-control.ts'

export interface ControlDeps extends ZendeskControlDeps, GitlabControlDeps {
  readonly gitlabSignIn: GitlabSignIn
  readonly clock: SimulatedClock
  readonly record: ExchangeRecord
  readonly misbehaviours: Misbehaviours
  describe(): SimulatorDescription
  /** Brings the world up to the present simulated time and returns it. */
  catchUp(): number
}

const id = z.number().int().positive()
const priority = z.enum(['low', 'normal', 'high', 'urgent']).nullable()

const advanceSchema = z.object({ ms: z.number().min(0) }).strict()

const newTicketSchema = z
  .object({
    organization_id: id,
    subject: z.string().min(1),
    body: z.string().min(1).default('Hello, can you help us with this?'),
    priority: priority.default('normal'),
    type: z.enum(['problem', 'incident', 'question', 'task']).nullable().default('question'),
    requester_id: id.optional(),
    assignee_id: id.nullable().optional(),
    tags: z.array(z.string()).default([]),
    ticket_form_id: id.optional(),
    email_cc_ids: z.array(id).default([]),
    follower_ids: z.array(id).default([]),
    /** ISO instant at which the first reply breaches; default: the policy's target. */
    breach_at: z.iso.datetime().optional(),
  })
  .strict()

const commentSchema = z
  .object({
    author_id: id.optional(),
    body: z.string().min(1),
    public: z.boolean().default(true),
    breach_at: z.iso.datetime().optional(),
  })
  .strict()

const recordSchema = z.object({ bodies: z.boolean() }).strict()

const changeSchema = z
  .object({
    status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']).optional(),
    priority: priority.optional(),
    assignee_id: id.nullable().optional(),
    tags: z.array(z.string()).optional(),
    ticket_form_id: id.optional(),
    email_cc_ids: z.array(id).optional(),
    follower_ids: z.array(id).optional(),
  })
  .strict()

/** Where a test, or a curious person, moves the simulated world. Plain JSON both ways. */
export function createControl(deps: ControlDeps): (request: VendorRequest) => Promise<VendorReply> {
  const { world, clock, record, misbehaviours } = deps
  const ok = json({ ok: true })
  const posts: ReturnType<typeof zendeskOrders> = [
    ...zendeskOrders(deps),
    ...gitlabSignInOrders(deps.gitlabSignIn),
    ...gitlabOrders(deps),
    [
      /^\/advance$/,
      (body) => {
        clock.advanceBy(advanceSchema.parse(body).ms)
        return json({ now: deps.catchUp() })
      },
    ],
    [/^\/tickets$/, (body) => openTicket(world, newTicketSchema.parse(body))],
    [/^\/tickets\/(\d+)\/comments$/, (body, ticketId) => addComment(world, ticketId, commentSchema.parse(body))],
    [/^\/tickets\/(\d+)$/, (body, ticketId) => changeTicket(world, ticketId, changeSchema.parse(body))],
    [
      /^\/misbehave$/,
      (body) => {
        misbehaviours.add(misbehaviourSchema.parse(body))
        return ok
      },
    ],
    [/^\/misbehave\/clear$/, () => (misbehaviours.clear(), ok)],
    [/^\/record\/clear$/, () => (record.clear(), ok)],
    [
      /^\/record$/,
      (body) => {
        record.keepBodies(recordSchema.parse(body).bodies)
        return ok
      },
    ],
  ]
  return async (request) => {
    deps.catchUp()
    if (request.method === 'GET') {
      const switches = readSwitches(deps, request.path)
      if (switches) return switches
      if (request.path === '/gitlab') return json(deps.gitlabSwitches.read())
      if (request.path === '/gitlab/oauth') return json(deps.gitlabSignIn.read())
      if (request.path === '/description') return json(deps.describe())
      if (request.path === '/record') {
        return json({ exchanges: record.read(Number(request.query.get('after') ?? 0)) })
      }
      if (request.path === '/truth') return json(truth(world, clock.now(), request.query))
    }
    if (request.method !== 'POST') return json({ error: 'not found' }, 404)
    for (const [pattern, handle] of posts) {
      const match = pattern.exec(request.path)
      if (!match) continue
      return attempt(() => handle(request.body === '' ? {} : JSON.parse(request.body), Number(match[1] ?? 0)))
    }
    return json({ error: 'not found' }, 404)
  }
}

async function attempt(handle: () => VendorReply | Promise<VendorReply>): Promise<VendorReply> {
  try {
    return await handle()
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined
    const message = issue
      ? `${issue.path.join('.')}: ${issue.message}`
      : error instanceof Error
        ? error.message
        : String(error)
    return json({ error: message }, 400)
  }
}

function openTicket(world: World, wanted: z.infer<typeof newTicketSchema>): VendorReply {
  const organization = organizations.find((one) => one.id === wanted.organization_id)
  if (!organization) return json({ error: 'organization_id: no such organization' }, 400)
  const assigneeId = wanted.assignee_id === undefined ? automaticAssignee(organization) : wanted.assignee_id
  const ticket = world.open({
    organizationId: organization.id,
    requesterId: wanted.requester_id ?? organization.contacts[0]?.id ?? 0,
    subject: wanted.subject,
    type: wanted.type,
    priority: wanted.priority,
    text: wanted.body,
    tags: wanted.tags,
    ...(wanted.ticket_form_id === undefined ? {} : { formId: wanted.ticket_form_id }),
    assigneeId,
    ccIds: wanted.email_cc_ids,
    followerIds: wanted.follower_ids,
    ...(wanted.breach_at ? { breachAt: Date.parse(wanted.breach_at) } : {}),
  })
  return json({ id: ticket.id }, 201)
}

function automaticAssignee(organization: (typeof organizations)[number]): number | null {
  return organization.autoAssigned ? (organization.ase?.id ?? null) : null
}

function addComment(world: World, ticketId: number, wanted: z.infer<typeof commentSchema>): VendorReply {
  const ticket = world.ticket(ticketId)
  if (!ticket) return json({ error: 'no such ticket' }, 404)
  const comment = { authorId: wanted.author_id ?? ticket.requesterId, public: wanted.public, text: wanted.body }
  const breach = wanted.breach_at ? { breachAt: Date.parse(wanted.breach_at) } : {}
  return settle(world.change(ticketId, { comment: { ...comment, ...breach } }))
}

function changeTicket(world: World, ticketId: number, wanted: z.infer<typeof changeSchema>): VendorReply {
  if (!world.ticket(ticketId)) return json({ error: 'no such ticket' }, 404)
  return settle(
    world.change(ticketId, {
      ...(wanted.status === undefined ? {} : { status: wanted.status }),
      ...(wanted.priority === undefined ? {} : { priority: wanted.priority }),
      ...(wanted.assignee_id === undefined ? {} : { assigneeId: wanted.assignee_id }),
      ...(wanted.tags === undefined ? {} : { tags: wanted.tags }),
      ...(wanted.ticket_form_id === undefined ? {} : { formId: wanted.ticket_form_id }),
      ...(wanted.email_cc_ids === undefined ? {} : { ccIds: wanted.email_cc_ids }),
      ...(wanted.follower_ids === undefined ? {} : { followerIds: wanted.follower_ids }),
    }),
  )
}

const settle = (changed: boolean): VendorReply =>
  changed ? json({ ok: true }) : json({ error: 'the ticket is closed or deleted and cannot be changed' }, 409)
