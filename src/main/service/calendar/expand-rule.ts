import ICAL from 'ical.js'
import type { WrittenTime } from './read-event.ts'
import { utcClock } from './zones.ts'

/** Most steps that one rule is followed for: a rule for every hour of ten years, or for every day of three centuries. */
const mostSteps = 100_000
/** Most steps to the next occurrence: rules that leave out most days. */
const mostStepsBetween = 4000
/** No rule of a calendar skips more than a century; the library would walk through the days in between. */
const mostDaysBetween = 36_525

const dayMs = 24 * 3_600_000

const daysOf: Readonly<Record<string, number>> = {
  SECONDLY: 1 / 86_400,
  MINUTELY: 1 / 1440,
  HOURLY: 1 / 24,
  DAILY: 1,
  WEEKLY: 7,
  MONTHLY: 30,
  YEARLY: 365,
}

/** How a rule came to its end; `given-up` where it was not followed to the end of the window. */
export type RuleEnd = 'done' | 'given-up'

class TooManySteps extends Error {}
class PastTheWindow extends Error {}

/** Between which wall clocks occurrences are asked for. */
export interface WallWindow {
  readonly firstWall: string
  readonly lastWall: string
}

/**
 * The occurrences of a rule by the wall clock, in order, up to the end of the window; there may be many before its beginning. It may
 * be walked for long before the first is of use: whoever asks gives way between two.
 *
 * @throws {Error} of the library, where the rule is none.
 */
export function* expandRule(
  rule: string,
  start: WrittenTime,
  { firstWall, lastWall }: WallWindow,
): Generator<string, RuleEnd, void> {
  const recur = ICAL.Recur.fromString(rule)
  if ((daysOf[recur.freq] ?? Infinity) * recur.interval > mostDaysBetween) return 'given-up'
  const isWithin = untilCheck(recur.until, start)
  const last = ICAL.Time.fromDateTimeString(lastWall)
  // The library looks for years that fit until a rule ends, so every rule ends.
  recur.until = last
  let steps = 0
  let stepsBetween = 0
  try {
    const iterator = recur.iterator(ICAL.Time.fromDateTimeString(nearer(recur, start.wall, firstWall)))
    const check = iterator.check_contracting_rules.bind(iterator)
    // Between two occurrences the library goes on for as long as it takes; this is asked at each step.
    iterator.check_contracting_rules = () => {
      steps += 1
      stepsBetween += 1
      if (steps > mostSteps || stepsBetween > mostStepsBetween) throw new TooManySteps()
      if (iterator.last.year > last.year) throw new PastTheWindow()
      return check()
    }
    for (let next = iterator.next(); next; next = iterator.next()) {
      stepsBetween = 0
      const wall = wallOf(next)
      if (wall > lastWall || !isWithin(wall)) return 'done'
      yield wall
    }
  } catch (error) {
    if (error instanceof PastTheWindow) return 'done'
    if (error instanceof TooManySteps) return 'given-up'
    throw error
  }
  return 'done'
}

/**
 * A beginning nearer to the window from which a rule goes on in the same way: by days and weeks, whole rounds can be left out unless they
 * are counted.
 */
function nearer({ freq, interval, count }: InstanceType<typeof ICAL.Recur>, wall: string, firstWall: string): string {
  const roundMs = freq === 'DAILY' ? interval * dayMs : freq === 'WEEKLY' ? interval * 7 * dayMs : 0
  if (roundMs === 0 || count) return wall
  // One round is left, since the first week of a rule begins before its first day.
  const rounds = Math.max(0, Math.floor((utcClock(firstWall) - utcClock(wall)) / roundMs) - 1)
  return new Date(utcClock(wall) + rounds * roundMs).toISOString().slice(0, 19)
}

/** Whether an occurrence is not after the rule's end: by instants where the event has a zone, else by the wall clock. */
function untilCheck(until: InstanceType<typeof ICAL.Time> | null, start: WrittenTime): (wall: string) => boolean {
  if (!until) return () => true
  const { clock } = start
  const end = wallOf(until)
  if (until.isDate) return (wall) => wall.slice(0, 10) <= end.slice(0, 10)
  const utc = until.zone === ICAL.Timezone.utcTimezone
  if (!clock || !utc) return (wall) => wall <= end
  const endsAt = utcClock(end)
  // Zones are asked near the end only: no clock is further than a day from UTC.
  return (wall) => (Math.abs(utcClock(wall) - endsAt) > dayMs ? wall < end : clock(wall) <= endsAt)
}

function wallOf(time: InstanceType<typeof ICAL.Time>): string {
  const text = time.toString().slice(0, 19)
  return text.includes('T') ? text : `${text}T00:00:00`
}
