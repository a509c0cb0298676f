import { prepared, transaction, type ReadDb, type WriteDb } from './sql.ts'

/** What a calendar's events become. */
export type CalendarPurpose = 'absence' | 'on-call'

/** A calendar as it is stored. Its address is a secret and elsewhere. */
export interface StoredCalendar {
  readonly id: string
  readonly name: string
  readonly purpose: CalendarPurpose
  readonly personId: number
  /** Null for one that was read from a file. */
  readonly host: string | null
  /** Titles whose events count. */
  readonly titles: readonly string[]
  readonly etag: string | null
  readonly lastModified: string | null
  readonly refreshedAt: number | null
  readonly nextRefreshAt: number | null
  /** Attempts in a row that failed. */
  readonly failures: number
  readonly problem: string | null
}

/** An occurrence as it is stored, whether it counts or not. */
export interface StoredEvent {
  readonly key: string
  readonly title: string
  readonly startsAt: number
  readonly endsAt: number
  readonly allDay: boolean
  /** Wall clock of what begins and ends where the person is; null for fixed instants. */
  readonly localStart: string | null
  readonly localEnd: string | null
}

type CalendarRow = Omit<StoredCalendar, 'titles'> & { readonly titles: string }

const columns = `id, name, purpose, person_id AS personId, host, titles, etag, last_modified AS lastModified,
  refreshed_at AS refreshedAt, next_refresh_at AS nextRefreshAt, failures, problem`

/** Every calendar, by its name. */
export function readCalendars(db: ReadDb): StoredCalendar[] {
  return prepared<[], CalendarRow>(db, `SELECT ${columns} FROM calendars ORDER BY name, id`).all().map(fromRow)
}

/** One calendar, or undefined. */
export function findCalendar(db: ReadDb, id: string): StoredCalendar | undefined {
  const row = prepared<[string], CalendarRow>(db, `SELECT ${columns} FROM calendars WHERE id = ?`).get(id)
  return row && fromRow(row)
}

function fromRow(row: CalendarRow): StoredCalendar {
  return { ...row, titles: JSON.parse(row.titles) as string[] }
}

/** Stores a calendar, a new one or in place of the one with its id. */
export function putCalendar(db: WriteDb, calendar: StoredCalendar): void {
  prepared<unknown[]>(
    db,
    `INSERT INTO calendars (id, name, purpose, person_id, host, titles, etag, last_modified, refreshed_at, next_refresh_at, failures, problem)
     VALUES (:id, :name, :purpose, :personId, :host, :titles, :etag, :lastModified, :refreshedAt, :nextRefreshAt, :failures, :problem)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, purpose = excluded.purpose, person_id = excluded.person_id,
       host = excluded.host, titles = excluded.titles, etag = excluded.etag, last_modified = excluded.last_modified,
       refreshed_at = excluded.refreshed_at, next_refresh_at = excluded.next_refresh_at, failures = excluded.failures,
       problem = excluded.problem`,
  ).run({ ...calendar, titles: JSON.stringify(calendar.titles) })
}

/** Deletes a calendar with its events, and the absences and shifts that came from it. */
export function deleteCalendar(db: WriteDb, id: string): void {
  transaction(db, () => {
    prepared<[string]>(db, 'DELETE FROM absences WHERE calendar_id = ?').run(id)
    prepared<[string]>(db, 'DELETE FROM calendars WHERE id = ?').run(id)
  })
}

/** The events of a calendar, by their start. */
export function readEvents(db: ReadDb, calendarId: string): StoredEvent[] {
  const rows = prepared<[string], Omit<StoredEvent, 'allDay'> & { readonly allDay: number }>(
    db,
    `SELECT key, title, starts_at AS startsAt, ends_at AS endsAt, all_day AS allDay, local_start AS localStart,
            local_end AS localEnd FROM calendar_events WHERE calendar_id = ? ORDER BY starts_at, key`,
  ).all(calendarId)
  return rows.map((row) => ({ ...row, allDay: row.allDay === 1 }))
}

/**
 * Makes the events of a calendar those given. Events that were over before `readFrom` stay: they are too long ago to be read again.
 *
 * @param forgetBefore what was over before then goes.
 */
export function replaceEvents(
  db: WriteDb,
  calendarId: string,
  events: readonly StoredEvent[],
  { readFrom, forgetBefore }: { readonly readFrom: number; readonly forgetBefore: number },
): void {
  transaction(db, () => {
    prepared<[string, number, number]>(
      db,
      'DELETE FROM calendar_events WHERE calendar_id = ? AND (ends_at > ? OR ends_at <= ?)',
    ).run(calendarId, readFrom, forgetBefore)
    for (const event of events) putEvent(db, calendarId, event)
  })
}

/** Stores an event, a new one or in place of the one with its key. */
export function putEvent(db: WriteDb, calendarId: string, event: StoredEvent): void {
  prepared<unknown[]>(
    db,
    `INSERT INTO calendar_events (calendar_id, key, title, starts_at, ends_at, all_day, local_start, local_end)
     VALUES (:calendarId, :key, :title, :startsAt, :endsAt, :allDay, :localStart, :localEnd)
     ON CONFLICT (calendar_id, key) DO UPDATE SET title = excluded.title, starts_at = excluded.starts_at,
       ends_at = excluded.ends_at, all_day = excluded.all_day, local_start = excluded.local_start,
       local_end = excluded.local_end`,
  ).run({ ...event, calendarId, allDay: event.allDay ? 1 : 0 })
}
