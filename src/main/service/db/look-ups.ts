import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/**
 * Why a ticket is to be looked up by its id: its organization's list was without it, an answer about it was without it (or
 * refused), or it was closed by a merge and where it went is to be found out.
 */
export type LookUpReason = 'not-listed' | 'gone' | 'merged'

/** A ticket that is to be looked up. */
export interface LookUp {
  readonly ticketId: number
  readonly why: LookUpReason
}

/** Notes tickets to be looked up; belongs into the transaction of what made us look. One that is noted already stays as it is, and one that is not stored any more is none. */
export function noteLookUps(db: WriteDb, ticketIds: readonly number[], why: LookUpReason): void {
  for (const id of ticketIds) {
    prepared<[LookUpReason, number]>(
      db,
      `INSERT INTO look_ups (ticket_id, why, not_before) SELECT id, ?, 0 FROM tickets WHERE id = ?
       ON CONFLICT (ticket_id) DO NOTHING`,
    ).run(why, id)
  }
}

/** Tickets whose look-up is due: unsolved ones first. */
export function dueLookUps(db: ReadDb, now: number, limit: number): LookUp[] {
  return prepared<[number, number], LookUp>(
    db,
    `SELECT l.ticket_id AS ticketId, l.why FROM look_ups l CROSS JOIN tickets t ON t.id = l.ticket_id
     WHERE l.not_before <= ? ORDER BY t.live DESC, l.ticket_id LIMIT ?`,
  ).all(now, limit)
}

/** When the next look-up is due, or null when there is none. */
export function nextLookUpAt(db: ReadDb): number | null {
  return prepared<[], { at: number | null }>(db, 'SELECT min(not_before) AS at FROM look_ups').get()?.at ?? null
}

/** Puts a look-up off, or gives it another reason. */
export function changeLookUp(
  db: WriteDb,
  ticketId: number,
  changed: { readonly why?: LookUpReason; readonly notBefore?: number },
): void {
  prepared<[LookUpReason | null, number | null, number]>(
    db,
    'UPDATE look_ups SET why = coalesce(?, why), not_before = coalesce(?, not_before) WHERE ticket_id = ?',
  ).run(changed.why ?? null, changed.notBefore ?? null, ticketId)
}

/** Tickets that a list shows after all need not be looked up for being missing from it. */
export function endLookUpsOfListed(db: WriteDb, ticketIds: readonly number[]): void {
  prepared<[string]>(
    db,
    `DELETE FROM look_ups WHERE why = 'not-listed' AND ticket_id IN (SELECT value FROM json_each(?))`,
  ).run(JSON.stringify(ticketIds))
}

/** Notes that a ticket was looked up. */
export function endLookUp(db: WriteDb, ticketId: number): void {
  prepared<[number]>(db, 'DELETE FROM look_ups WHERE ticket_id = ?').run(ticketId)
}
