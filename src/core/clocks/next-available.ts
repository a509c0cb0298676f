import { Temporal } from 'temporal-polyfill'
import { isWithin, type InstantMs, type Window } from '../instant.ts'
import type { Person } from '../people/people.ts'

/** Further ahead than this nobody's plans are known. */
const horizonDays = 400

/**
 * When a person is next at work (rule 12): within working hours of their own zone and outside their absences. `from`
 * itself, when they are at work then; undefined when their working hours do not say, or absences leave nothing of them.
 *
 * @param absences the person's own absences.
 */
export function nextAvailable(
  person: Pick<Person, 'timeZone' | 'workingHours'>,
  absences: readonly Window[],
  from: InstantMs,
): InstantMs | undefined {
  const earliestPossible = afterAbsences(absences, from)
  const today = Temporal.Instant.fromEpochMilliseconds(earliestPossible)
    .toZonedDateTimeISO(person.timeZone)
    .toPlainDate()
  // Working hours that run past midnight began on the day before.
  for (let offset = -1; offset < horizonDays; offset += 1) {
    const day = today.add({ days: offset })
    let earliest: InstantMs | undefined
    for (const hours of person.workingHours) {
      if (hours.weekday !== day.dayOfWeek) continue
      const shift = {
        startsAt: wallClock(day, hours.fromMinute, person.timeZone),
        endsAt: wallClock(day, hours.toMinute, person.timeZone),
      }
      const free = firstFree(shift, absences, earliestPossible)
      if (free !== undefined && (earliest === undefined || free < earliest)) earliest = free
    }
    if (earliest !== undefined) return earliest
  }
  return undefined
}

/** The first instant of a shift, not before `from`, that no absence takes. */
function firstFree(shift: Window, absences: readonly Window[], from: InstantMs): InstantMs | undefined {
  const instant = afterAbsences(absences, Math.max(shift.startsAt, from))
  return instant < shift.endsAt ? instant : undefined
}

/** The first instant, not before `from`, that no absence takes. */
function afterAbsences(absences: readonly Window[], from: InstantMs): InstantMs {
  let instant = from
  for (const absence of absences.toSorted((a, b) => a.startsAt - b.startsAt)) {
    if (isWithin(instant, absence)) instant = absence.endsAt
  }
  return instant
}

/** Minutes on the wall clock of a day; past 1440 it is the next day. A time the clock skips is the one after the gap. */
function wallClock(day: Temporal.PlainDate, minute: number, timeZone: string): InstantMs {
  return day
    .add({ days: Math.floor(minute / 1440) })
    .toZonedDateTime({ timeZone, plainTime: { hour: Math.floor((minute % 1440) / 60), minute: minute % 60 } })
    .epochMilliseconds
}
