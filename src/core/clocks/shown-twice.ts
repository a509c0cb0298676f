import { Temporal } from 'temporal-polyfill'
import type { InstantMs } from '../instant.ts'

/** Whether the clocks of a zone show the time of an instant once more later, because they are set back meanwhile. */
export function isShownTwice(at: InstantMs, timeZone: string): boolean {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const later = time.toPlainDateTime().toZonedDateTime(timeZone, { disambiguation: 'later' })
  return later.epochMilliseconds > at
}
