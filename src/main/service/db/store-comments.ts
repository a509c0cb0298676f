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

/** Live tickets of these organizations whose stored conversation is older than the ticket. */
export function ticketsWithUnreadComments(
  db: ReadDb,
  organizationIds: readonly number[],
): { readonly id: number; readonly updatedAt: number }[] {
  return prepared<[string], { id: number; updatedAt: number }>(
    db,
    `SELECT id, updated_at AS updatedAt FROM tickets
     WHERE live = 1 AND (comments_as_of IS NULL OR comments_as_of < updated_at)
       AND organization_id IN (SELECT value FROM json_each(?))
     ORDER BY updated_at DESC`,
  ).all(JSON.stringify(organizationIds))
}
