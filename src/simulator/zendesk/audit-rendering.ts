import { zendeskTime } from '../time.ts'
import type { ZendeskUser } from '../world/people.ts'
import type { TicketAudit, TicketAuditEvent } from '../world/ticket.ts'
import { commentJson } from './rendering.ts'

interface AuditContext {
  readonly users: ReadonlyMap<number, ZendeskUser>
  /** Without the "CCs and followers" feature there is only the older Cc event. */
  readonly ccsAndFollowers: boolean
}

/** What was done to a ticket, as the vendor's Audit object. */
export function auditJson(audit: TicketAudit, ticketId: number, context: AuditContext): Record<string, unknown> {
  return {
    id: audit.id,
    ticket_id: ticketId,
    created_at: zendeskTime(audit.createdAt),
    author_id: audit.authorId,
    metadata: { system: {}, custom: {} },
    via: { channel: audit.authorId === -1 ? 'rule' : 'web', source: { from: {}, to: {}, rel: null } },
    events: audit.events.map((event, index) => eventJson(event, audit.id + index + 1, context)),
  }
}

function eventJson(event: TicketAuditEvent, id: number, context: AuditContext): Record<string, unknown> {
  switch (event.kind) {
    case 'comment': {
      const { created_at: _at, metadata: _metadata, via: _via, ...comment } = commentJson(event.comment)
      return comment
    }
    case 'create':
      return { id, type: 'Create', field_name: event.field, value: event.value }
    case 'change':
      return { id, type: 'Change', field_name: event.field, value: event.value, previous_value: event.previous }
    case 'ccs':
    case 'followers': {
      const { previous, current } = event
      const emails = (ids: readonly number[]) => ids.flatMap((one) => context.users.get(one)?.email ?? [])
      if (!context.ccsAndFollowers) {
        return { id, type: 'Cc', recipients: current, via: { channel: 'web', source: { from: {}, to: {}, rel: null } } }
      }
      return event.kind === 'ccs'
        ? { id, type: 'EmailCcChange', previous_email_ccs: emails(previous), current_email_ccs: emails(current) }
        : { id, type: 'FollowerChange', previous_followers: emails(previous), current_followers: emails(current) }
    }
  }
}
