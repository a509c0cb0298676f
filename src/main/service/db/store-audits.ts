import type { AuditChange, TicketAudit } from '#core/tickets/audit.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/**
 * Stores who did what to tickets; those already stored are left as they are (Zendesk never changes an audit). One without
 * anything of use is left out.
 *
 * @returns how many were new.
 */
export function storeAudits(db: WriteDb, audits: readonly TicketAudit[]): number {
  let added = 0
  for (const audit of audits) {
    if (audit.changes.length === 0) continue
    added += prepared<[number, number, number | null, number, string]>(
      db,
      `INSERT INTO audits (id, ticket_id, author_id, created_at, changes) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    ).run(audit.id, audit.ticketId, audit.authorId, audit.createdAt, JSON.stringify(audit.changes)).changes
  }
  return added
}

/**
 * Notes that the whole history of a ticket is stored as it was when the ticket last changed at `asOf`.
 *
 * @param cursor where the reading goes on next time, or null to begin anew.
 */
export function markAuditsRead(db: WriteDb, ticketId: number, asOf: number, cursor: string | null): void {
  prepared<[number, string | null, number]>(
    db,
    'UPDATE tickets SET audits_as_of = ?, audits_cursor = ? WHERE id = ?',
  ).run(asOf, cursor, ticketId)
}

/** The stored history of a ticket, oldest first. */
export function readAudits(db: ReadDb, ticketId: number): TicketAudit[] {
  type Row = Omit<TicketAudit, 'changes'> & { readonly changes: string }
  return prepared<[number], Row>(
    db,
    `SELECT id, ticket_id AS ticketId, author_id AS authorId, created_at AS createdAt, changes
     FROM audits WHERE ticket_id = ? ORDER BY created_at, id`,
  )
    .all(ticketId)
    .map((row) => ({ ...row, changes: JSON.parse(row.changes) as AuditChange[] }))
}
