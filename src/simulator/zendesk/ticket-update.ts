import { z } from 'zod'
import type { VendorReply } from '../http/reply.ts'
import { SECOND } from '../time.ts'
import { changesBetween } from '../world/audits.ts'
import type { Change } from '../world/happening.ts'
import { agentGroups } from '../world/people.ts'
import type { Ticket, TicketAudit } from '../world/ticket.ts'
import type { World } from '../world/world.ts'
import { badRequest, closedTicket, forbidden, notFound, recordInvalid, updateConflict } from './refusals.ts'
import type { ZendeskSettings } from './settings.ts'

const id = z.coerce.number().int().positive()

const person = z.object({
  user_id: id.optional(),
  user_email: z.string().optional(),
  action: z.enum(['put', 'delete']).default('put'),
})

/** What a client may send of a ticket; what is not imitated is passed over without a word, as the vendor does. */
export const ticketUpdateSchema = z.object({
  status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']).optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).nullable().optional(),
  assignee_id: id.nullable().optional(),
  group_id: id.nullable().optional(),
  tags: z.array(z.string()).optional(),
  additional_tags: z.array(z.string()).optional(),
  remove_tags: z.array(z.string()).optional(),
  email_ccs: z.array(person).nullable().optional(),
  followers: z.array(person).nullable().optional(),
  additional_collaborators: z.array(z.union([id, z.string()])).optional(),
  comment: z
    .object({ body: z.string().optional(), html_body: z.string().optional(), public: z.boolean().optional() })
    .optional(),
  safe_update: z.boolean().optional(),
  updated_stamp: z.iso.datetime().optional(),
})

export type TicketUpdate = z.infer<typeof ticketUpdateSchema>

/** Where a request to change a ticket leads. `audit` is undefined when nothing was different. */
export type UpdateOutcome =
  | { readonly done: true; readonly ticket: Ticket; readonly audit: TicketAudit | undefined }
  | { readonly done: false; readonly refusal: VendorReply }

/** The most people that can be on e-mail Cc of a ticket; further ones are left out without a word. */
const mostCcs = 48

interface Circumstances {
  readonly by: number
  readonly settings: ZendeskSettings
  /** Tag lists can be added to and taken from in updates of many tickets only. */
  readonly many: boolean
}

/** Changes a ticket the way a client of the API asks for. */
export function updateTicket(world: World, ticketId: number, sent: unknown, how: Circumstances): UpdateOutcome {
  const refuse = (refusal: VendorReply): UpdateOutcome => ({ done: false, refusal })
  const ticket = world.ticket(ticketId)
  const fate = world.fates.of(ticketId)
  if (!ticket || fate?.kind === 'deleted') return refuse(notFound)
  if (fate?.kind === 'restricted') return refuse(forbidden)
  if (ticket.status === 'closed') return refuse(closedTicket)
  const parsed = ticketUpdateSchema.safeParse(sent)
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? 'base')
    return refuse(recordInvalid(field, `${field[0]?.toUpperCase()}${field.slice(1)}: is invalid`))
  }
  const stale = staleness(ticket, parsed.data)
  if (stale) return refuse(stale)
  const owner = ownerAfter(ticket, parsed.data)
  if (!owner) return refuse(recordInvalid('assignee', 'Assignee: is not a member of the group'))
  const change: Change = {
    ...owner,
    ...plainFields(parsed.data),
    ...tagsAfter(ticket, parsed.data, how.many),
    ...peopleAfter(world, ticket, parsed.data, how.settings),
    ...commentOf(parsed.data, how),
    by: how.by,
  }
  if (changesNothing(ticket, change)) return { done: true, ticket, audit: undefined }
  world.change(ticketId, change)
  return { done: true, ticket, audit: ticket.audits.at(-1) }
}

/** `safe_update` counts when it is there at all: false acts as true, as the vendor has it. */
function staleness(ticket: Ticket, { safe_update: safe, updated_stamp: stamp }: TicketUpdate): VendorReply | undefined {
  if (safe === undefined) return undefined
  if (stamp === undefined) return badRequest('updated_stamp is required when safe_update is given')
  const isOld = Math.floor(Date.parse(stamp) / SECOND) < Math.floor(ticket.updatedAt / SECOND)
  return isOld ? updateConflict : undefined
}

function ownerAfter(ticket: Ticket, update: TicketUpdate): Pick<Change, 'assigneeId' | 'groupId'> | undefined {
  const { assignee_id: assignee, group_id: group } = update
  if (assignee === undefined && group == null) return {}
  const isMember = (groupId: number, userId: number): boolean =>
    agentGroups.some((one) => one.id === groupId && one.memberIds.includes(userId))
  if (group != null && !agentGroups.some((one) => one.id === group)) return undefined
  if (assignee === undefined) {
    const groupId = group ?? ticket.groupId
    return ticket.assigneeId !== null && isMember(groupId, ticket.assigneeId)
      ? { groupId }
      : { groupId, assigneeId: null }
  }
  if (assignee === null) return { assigneeId: null, groupId: group ?? ticket.groupId }
  const home = [group ?? ticket.groupId, ...(group == null ? agentGroups.map((one) => one.id) : [])]
  const groupId = home.find((one) => isMember(one, assignee))
  return groupId === undefined ? undefined : { assigneeId: assignee, groupId }
}

function plainFields({ status, priority }: TicketUpdate): Pick<Change, 'status' | 'priority'> {
  return { ...(status === undefined ? {} : { status }), ...(priority === undefined ? {} : { priority }) }
}

function tagsAfter(ticket: Ticket, update: TicketUpdate, many: boolean): Pick<Change, 'tags'> {
  const { tags, additional_tags: more = [], remove_tags: less = [] } = update
  const listed = tags ?? ticket.tags
  const wanted = many ? [...listed, ...more].filter((tag) => !less.includes(tag)) : listed
  return { tags: [...new Set(wanted)] }
}

function peopleAfter(
  world: World,
  ticket: Ticket,
  update: TicketUpdate,
  settings: ZendeskSettings,
): Pick<Change, 'ccIds' | 'followerIds'> {
  const isAgent = (userId: number): boolean => world.users.get(userId)?.role === 'agent'
  const userOf = (one: { readonly user_id?: number | undefined; readonly user_email?: string | undefined }) => {
    if (one.user_id !== undefined) return world.users.get(one.user_id)
    if (one.user_email === undefined) return undefined
    return [...world.users.values()].find(({ email }) => email === one.user_email) ?? world.addUser(one.user_email)
  }
  const apply = (ids: readonly number[], orders: TicketUpdate['email_ccs']): readonly number[] => {
    const chosen = new Set(ids)
    for (const order of orders ?? []) {
      const userId = userOf(order)?.id
      if (userId === undefined) continue
      if (order.action === 'delete') chosen.delete(userId)
      else chosen.add(userId)
    }
    return [...chosen]
  }
  const collaborators = (update.additional_collaborators ?? []).flatMap(
    (one) => userOf(typeof one === 'number' ? { user_id: one } : { user_email: one })?.id ?? [],
  )
  const put = (ids: readonly number[]) => ids.map((userId) => ({ user_id: userId, action: 'put' as const }))
  if (!settings.ccs_and_followers) return { ccIds: apply(ticket.ccIds, put(collaborators)) }
  const ccs = [...(update.email_ccs ?? []), ...put(collaborators.filter((one) => !isAgent(one)))]
  const followers = [...(update.followers ?? []), ...put(collaborators.filter(isAgent))]
  return {
    ccIds: apply(ticket.ccIds, ccs).slice(0, Math.max(mostCcs, ticket.ccIds.length)),
    followerIds: apply(ticket.followerIds, followers).filter(isAgent),
  }
}

function commentOf({ comment }: TicketUpdate, { by, settings }: Circumstances): Pick<Change, 'comment'> {
  const text = comment?.body ?? comment?.html_body?.replace(/<[^>]+>/g, '') ?? ''
  if (text === '') return {}
  // What is not said follows the ticket, and every ticket of the sample workspace is public.
  return { comment: { authorId: by, public: !settings.light_agent && (comment?.public ?? true), text } }
}

/** A ticket that would be as it is keeps its `updated_at`: repeating an additive change leaves no trace. */
function changesNothing(ticket: Ticket, { comment, ...change }: Change): boolean {
  if (comment) return false
  return changesBetween(ticket, { ...ticket, ...change }).length === 0
}
