import { prepared, type ReadDb } from './sql.ts'

/** An unsolved ticket, for asking about it by its id. */
export interface LiveTicket {
  readonly id: number
  readonly organizationId: number | null
}

/** Every unsolved ticket that is stored, next breach first. */
export function liveTickets(db: ReadDb): LiveTicket[] {
  return prepared<[], LiveTicket>(
    db,
    `SELECT id, organization_id AS organizationId FROM tickets INDEXED BY tickets_queue WHERE live = 1
     ORDER BY next_breach_at IS NULL, next_breach_at, id`,
  ).all()
}

/** Tickets that were unsolved when they were found deleted or out of our sight, since then: they may come back. */
export function lostTickets(db: ReadDb, since: number): number[] {
  return ['deleted', 'forbidden'].flatMap((fate) =>
    prepared<[string, number], { id: number }>(
      db,
      `SELECT id FROM tickets WHERE fate = ? AND fetched_at >= ? AND status NOT IN ('solved', 'closed') ORDER BY id`,
    )
      .all(fate, since)
      .map((row) => row.id),
  )
}

/** Stored tickets of an organization that its list ought to show, with ids above `after` up to `until`. */
export function listedTickets(
  db: ReadDb,
  organizationId: number,
  after: number,
  until: number,
): { readonly id: number; readonly status: string }[] {
  return prepared<[number, number, number], { id: number; status: string }>(
    db,
    `SELECT id, status FROM tickets
     WHERE organization_id = ? AND id > ? AND id <= ? AND fate IS NULL
     ORDER BY id`,
  ).all(organizationId, after, until)
}

/** The highest id of a stored ticket; 0 when none is stored. */
export function highestTicketId(db: ReadDb): number {
  return prepared<[], { id: number | null }>(db, 'SELECT max(id) AS id FROM tickets').get()?.id ?? 0
}
