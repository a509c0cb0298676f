import { createHash } from 'node:crypto'
import { spanWords } from '#core/on-call/swap-message.ts'
import { replaceCalendarAbsences } from '../db/absences.ts'
import { findCalendar, putEvent, readEvents, type StoredCalendar, type StoredEvent } from '../db/calendars.ts'
import { replaceCalendarShifts } from '../db/shifts.ts'
import { transaction, type ReadDb, type WriteDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import { inSlices } from '../in-slices.ts'
import type { CalendarEvent } from './calendar-event.ts'
import { ianaClock, utcClock } from './zones.ts'

/** The zone somebody's clock shows; UTC for somebody who is not known here. */
export function zoneOf(db: ReadDb, personId: number | null): string {
  return readRoster(db).people.find((person) => person.id === personId)?.timeZone ?? 'UTC'
}

/** Events as instants, read where somebody is, in slices of time. What takes no time there is left out. */
export async function settled(events: readonly CalendarEvent[], timeZone: string): Promise<StoredEvent[]> {
  const at = ianaClock(timeZone) ?? utcClock
  const all = await inSlices(events, ({ key, title, allDay, time }) => {
    const isLocal = time.kind === 'local'
    return {
      key,
      title,
      allDay,
      startsAt: isLocal ? at(time.startsAt) : time.startsAt,
      endsAt: isLocal ? at(time.endsAt) : time.endsAt,
      localStart: isLocal ? time.startsAt : null,
      localEnd: isLocal ? time.endsAt : null,
    }
  })
  return all.filter(({ startsAt, endsAt }) => endsAt > startsAt)
}

/**
 * Makes the absences and shifts that come from a calendar what its stored events, chosen titles, purpose and person say. Events that
 * are meant where the person is are read by the zone they are in by now.
 */
export function deriveRows(db: WriteDb, calendarId: string): void {
  transaction(db, () => {
    const calendar = findCalendar(db, calendarId)
    if (!calendar) return
    const timeZone = zoneOf(db, calendar.personId)
    const counted = moved(db, calendar, timeZone)
    const spans = counted.map(({ key, title, startsAt, endsAt }) => ({
      id: rowId(calendar, key),
      personId: calendar.personId,
      title,
      startsAt,
      endsAt,
    }))
    const isOnCall = calendar.purpose === 'on-call'
    replaceCalendarAbsences(db, calendarId, isOnCall ? [] : spans.map(({ title: _, ...absence }) => absence))
    replaceCalendarShifts(db, calendarId, isOnCall ? spans : [], (former) => {
      const span = spanWords(former, timeZone)
      return `${former.replacement} had taken this shift when it was ${span}. It was moved since, so agree on it again.`
    })
  })
}

/** The events that count, where the person's zone puts them now. */
function moved(db: WriteDb, { id, titles }: StoredCalendar, timeZone: string): StoredEvent[] {
  const at = ianaClock(timeZone) ?? utcClock
  return readEvents(db, id)
    .map((event) => {
      if (event.localStart === null || event.localEnd === null) return event
      const [startsAt, endsAt] = [at(event.localStart), at(event.localEnd)]
      if ((startsAt === event.startsAt && endsAt === event.endsAt) || endsAt <= startsAt) return event
      const elsewhere = { ...event, startsAt, endsAt }
      putEvent(db, id, elsewhere)
      return elsewhere
    })
    .filter(({ title }) => titles.includes(title))
}

/** The same for the same occurrence of the same calendar, whatever else changes. */
function rowId({ id, purpose }: StoredCalendar, key: string): string {
  return `${purpose}-${createHash('sha256').update(`${id}\n${key}`).digest('hex').slice(0, 24)}`
}
