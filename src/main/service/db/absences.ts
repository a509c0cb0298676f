import type { Absence } from '#core/people/people.ts'
import { prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'

/** Where an absence is known from. */
export type AbsenceOrigin = 'hand' | 'plan' | 'calendar' | 'workspace'

/** An absence with where it is known from. */
export interface StoredAbsence extends Absence {
  readonly origin: AbsenceOrigin
  readonly planId: string | null
  readonly calendarName: string | null
}

/** Every absence, by its start. */
export function readAbsences(db: ReadDb): StoredAbsence[] {
  return prepared<[], StoredAbsence>(
    db,
    `SELECT a.id, a.person_id AS personId, a.starts_at AS startsAt, a.ends_at AS endsAt, a.origin, a.plan_id AS planId,
            c.name AS calendarName
     FROM absences a LEFT JOIN calendars c ON c.id = a.calendar_id ORDER BY a.starts_at, a.id`,
  ).all()
}

/** Stores an absence that somebody entered. */
export function insertAbsence(db: WriteDb, absence: Absence): void {
  prepared<unknown[]>(
    db,
    `INSERT INTO absences (id, person_id, starts_at, ends_at, origin) VALUES (:id, :personId, :startsAt, :endsAt, 'hand')`,
  ).run(absence)
}

/** Deletes an absence that somebody entered. */
export function deleteAbsence(db: WriteDb, id: string): void {
  prepared<[string]>(db, `DELETE FROM absences WHERE id = ? AND origin = 'hand'`).run(id)
}

/** Makes the absences that come from a calendar those given. */
export function replaceCalendarAbsences(db: WriteDb, calendarId: string, absences: readonly Absence[]): void {
  transaction(db, () => {
    const kept = JSON.stringify(absences.map(({ id }) => id))
    prepared<[string, string]>(
      db,
      'DELETE FROM absences WHERE calendar_id = ? AND id NOT IN (SELECT value FROM json_each(?))',
    ).run(calendarId, kept)
    for (const absence of absences) {
      prepared<unknown[]>(
        db,
        `INSERT INTO absences (id, person_id, starts_at, ends_at, origin, calendar_id)
         VALUES (:id, :personId, :startsAt, :endsAt, 'calendar', :calendarId)
         ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id, starts_at = excluded.starts_at, ends_at = excluded.ends_at`,
      ).run({ ...absence, calendarId })
    }
  })
}
