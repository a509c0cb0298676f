import { createRandom } from '../random.ts'
import { DAY, HOUR, MINUTE, localTime, wholeSecond, weekdayIn } from '../time.ts'
import { me } from './people.ts'

/** Weeks of ticket work that the sample workspace remembers. */
const weeksOfHistory = 104

/** How many tickets I took in a week, counted back from the anchor's week. */
function takenInWeek(weeksBack: number, usual: number): number {
  if (weeksBack === 4) return 0 // away (absence-jonas)
  if (weeksBack === 7) return 9 // covering Meridian Health (coverage-meridian-earlier)
  return usual
}

/**
 * When I took non-ASE tickets, oldest first: 10 to 14 in an ordinary week, none while I was away, fewer while covering,
 * about half as many in the present week. Instants are ms since the epoch, within my working hours.
 */
export function ticketsTakenByMe(seed: number, anchor: number): readonly number[] {
  const zone = me.timeZone
  const today = weekdayIn(zone, anchor) - 1
  const instants: number[] = []
  for (let weeksBack = weeksOfHistory; weeksBack >= 0; weeksBack--) {
    const random = createRandom(seed, 'taken', weeksBack)
    const count = takenInWeek(weeksBack, random.int(10, 14))
    const monday = localTime(zone, anchor, -today - 7 * weeksBack, 0)
    const inWeek: number[] = []
    for (let index = 0; index < count; index++) {
      const minute = random.int(545, 1040)
      // Spread over the five days in turn, so that no ordinary week looks like one day's burst.
      const instant = wholeSecond(localTime(zone, monday + 12 * HOUR, index % 5, minute) + random.int(0, 59) * 1000)
      const keep = weeksBack > 0 || (random.chance(0.55) && instant < anchor - 5 * MINUTE)
      if (keep) inWeek.push(instant)
    }
    instants.push(...inWeek.sort((a, b) => a - b))
  }
  return instants.filter((instant) => instant > anchor - weeksOfHistory * 7 * DAY)
}
