import { Temporal } from 'temporal-polyfill'
import type { InstantMs, Window } from '../instant.ts'

/** How a plan is written for people: whose clock its times are by, and what everybody and everything is called. */
export interface PlanWords {
  readonly timeZone: string
  readonly personName: (id: number) => string
  readonly accountName: (id: number) => string
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A stretch of time by the days of a zone: `on Mon 21 Dec`, `from Mon 21 Dec to Wed 23 Dec` (both whole days), or with the times
 * where it does not begin and end at midnight.
 */
export function spanWords({ startsAt, endsAt }: Window, timeZone: string): string {
  const start = zoned(startsAt, timeZone)
  const end = zoned(endsAt, timeZone)
  const lastDay = isMidnight(end) ? end.toPlainDate().subtract({ days: 1 }) : end.toPlainDate()
  const oneDay = lastDay.equals(start.toPlainDate())
  if (isMidnight(start) && isMidnight(end)) {
    const first = dayWords(start.toPlainDate())
    return oneDay ? `on ${first}` : `from ${first} to ${dayWords(lastDay)}`
  }
  const until = isMidnight(end) ? '24:00' : clockWords(end)
  const last = oneDay ? until : `${dayWords(lastDay)} ${until}`
  return oneDay
    ? `on ${dayWords(start.toPlainDate())} from ${clockWords(start)} to ${last}`
    : `from ${instantWords(startsAt, timeZone)} until ${last}`
}

/** An instant by the clock of a zone: `Mon 21 Dec 09:00`. */
export function instantWords(at: InstantMs, timeZone: string): string {
  const time = zoned(at, timeZone)
  return `${dayWords(time.toPlainDate())} ${clockWords(time)}`
}

/** The same with the year: `Mon 21 Dec 2026 09:00`. */
export function datedWords(at: InstantMs, timeZone: string): string {
  const time = zoned(at, timeZone)
  return `${dayWords(time.toPlainDate())} ${time.year} ${clockWords(time)}`
}

/** The day an instant lies on in a zone, as `YYYY-MM-DD`. */
export function isoDay(at: InstantMs, timeZone: string): string {
  return zoned(at, timeZone).toPlainDate().toString()
}

/** Names in a row: `Acme, Borealis and Cormorant`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length <= 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

function zoned(at: InstantMs, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
}

function isMidnight(time: Temporal.ZonedDateTime): boolean {
  return time.toInstant().equals(time.startOfDay().toInstant())
}

function dayWords(day: Temporal.PlainDate): string {
  return `${weekdays[day.dayOfWeek - 1]} ${day.day} ${months[day.month - 1]}`
}

function clockWords(time: Temporal.ZonedDateTime): string {
  return `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`
}
