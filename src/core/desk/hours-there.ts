import { Temporal } from 'temporal-polyfill'
import type { InstantMs } from '../instant.ts'
import type { WorkingHours } from '../people/people.ts'

const dayMinutes = 1440
const weekMinutes = 7 * dayMinutes

/** Working hours of one zone by the clocks of another one, as far apart as the two are at an instant. */
export function hoursThere(
  hours: readonly WorkingHours[],
  zones: { readonly from: string; readonly to: string },
  at: InstantMs,
): WorkingHours[] {
  const ahead = offsetMinutes(zones.to, at) - offsetMinutes(zones.from, at)
  return hours.map(({ weekday, fromMinute, toMinute }) => {
    const begins = ((weekday - 1) * dayMinutes + fromMinute + ahead + weekMinutes) % weekMinutes
    const from = begins % dayMinutes
    return {
      weekday: Math.floor(begins / dayMinutes) + 1,
      fromMinute: from,
      toMinute: from + toMinute - fromMinute,
    }
  })
}

function offsetMinutes(zone: string, at: InstantMs): number {
  return Math.round(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9)
}
