import { Temporal } from 'temporal-polyfill'
import type { InstantMs, Window } from '../instant.ts'
import type { Person } from '../people/people.ts'

/** What says when somebody works, by the wall clock and the calendar of their own zone. */
export type WorkingTimes = Pick<Person, 'timeZone' | 'workingHours' | 'daysOff'>

/**
 * The stretches that a person works from one instant to another, in order and apart from each other: their shifts, without
 * absences and days off. A day off takes its hours from midnight to midnight, so of a night shift the part on that day.
 *
 * @param absences the person's own absences, in any order.
 */
export function* workingStretches(
  person: WorkingTimes,
  absences: readonly Window[],
  from: InstantMs,
  to: InstantMs,
): Generator<Window, void, void> {
  if (from >= to || person.workingHours.length === 0) return
  const away = absences.toSorted(byStart)
  const last = dayOf(to, person.timeZone)
  let reached = from
  // Working hours that run past midnight began on the day before.
  let day = dayOf(from, person.timeZone).subtract({ days: 1 })
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const shifts = shiftsOn(day, person)
    if (shifts.length === 0) continue
    const off = daysOffAround(day, person)
    const free = off.length === 0 ? away : [...away, ...off].toSorted(byStart)
    for (const shift of shifts) {
      yield* without(free, { startsAt: Math.max(shift.startsAt, reached), endsAt: Math.min(shift.endsAt, to) })
      reached = Math.max(reached, shift.endsAt)
    }
  }
}

/** What windows leave of a stretch; they come by their start and may overlap. */
function* without(taken: readonly Window[], stretch: Window): Generator<Window, void, void> {
  let at = stretch.startsAt
  for (const window of taken) {
    if (window.endsAt <= at) continue
    if (window.startsAt >= stretch.endsAt) break
    if (window.startsAt > at) yield { startsAt: at, endsAt: window.startsAt }
    at = window.endsAt
  }
  if (at < stretch.endsAt) yield { startsAt: at, endsAt: stretch.endsAt }
}

/** The shifts that begin on a day. */
function shiftsOn(day: Temporal.PlainDate, { workingHours, timeZone }: WorkingTimes): Window[] {
  return workingHours
    .filter((hours) => hours.weekday === day.dayOfWeek)
    .map((hours) => ({
      startsAt: wallClock(day, hours.fromMinute, timeZone),
      endsAt: wallClock(day, hours.toMinute, timeZone),
    }))
    .toSorted(byStart)
}

/** The days off that shifts of a day can reach into: that day and the next. */
function daysOffAround(day: Temporal.PlainDate, { daysOff, timeZone }: WorkingTimes): Window[] {
  if (daysOff.length === 0) return []
  return [day, day.add({ days: 1 })]
    .filter((each) => daysOff.includes(each.toString()))
    .map((each) => ({
      startsAt: each.toZonedDateTime(timeZone).epochMilliseconds,
      endsAt: each.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds,
    }))
}

/** Minutes on the wall clock of a day; past 1440 it is the next day. A time the clock skips is the one after the gap. */
function wallClock(day: Temporal.PlainDate, minute: number, timeZone: string): InstantMs {
  return day
    .add({ days: Math.floor(minute / 1440) })
    .toZonedDateTime({ timeZone, plainTime: { hour: Math.floor((minute % 1440) / 60), minute: minute % 60 } })
    .epochMilliseconds
}

function dayOf(instant: InstantMs, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate()
}

function byStart(a: Window, b: Window): number {
  return a.startsAt - b.startsAt
}
