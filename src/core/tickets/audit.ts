import type { InstantMs } from '../instant.ts'

/**
 * One thing that was done to a ticket, as far as it matters here.
 *
 * | `kind`    | `field`                                                                                      | `from`, `to`                              |
 * | --------- | -------------------------------------------------------------------------------------------- | ----------------------------------------- |
 * | `created` | `status`, `priority`, `assignee_id`, `group_id`, `organization_id`, `tags`, `custom_status_id` | null and what the ticket began with       |
 * | `changed` | the same                                                                                     | before and after; ids are numbers         |
 * | `changed` | `email_ccs`, `followers`                                                                     | lists of e-mail addresses                 |
 * | `changed` | `collaborators`: Cc before "CCs and followers"                                               | null, and a list of user ids              |
 * | `comment` | null                                                                                         | null, and the id of the message           |
 * | `other`   | `merged_into`, `merged_from`                                                                 | null, and a list of ticket ids            |
 */
export interface AuditChange {
  readonly kind: 'created' | 'changed' | 'comment' | 'other'
  readonly field: string | null
  readonly from: unknown
  readonly to: unknown
  /** Whether the customer saw it; null where that is no question. */
  readonly public: boolean | null
}

/** What somebody did to a ticket at one instant; `authorId` is null for Zendesk itself. */
export interface TicketAudit {
  readonly id: number
  readonly ticketId: number
  readonly authorId: number | null
  readonly createdAt: InstantMs
  readonly changes: readonly AuditChange[]
}
