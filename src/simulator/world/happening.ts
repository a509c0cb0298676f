import { MINUTE } from '../time.ts'
import { clocksAfterAgent, clocksAfterCustomer, clocksAfterStatus, clocksWhenOpened } from './sla.ts'
import { changesBetween, openingAudit, systemAuthor } from './audits.ts'
import { supportForm } from './forms.ts'
import { supportGroup } from './people.ts'
import type { Ticket, TicketPriority, TicketStatus, TicketType } from './ticket.ts'
import { auditId, commentId } from './ticket.ts'

/** How a ticket begins. */
export interface Opening {
  readonly id: number
  readonly organizationId: number
  readonly requesterId: number
  readonly subject: string
  readonly type: TicketType | null
  readonly priority: TicketPriority | null
  readonly text: string
  readonly tags: readonly string[]
  /** Left out: the usual one. */
  readonly formId?: number
  readonly assigneeId?: number | null
  readonly ccIds?: readonly number[]
  readonly followerIds?: readonly number[]
  /** Overrides the policy's target for the first reply. */
  readonly breachAt?: number
}

/** What can change on a ticket. Left out means untouched. */
export interface Change {
  readonly status?: TicketStatus
  readonly priority?: TicketPriority | null
  readonly assigneeId?: number | null
  readonly groupId?: number
  readonly formId?: number
  readonly organizationId?: number
  readonly tags?: readonly string[]
  readonly ccIds?: readonly number[]
  readonly followerIds?: readonly number[]
  /** Who does it; left out, it is the author of the comment, or else the assignee. */
  readonly by?: number
  readonly comment?: {
    readonly authorId: number
    readonly public: boolean
    readonly text: string
    /** Overrides the policy's target for the clock that this message starts. */
    readonly breachAt?: number
  }
}

/** Something that happens to one ticket at one instant. */
export type Happening =
  | { readonly at: number; readonly kind: 'opened'; readonly opening: Opening }
  | { readonly at: number; readonly kind: 'changed'; readonly ticketId: number; readonly change: Change }

/** Makes the ticket that an opening describes. `at` is ms since the epoch, in whole seconds. */
export function openTicket(opening: Opening, at: number): Ticket {
  const { id, organizationId, requesterId, subject, type, priority, text, tags } = opening
  const assigneeId = opening.assigneeId ?? null
  const ticket: Ticket = {
    id,
    organizationId,
    requesterId,
    subject,
    type,
    priority,
    tags,
    createdAt: at,
    updatedAt: at,
    status: assigneeId === null ? 'new' : 'open',
    statusAt: at,
    assigneeId,
    groupId: supportGroup.id,
    formId: opening.formId ?? supportForm.id,
    initiallyAssignedAt: assigneeId === null ? null : at,
    assignedAt: assigneeId === null ? null : at,
    solvedAt: null,
    ccIds: opening.ccIds ?? [],
    followerIds: opening.followerIds ?? [],
    clocks: clocksWhenOpened(priority, at, opening.breachAt),
    comments: [
      { id: commentId(id, 0), authorId: requesterId, public: true, text, createdAt: at, auditId: auditId(id, 0) },
    ],
    audits: [],
  }
  ticket.audits = [openingAudit(ticket)]
  return ticket
}

/** Applies a change to a ticket in place, as Zendesk would: clocks follow, a customer's reply reopens. */
export function changeTicket(ticket: Ticket, change: Change, at: number, isAgent: (userId: number) => boolean): void {
  const before = { ...ticket }
  ticket.updatedAt = at
  if (change.tags) ticket.tags = change.tags
  if (change.ccIds) ticket.ccIds = change.ccIds
  if (change.followerIds) ticket.followerIds = change.followerIds
  if (change.organizationId !== undefined) ticket.organizationId = change.organizationId
  if (change.groupId !== undefined) ticket.groupId = change.groupId
  if (change.formId !== undefined) ticket.formId = change.formId
  if (change.priority !== undefined && change.priority !== ticket.priority) {
    ticket.priority = change.priority
    const owed = ticket.comments.every(({ authorId }) => !isAgent(authorId))
    ticket.clocks = change.priority === null ? [] : owed ? clocksWhenOpened(change.priority, at) : ticket.clocks
  }
  if (change.assigneeId !== undefined && change.assigneeId !== ticket.assigneeId) assign(ticket, change.assigneeId, at)
  if (change.comment) addComment(ticket, change.comment, at, isAgent)
  if (change.status && change.status !== ticket.status) setStatus(ticket, change.status, at)
  const authorId = change.by ?? change.comment?.authorId ?? ticket.assigneeId ?? systemAuthor
  const events = changesBetween(before, ticket)
  ticket.audits = [...ticket.audits, { id: auditId(ticket.id, ticket.audits.length), authorId, createdAt: at, events }]
}

function assign(ticket: Ticket, assigneeId: number | null, at: number): void {
  ticket.assigneeId = assigneeId
  ticket.assignedAt = assigneeId === null ? null : at
  if (assigneeId !== null) ticket.initiallyAssignedAt ??= at
  if (ticket.status === 'new' && assigneeId !== null) setStatus(ticket, 'open', at)
}

function setStatus(ticket: Ticket, status: TicketStatus, at: number): void {
  ticket.status = status
  ticket.statusAt = at
  if (status === 'solved') ticket.solvedAt = at
  else if (status !== 'closed') ticket.solvedAt = null
  ticket.clocks = clocksAfterStatus(ticket, at)
}

function addComment(
  ticket: Ticket,
  comment: NonNullable<Change['comment']>,
  at: number,
  isAgent: (userId: number) => boolean,
): void {
  const { authorId, text, breachAt } = comment
  const id = commentId(ticket.id, ticket.comments.length)
  const written = { id, authorId, public: comment.public, text, createdAt: at }
  ticket.comments = [...ticket.comments, { ...written, auditId: auditId(ticket.id, ticket.audits.length) }]
  if (!comment.public) return
  if (isAgent(authorId)) {
    ticket.clocks = clocksAfterAgent(ticket, at, breachAt)
    return
  }
  if (ticket.status !== 'open' && ticket.status !== 'new') setStatus(ticket, 'open', at)
  ticket.clocks = clocksAfterCustomer(ticket, at, breachAt)
}

/** How long Zendesk's account automation leaves a solved ticket open to replies. */
export const closesAfter = 7 * 24 * 60 * MINUTE
