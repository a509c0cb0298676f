import type { InstantMs } from '#core/instant.ts'

/** The day of an instant in a zone as a date field has it: `2026-11-24`. */
export function dayOf(instant: InstantMs, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  )
}

/** When a day begins in a zone; null for an empty field or a day that does not exist. */
export function dayStart(day: string, timeZone: string): InstantMs | null {
  const utcMs = Date.parse(`${day}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(utcMs)) return null
  // Twice, because the first guess may lie on the other side of a change of daylight saving.
  const guess = utcMs - offsetMs(utcMs, timeZone)
  return utcMs - offsetMs(guess, timeZone)
}

/** How far a zone's clocks are ahead of UTC at an instant. */
export function offsetMs(instant: InstantMs, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((candidate) => candidate.type === type)?.value)
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - instant
}

/** `Fri 27 Nov` for `2026-11-27`. */
export function dayOnly(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(
    Date.parse(`${day}T00:00Z`),
  )
}
