import type { InstantMs } from '#core/instant.ts'
import { dayOf, dayStart } from '../../ui/calendar-day.ts'

const hourMs = 3_600_000
/** From any midnight this far on it is the next day, however long the day is. */
const intoNextDayMs = 30 * hourMs

/** Where instants stand on the ribbon: every day is as wide as the next, also one of 23 or 25 hours. */
export interface RibbonScale {
  /** When each day begins, and when the last one ends. */
  readonly days: readonly InstantMs[]
  /** Place of an instant, 0 at the beginning and 1 at the end; what lies outside stands at an edge. */
  place(instant: InstantMs): number
}

/** The scale of a stretch of whole days in a zone. */
export function createRibbonScale(
  { startsAt, endsAt }: { readonly startsAt: InstantMs; readonly endsAt: InstantMs },
  timeZone: string,
): RibbonScale {
  const days = [startsAt]
  for (let day = startsAt; day < endsAt;) {
    const next = dayStart(dayOf(day + intoNextDayMs, timeZone), timeZone) ?? endsAt
    // A day that does not end would never be drawn to its end.
    day = next > day ? Math.min(endsAt, next) : endsAt
    days.push(day)
  }
  return {
    days,
    place(instant) {
      if (instant <= startsAt) return 0
      const next = days.findIndex((day) => day >= instant)
      const [from, to] = [days[next - 1], days[next]]
      if (from === undefined || to === undefined) return 1
      return (next - 1 + (instant - from) / (to - from)) / (days.length - 1)
    },
  }
}
