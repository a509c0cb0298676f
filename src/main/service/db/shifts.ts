import type { Shift } from '#core/on-call/swap-flags.ts'
import { prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'

/** An on-call shift as it is stored. */
export interface StoredShift extends Shift {
  readonly title: string
  readonly origin: 'hand' | 'calendar' | 'workspace'
  readonly calendarName: string | null
  /** Who takes it instead. */
  readonly replacement: string | null
  readonly replacementAt: number | null
  /** In words, who had taken it before it was moved. */
  readonly lapsed: string | null
}

/** A shift as a calendar or a person tells of it. */
export type ToldShift = Shift & { readonly title: string }

const query = `SELECT s.id, s.person_id AS personId, s.title, s.starts_at AS startsAt, s.ends_at AS endsAt, s.origin,
  c.name AS calendarName, s.replacement, s.replacement_at AS replacementAt, s.lapsed
  FROM shifts s LEFT JOIN calendars c ON c.id = s.calendar_id`

/**
 * The shifts by their start.
 *
 * @param since only those that end after it.
 */
export function readShifts(db: ReadDb, since = Number.MIN_SAFE_INTEGER): StoredShift[] {
  return prepared<[number], StoredShift>(db, `${query} WHERE s.ends_at > ? ORDER BY s.starts_at, s.id`).all(since)
}

/** One shift, or undefined. */
export function findShift(db: ReadDb, id: string): StoredShift | undefined {
  return prepared<[string], StoredShift>(db, `${query} WHERE s.id = ?`).get(id)
}

/** Stores a shift that somebody entered. */
export function insertShift(db: WriteDb, shift: ToldShift): void {
  prepared<unknown[]>(
    db,
    `INSERT INTO shifts (id, person_id, title, starts_at, ends_at, origin)
     VALUES (:id, :personId, :title, :startsAt, :endsAt, 'hand')`,
  ).run(shift)
}

/** Deletes a shift that somebody entered. */
export function deleteShift(db: WriteDb, id: string): void {
  prepared<[string]>(db, `DELETE FROM shifts WHERE id = ? AND origin = 'hand'`).run(id)
}

/** Records who takes a shift instead, or with null that nobody does. What was said of an earlier one is settled by that. */
export function setReplacement(
  db: WriteDb,
  id: string,
  replacement: { readonly name: string; readonly at: number } | null,
): void {
  prepared<unknown[]>(db, 'UPDATE shifts SET replacement = ?, replacement_at = ?, lapsed = NULL WHERE id = ?').run(
    replacement?.name ?? null,
    replacement?.at ?? null,
    id,
  )
}

/**
 * Makes the shifts that come from a calendar those given. Who takes a shift instead stays recorded as long as it is the same person's
 * and at the same time, whatever name the calendar gives it by then; of a shift that was moved it is said that nobody takes it any more.
 *
 * @param lapsedWords the words for a shift that somebody had taken and that was moved.
 */
export function replaceCalendarShifts(
  db: WriteDb,
  calendarId: string,
  shifts: readonly ToldShift[],
  lapsedWords: (former: StoredShift) => string,
): void {
  transaction(db, () => {
    const before = prepared<[string], StoredShift>(db, `${query} WHERE s.calendar_id = ?`).all(calendarId)
    const told = new Set(shifts.map(({ id }) => id))
    const byId = new Map(before.map((shift) => [shift.id, shift]))
    const byTime = new Map(before.filter(({ id }) => !told.has(id)).map((shift) => [timeOf(shift), shift]))
    for (const { id } of before) {
      if (!told.has(id)) prepared<[string]>(db, 'DELETE FROM shifts WHERE id = ?').run(id)
    }
    for (const shift of shifts) {
      const former = byId.get(shift.id) ?? byTime.get(timeOf(shift))
      putCalendarShift(db, calendarId, { ...shift, ...standingOf(shift, former, lapsedWords) })
    }
  })
}

type Standing = Pick<StoredShift, 'replacement' | 'replacementAt' | 'lapsed'>

function standingOf(
  shift: ToldShift,
  former: StoredShift | undefined,
  words: (former: StoredShift) => string,
): Standing {
  if (former?.personId !== shift.personId) return { replacement: null, replacementAt: null, lapsed: null }
  const { replacement, replacementAt, lapsed } = former
  if (timeOf(former) === timeOf(shift)) return { replacement, replacementAt, lapsed }
  return { replacement: null, replacementAt: null, lapsed: replacement === null ? lapsed : words(former) }
}

function timeOf({ personId, startsAt, endsAt }: Shift): string {
  return `${personId}/${startsAt}/${endsAt}`
}

function putCalendarShift(db: WriteDb, calendarId: string, shift: ToldShift & Standing): void {
  prepared<unknown[]>(
    db,
    `INSERT INTO shifts (id, person_id, title, starts_at, ends_at, origin, calendar_id, replacement, replacement_at, lapsed)
     VALUES (:id, :personId, :title, :startsAt, :endsAt, 'calendar', :calendarId, :replacement, :replacementAt, :lapsed)
     ON CONFLICT (id) DO UPDATE SET person_id = excluded.person_id, title = excluded.title, starts_at = excluded.starts_at,
       ends_at = excluded.ends_at, replacement = excluded.replacement, replacement_at = excluded.replacement_at,
       lapsed = excluded.lapsed`,
  ).run({ ...shift, calendarId })
}
