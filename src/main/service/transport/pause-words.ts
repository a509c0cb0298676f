import type { AccountBudget } from './budgets.ts'

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
const minuteMs = 60_000
const sameDayMs = 12 * 60 * minuteMs

/** The end of a pause for a sentence: `14:32`, with seconds when it is near, with the day when it is far. In the computer's zone. */
export function endOfPause(until: number, now: number): string {
  if (until - now < 2 * minuteMs) return words(Math.ceil(until / 1000) * 1000, { ...clock, second: '2-digit' })
  // Rounded up: at the minute that is named, it is over.
  const minute = Math.ceil(until / minuteMs) * minuteMs
  return words(minute, until - now < sameDayMs ? clock : { ...clock, weekday: 'short', day: 'numeric', month: 'short' })
}

function words(at: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', options).format(at)
}

/** Why calls wait for Understudy's own cap. */
export function ownPace(name: string, perMinute: number): string {
  return `Understudy asks ${name} at most ${perMinute} ${perMinute === 1 ? 'time' : 'times'} a minute, and that is reached.`
}

/** Why calls wait for the account's allowance, or for that of an endpoint when no figures of the account's are at hand. */
export function budgetLow(name: string, budget: AccountBudget | null): string {
  const figures = budget === null ? '' : ` (${budget.remaining} of ${budget.limit})`
  return `Little is left of what your company may ask of ${name} at present${figures}; it is left to people and other tools.`
}
