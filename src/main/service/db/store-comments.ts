import type { TicketComment } from '#core/tickets/ticket.ts'
import { recordEvent } from './events.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** Stores messages of a ticket; those already stored are left as they are (Zendesk's messages never change their text). */
export function storeComments(db: WriteDb, comments: readonly TicketComment[]): number {
  let added = 0
  for (const comment of comments) {
    const { changes } = prepared<[number, number, number | null, number, number, string, string]>(
      db,
      `INSERT INTO comments (id, ticket_id, author_id, public, created_at, html, text) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    ).run(
      comment.id,
      comment.ticketId,
      comment.authorId,
      comment.public ? 1 : 0,
      comment.createdAt,
      comment.html,
      comment.text,
    )
    if (changes === 0) continue
    added += 1
    recordEvent(db, {
      kind: 'comment-added',
      subject: `ticket:${comment.ticketId}`,
      at: comment.createdAt,
      changes: { comment: { from: null, to: { id: comment.id, public: comment.public, authorId: comment.authorId } } },
    })
  }
  return added
}

/** Notes that the whole conversation of a ticket is stored as it was when the ticket last changed at `asOf`. */
export function markCommentsRead(db: WriteDb, ticketId: number, asOf: number): void {
  prepared<[number, number]>(db, 'UPDATE tickets SET comments_as_of = ? WHERE id = ?').run(asOf, ticketId)
}

/** A ticket of which less is stored than there is: messages, the history, or both. */
export interface UnreadTicket {
  readonly id: number
  readonly updatedAt: number
  readonly comments: boolean
  readonly audits: boolean
  /** Where its history is read on; null: from its beginning. */
  readonly auditsCursor: string | null
}

/**
 * Tickets of these organizations that changed since their conversation or history was read: unsolved ones first, next breach
 * first; then those that were solved since, for their last words, and those that ended unseen while somebody covered their account.
 * Read by index.
 */
export const unreadSql = `
  SELECT id, updated_at AS updatedAt, comments_as_of IS NULL OR comments_as_of < updated_at AS comments,
         audits_as_of IS NULL OR audits_as_of < updated_at AS audits, audits_cursor AS auditsCursor
  FROM tickets
  WHERE id IN (
    SELECT id FROM tickets INDEXED BY tickets_unread
      WHERE live = 1 AND (comments_as_of IS NULL OR comments_as_of < updated_at)
    UNION SELECT id FROM tickets INDEXED BY tickets_unaudited
      WHERE live = 1 AND (audits_as_of IS NULL OR audits_as_of < updated_at)
    UNION SELECT id FROM tickets INDEXED BY tickets_unread_end WHERE status = 'solved' AND comments_as_of < updated_at
    UNION SELECT id FROM tickets INDEXED BY tickets_unaudited_end WHERE status = 'solved' AND audits_as_of < updated_at
    UNION SELECT t.id FROM json_each(?) w CROSS JOIN tickets t INDEXED BY tickets_untold
      ON t.organization_id = w.value ->> 'organizationId' AND t.updated_at >= w.value ->> 'since'
      WHERE t.live = 0 AND t.fate IS NULL AND (t.comments_as_of IS NULL OR t.comments_as_of < t.updated_at
        OR t.audits_as_of IS NULL OR t.audits_as_of < t.updated_at)
  ) AND fate IS NULL AND organization_id IN (SELECT value FROM json_each(?))
  ORDER BY live DESC, next_breach_at IS NULL, next_breach_at, updated_at DESC, id`

/** An organization of which everything since an instant is wanted, also of tickets that have ended. */
export interface WantedWhole {
  readonly organizationId: number
  readonly since: number
}

/** Tickets of these organizations whose conversation or history is to be read, in the order of who needs it soonest. */
export function unreadTickets(
  db: ReadDb,
  organizationIds: readonly number[],
  whole: readonly WantedWhole[] = [],
): UnreadTicket[] {
  type Row = Omit<UnreadTicket, 'comments' | 'audits'> & { readonly comments: number; readonly audits: number }
  return prepared<[string, string], Row>(db, unreadSql)
    .all(JSON.stringify(whole), JSON.stringify(organizationIds))
    .map((row) => ({ ...row, comments: row.comments === 1, audits: row.audits === 1 }))
}
