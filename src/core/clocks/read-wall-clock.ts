import { Temporal } from 'temporal-polyfill'
import type { InstantMs } from '../instant.ts'

/** What a wall-clock time means: an instant, or in words why it is none. */
export type WallClockReading =
  | { readonly at: InstantMs; readonly problem: null }
  | { readonly at: null; readonly problem: string }

/**
 * Reads a wall-clock time as a person writes it, like `2026-12-21T17:00`, by the clocks of a zone. A time that exists twice, when
 * they are set back, is the earlier one; one that they skip is none.
 */
export function readWallClock(text: string, timeZone: string): WallClockReading {
  const time = plainTime(text)
  if (!time) return { at: null, problem: `There is no ${text.replace('T', ' ')}. Check day and time.` }
  const at = time.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
  if (at.toPlainDateTime().equals(time)) return { at: at.epochMilliseconds, problem: null }
  const after = time.toZonedDateTime(timeZone, { disambiguation: 'later' })
  const [skipped, instead] = [time, after].map((each) => each.toString().slice(11, 16))
  return {
    at: null,
    problem: `The clocks in ${timeZone} skip ${skipped} on ${time.toPlainDate().toString()}. Write ${instead}.`,
  }
}

function plainTime(text: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' })
  } catch {
    return null
  }
}
