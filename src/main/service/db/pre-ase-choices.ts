import type { PreAseChoice } from '#core/guidance/find-cell.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** What the customer of a ticket from before its ASE chose, as somebody recorded it here. */
export interface StoredChoice {
  readonly choice: PreAseChoice
  readonly byName: string | null
  readonly at: number
}

/** What was recorded of a ticket, or null. */
export function readChoice(db: ReadDb, ticketId: number): StoredChoice | null {
  return (
    prepared<[number], StoredChoice>(
      db,
      'SELECT choice, by_name AS byName, at FROM pre_ase_choices WHERE ticket_id = ?',
    ).get(ticketId) ?? null
  )
}

/** Records what a customer chose, in place of what was recorded before; null takes it back. */
export function storeChoice(db: WriteDb, ticketId: number, chosen: StoredChoice | null): void {
  if (chosen === null) {
    prepared<[number]>(db, 'DELETE FROM pre_ase_choices WHERE ticket_id = ?').run(ticketId)
    return
  }
  prepared<[number, string, string | null, number]>(
    db,
    `INSERT INTO pre_ase_choices (ticket_id, choice, by_name, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (ticket_id) DO UPDATE SET choice = excluded.choice, by_name = excluded.by_name, at = excluded.at`,
  ).run(ticketId, chosen.choice, chosen.byName, chosen.at)
}
