import type { InstantMs } from '#core/instant.ts'
import { dayOf, offsetMs } from './calendar-day.ts'
import { timeOfDay } from './time-words.ts'

/** An instant as a field for day and time has it, by the clock of a zone: `2026-12-21T17:00`. */
export function wallTimeOf(instant: InstantMs, timeZone: string): string {
  return `${dayOf(instant, timeZone)}T${timeOfDay(instant, timeZone)}`
}

/** The instant at which a zone's clock shows a wall time; undefined for what is no day and time. */
export function instantOf(wallTime: string, timeZone: string): InstantMs | undefined {
  const utcMs = Date.parse(`${wallTime}:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wallTime) || Number.isNaN(utcMs)) return undefined
  // Twice, because the first guess may lie on the other side of a change of daylight saving.
  const guess = utcMs - offsetMs(utcMs, timeZone)
  return utcMs - offsetMs(guess, timeZone)
}

/** `21 Dec 2026`, the day of an instant by the clock of a zone. */
export function dayWords(instant: InstantMs, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short', year: 'numeric' }).format(instant)
}
