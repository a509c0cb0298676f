import type { Ticket, TicketAudit, TicketAuditEvent, TicketComment } from './ticket.ts'
import { auditId } from './ticket.ts'

/** The author of what Zendesk does by itself. */
export const systemAuthor = -1

/** What of a ticket shows up in audits when it changes. */
export type Audited = Pick<
  Ticket,
  | 'status'
  | 'priority'
  | 'assigneeId'
  | 'groupId'
  | 'formId'
  | 'organizationId'
  | 'tags'
  | 'ccIds'
  | 'followerIds'
  | 'comments'
>

const text = (value: number | null): string | null => (value === null ? null : String(value))

const fieldsOf = ({ status, priority, assigneeId, groupId, formId, organizationId, tags }: Audited) =>
  ({
    status,
    priority,
    assignee_id: text(assigneeId),
    group_id: text(groupId),
    ticket_form_id: text(formId),
    organization_id: text(organizationId),
    tags,
  }) as const

/** The audit that a ticket begins with. */
export function openingAudit(
  ticket: Audited & Pick<Ticket, 'id' | 'subject' | 'requesterId' | 'createdAt'>,
): TicketAudit {
  const created: readonly TicketAuditEvent[] = Object.entries({
    subject: ticket.subject,
    requester_id: String(ticket.requesterId),
    ...fieldsOf(ticket),
  }).map(([field, value]) => ({ kind: 'create', field, value }))
  const { ccIds, followerIds } = ticket
  return {
    id: auditId(ticket.id, 0),
    authorId: ticket.requesterId,
    createdAt: ticket.createdAt,
    events: [
      ...ticket.comments.map(commented),
      ...created,
      ...people('ccs', [], ccIds),
      ...people('followers', [], followerIds),
    ],
  }
}

/** What is different between two states of a ticket, as the events of an audit; empty when nothing is. */
export function changesBetween(before: Audited, after: Audited): readonly TicketAuditEvent[] {
  const old = fieldsOf(before)
  const changed = Object.entries(fieldsOf(after)).flatMap(([field, value]): readonly TicketAuditEvent[] => {
    const previous = old[field as keyof typeof old]
    return String(previous) === String(value) ? [] : [{ kind: 'change', field, value, previous }]
  })
  return [
    ...after.comments.slice(before.comments.length).map(commented),
    ...changed,
    ...people('ccs', before.ccIds, after.ccIds),
    ...people('followers', before.followerIds, after.followerIds),
  ]
}

const commented = (comment: TicketComment): TicketAuditEvent => ({ kind: 'comment', comment })

function people(
  kind: 'ccs' | 'followers',
  previous: readonly number[],
  current: readonly number[],
): readonly TicketAuditEvent[] {
  return String(previous) === String(current) ? [] : [{ kind, previous, current }]
}

/** The audits of a ticket that was closed long ago: its messages, then solved, then closed. */
export function auditsOfHistory(
  ticket: Audited & Pick<Ticket, 'id' | 'subject' | 'requesterId' | 'createdAt' | 'solvedAt' | 'updatedAt'>,
): readonly TicketAudit[] {
  const [first, ...later] = ticket.comments
  const { id, subject, requesterId, createdAt, priority, assigneeId, groupId, formId, organizationId } = ticket
  const { tags, ccIds, followerIds } = ticket
  const fields = { id, subject, requesterId, createdAt, priority, assigneeId, groupId, formId, organizationId }
  // Not a copy of the whole ticket: its audits are made here, when they are first read.
  const opening = openingAudit({ ...fields, tags, ccIds, followerIds, status: 'open', comments: first ? [first] : [] })
  const messages = later.map((comment): TicketAudit => ({
    id: comment.auditId,
    authorId: comment.authorId,
    createdAt: comment.createdAt,
    events: [commented(comment)],
  }))
  const status = (
    index: number,
    authorId: number,
    createdAt: number,
    previous: string,
    value: string,
  ): TicketAudit => ({
    id: auditId(ticket.id, ticket.comments.length + index),
    authorId,
    createdAt,
    events: [{ kind: 'change', field: 'status', value, previous }],
  })
  return [
    opening,
    ...messages,
    status(0, ticket.assigneeId ?? systemAuthor, ticket.solvedAt ?? ticket.updatedAt, 'open', 'solved'),
    status(1, systemAuthor, ticket.updatedAt, 'solved', 'closed'),
  ]
}
