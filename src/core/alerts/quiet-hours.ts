import { Temporal } from 'temporal-polyfill'
import { isWithin, type InstantMs, type Window } from '../instant.ts'
import { joinedWindows } from '../windows.ts'

/** Quiet from one time of the day to another, `HH:MM`; over midnight where `to` is not after `from`. */
export interface QuietDay {
  readonly from: string
  readonly to: string
}

/** Monday to Sunday; null where no quiet begins on that day. */
export type QuietWeek = readonly (QuietDay | null)[]

/** Further than this nothing is looked for: a whole week and the nights around it. */
const daysAhead = 9

/**
 * The quiet stretch an instant lies in, by the clock of a zone; null when it lies in none. Stretches that meet or overlap are one. A time
 * that the clocks skip is the instant they skip it; one that they show twice is the first.
 */
export function quietAt(week: QuietWeek, timeZone: string, at: InstantMs): Window | null {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
  const stretches: Window[] = []
  for (let days = -2; days <= daysAhead; days += 1) {
    const date = today.add({ days })
    const quiet = week[date.dayOfWeek - 1]
    if (quiet) stretches.push(stretchOf(date, quiet, timeZone))
  }
  return (
    joinedWindows(stretches.filter(({ startsAt, endsAt }) => startsAt < endsAt)).find((window) =>
      isWithin(at, window),
    ) ?? null
  )
}

function stretchOf(date: Temporal.PlainDate, { from, to }: QuietDay, timeZone: string): Window {
  const last = to > from ? date : date.add({ days: 1 })
  return { startsAt: instantOf(date, from, timeZone), endsAt: instantOf(last, to, timeZone) }
}

function instantOf(date: Temporal.PlainDate, time: string, timeZone: string): InstantMs {
  const wanted = date.toPlainDateTime(time)
  const found = wanted.toZonedDateTime(timeZone, { disambiguation: 'compatible' })
  if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds
  return found.getTimeZoneTransition('previous')?.epochMilliseconds ?? found.epochMilliseconds
}
