import type { RecordedChange } from '#core/guidance/find-astray.ts'
import { prepared, type ReadDb } from './sql.ts'

/** What changed of a ticket since an instant. Read from the index of its subject. */
export const changesSinceSql = `
  SELECT at, changes FROM events INDEXED BY events_subject
  WHERE subject = ? AND kind = 'ticket-changed' AND at >= ? ORDER BY seq`

/** What changed of a ticket since an instant, in the order it was recorded. */
export function changesSince(db: ReadDb, ticketId: number, since: number): RecordedChange[] {
  return prepared<[string, number], { at: number; changes: string }>(db, changesSinceSql)
    .all(`ticket:${ticketId}`, since)
    .map((row) => ({ at: row.at, changes: JSON.parse(row.changes) as RecordedChange['changes'] }))
}

/** Kinds of changes that I ordered here for a ticket since an instant, those I took back left out. */
export function orderedSince(db: ReadDb, ticketId: number, since: number): ReadonlySet<string> {
  const rows = prepared<[number, number], { kind: string }>(
    db,
    `SELECT DISTINCT kind FROM outbox WHERE ticket_id = ? AND created_at >= ? AND state != 'discarded'`,
  ).all(ticketId, since)
  return new Set(rows.map(({ kind }) => kind))
}

/** Whether I took myself off Cc of a ticket here, and did not put myself back since: that I am off is no surprise then. */
export function tookMyselfOffCc(db: ReadDb, ticketId: number, meId: number): boolean {
  const last = prepared<[number, number], { kind: string }>(
    db,
    `SELECT kind FROM outbox WHERE ticket_id = ? AND kind IN ('add-cc', 'remove-cc') AND intent ->> '$.userId' = ?
       AND state <> 'discarded' ORDER BY id DESC LIMIT 1`,
  ).get(ticketId, meId)
  return last?.kind === 'remove-cc'
}
