import { Temporal } from 'temporal-polyfill'
import type { InstantMs, Window } from '../instant.ts'
import type { WorkingDay } from '../workload/week-load.ts'

/** A week from Monday 00:00 to the next in some zone. */
export interface IsoWeek extends Window {
  /** ISO week, like 2026-W48. */
  readonly week: string
}

/** The ISO week that an instant lies in, as the zone's calendar has it. */
export function isoWeekOf(instant: InstantMs, timeZone: string): IsoWeek {
  const day = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate()
  return weekFrom(day.subtract({ days: day.dayOfWeek - 1 }), timeZone)
}

/**
 * The week of a name like 2026-W48.
 *
 * @returns undefined when there is no such week in that year.
 */
export function isoWeekNamed(name: string, timeZone: string): IsoWeek | undefined {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(name) ?? []
  if (!year || !number || Number(number) < 1) return undefined
  // January 4th always lies in the first ISO week.
  const fourth = Temporal.PlainDate.from({ year: Number(year), month: 1, day: 4 })
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: Number(number) - 1 })
  const week = weekFrom(monday, timeZone)
  return week.week === name ? week : undefined
}

/** The complete weeks before an instant, latest first. */
export function weeksBefore(instant: InstantMs, timeZone: string, count: number): IsoWeek[] {
  const present = isoWeekOf(instant, timeZone)
  const monday = Temporal.Instant.fromEpochMilliseconds(present.startsAt).toZonedDateTimeISO(timeZone).toPlainDate()
  return Array.from({ length: count }, (_, index) => weekFrom(monday.subtract({ weeks: index + 1 }), timeZone))
}

/** The days of a week that count as working days, from midnight to midnight in the zone. */
export function workingDaysOf(week: IsoWeek, timeZone: string, weekdays: readonly number[]): WorkingDay[] {
  const monday = Temporal.Instant.fromEpochMilliseconds(week.startsAt).toZonedDateTimeISO(timeZone).toPlainDate()
  return weekdays
    .toSorted((a, b) => a - b)
    .map((weekday) => {
      const day = monday.add({ days: weekday - 1 })
      return { weekday, startsAt: midnight(day, timeZone), endsAt: midnight(day.add({ days: 1 }), timeZone) }
    })
}

/** The day of a name like `2026-12-24`, from midnight to midnight in the zone. */
export function dayNamed(name: string, timeZone: string): WorkingDay {
  const day = Temporal.PlainDate.from(name)
  return { weekday: day.dayOfWeek, startsAt: midnight(day, timeZone), endsAt: midnight(day.add({ days: 1 }), timeZone) }
}

/** The name of the day that an instant lies in, like `2026-12-24`. */
export function dayNameOf(instant: InstantMs, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** The week after another one. */
export function weekAfter(week: IsoWeek, timeZone: string): IsoWeek {
  return isoWeekOf(week.endsAt, timeZone)
}

function weekFrom(monday: Temporal.PlainDate, timeZone: string): IsoWeek {
  const number = String(monday.weekOfYear).padStart(2, '0')
  return {
    week: `${monday.yearOfWeek}-W${number}`,
    startsAt: midnight(monday, timeZone),
    endsAt: midnight(monday.add({ weeks: 1 }), timeZone),
  }
}

function midnight(day: Temporal.PlainDate, timeZone: string): InstantMs {
  return day.toZonedDateTime(timeZone).epochMilliseconds
}
