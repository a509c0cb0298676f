/** The words Zendesk has for a ticket's state. */
export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed'
export type TicketPriority = 'low' | 'normal' | 'high' | 'urgent'
export type TicketType = 'problem' | 'incident' | 'question' | 'task'

/** One SLA clock. `breachAt` is null while it is paused. */
export interface TicketClock {
  readonly metric: 'first_reply_time' | 'next_reply_time' | 'pausable_update_time'
  readonly stage: 'active' | 'paused' | 'achieved'
  readonly breachAt: number | null
}

/** One message. `text` is Markdown of the plainest kind: paragraphs, fenced code, lists, inline code. */
export interface TicketComment {
  readonly id: number
  readonly authorId: number
  readonly public: boolean
  readonly text: string
  readonly createdAt: number
  /** The audit that the message came with. */
  readonly auditId: number
}

/** One thing that an audit says was done to a ticket. Ids and words are as Zendesk's fields have them. */
export type TicketAuditEvent =
  | { readonly kind: 'create'; readonly field: string; readonly value: AuditValue }
  | { readonly kind: 'change'; readonly field: string; readonly value: AuditValue; readonly previous: AuditValue }
  | { readonly kind: 'comment'; readonly comment: TicketComment }
  | { readonly kind: 'ccs' | 'followers'; readonly previous: readonly number[]; readonly current: readonly number[] }

type AuditValue = string | readonly string[] | null

/** What somebody did to a ticket at one instant; `authorId` is -1 for the system. */
export interface TicketAudit {
  readonly id: number
  readonly authorId: number
  readonly createdAt: number
  readonly events: readonly TicketAuditEvent[]
}

/** A ticket as the simulator knows it; instants are ms since the epoch and whole seconds. */
export interface Ticket {
  readonly id: number
  organizationId: number
  readonly requesterId: number
  readonly subject: string
  readonly type: TicketType | null
  readonly createdAt: number
  updatedAt: number
  status: TicketStatus
  statusAt: number
  priority: TicketPriority | null
  assigneeId: number | null
  groupId: number
  formId: number
  /** When it first had an assignee, and when it got the present one: what an engineer took, and when. */
  initiallyAssignedAt: number | null
  assignedAt: number | null
  solvedAt: number | null
  tags: readonly string[]
  ccIds: readonly number[]
  followerIds: readonly number[]
  clocks: readonly TicketClock[]
  comments: readonly TicketComment[]
  audits: readonly TicketAudit[]
}

/** Ids are made from the ticket's own, so that a message has the same id in every run. */
export function commentId(ticketId: number, index: number): number {
  return ticketId * 10_000_000 + index * 1013
}

/** The id of a ticket's `index`th audit; its events count on from there. */
export function auditId(ticketId: number, index: number): number {
  return ticketId * 10_000_000 + 5_000_000 + index * 100
}
