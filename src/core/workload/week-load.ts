import type { Window } from '../instant.ts'
import type { Coverage } from '../people/people.ts'
import type { CoveringPolicy } from '../policy/policy.ts'

/** How much of an engineer's other ticket work an account takes while it is covered, 0 to 1. */
export type ReductionOf = (accountId: number) => number

/**
 * Share of non-ASE ticket work that is left under the reductions of the covered accounts (rule 1): added up and not
 * compounded, never below nothing.
 */
export function shareLeft(reductions: readonly number[]): number {
  return Math.max(0, 1 - sumOf(reductions))
}

/** Whether an engineer can cover accounts with these reductions: they must not add up to more than the whole. */
export function canCover(reductions: readonly number[]): boolean {
  return sumOf(reductions) <= 1
}

/** The most accounts that one engineer can cover; Infinity where covering takes nothing away. */
export function mostAccounts({ reductionPerAccount }: CoveringPolicy): number {
  return reductionPerAccount === 0 ? Infinity : Math.floor(exact(1 / reductionPerAccount))
}

/** A day that counts as a working day by the policy. */
export interface WorkingDay extends Window {
  /** ISO weekday, 1 is Monday. */
  readonly weekday: number
  /** Why the engineer does not work on it all the same; left out when they do. */
  readonly off?: DayOff | undefined
}

/** Why somebody does not work on a working day: a day off of their calendar, or an absence. */
export type DayOff = 'off' | 'away'

/** Working days, one after the other but for days off, with the same number of covered accounts and the same share left. */
export interface LoadStep {
  readonly days: number
  readonly coveredAccounts: number
  readonly share: number
  readonly perDay: number
}

/** What a week leaves for non-ASE tickets, and the sum that leads there. */
export interface WeekLoad {
  readonly steps: readonly LoadStep[]
  readonly allowed: number
  readonly possible: boolean
  /** `12/week → 3 days at 2.4 + 2 days at 1.2 = 9.6`; days on which nobody works stand behind: `+ 1 day off at 0`. */
  readonly arithmetic: string
}

/**
 * The load of one week: for each working day the baseline's daily part times the share left that day. An account counts
 * on every day its coverage touches. A day off has nothing to give and is no day on which accounts count.
 *
 * @param baselinePerWeek non-ASE tickets in a week without coverage.
 * @param days all days that are working days by the policy, those off included: the baseline's daily part is one of them.
 */
export function weekLoad(
  baselinePerWeek: number,
  days: readonly WorkingDay[],
  coverages: readonly Coverage[],
  reductionOf: ReductionOf,
): WeekLoad {
  const perFullDay = days.length === 0 ? 0 : baselinePerWeek / days.length
  const steps: LoadStep[] = []
  let possible = true
  for (const day of days.filter(({ off }) => !off)) {
    const reductions = [...coveredOn(day, coverages)].toSorted((a, b) => a - b).map(reductionOf)
    possible &&= canCover(reductions)
    const share = shareLeft(reductions)
    const last = steps.at(-1)
    if (last && last.coveredAccounts === reductions.length && last.share === share) {
      steps[steps.length - 1] = { ...last, days: last.days + 1 }
      continue
    }
    steps.push({ days: 1, coveredAccounts: reductions.length, share, perDay: perFullDay * share })
  }
  const allowed = steps.reduce((sum, step) => sum + step.days * step.perDay, 0)
  return { steps, allowed, possible, arithmetic: writtenOut(baselinePerWeek, days, steps, allowed) }
}

/** What one day leaves for non-ASE tickets. */
export interface DayLoad {
  /** Share of non-ASE ticket work that is left by what is covered, on days off as well. */
  readonly share: number
  readonly allowed: number
  readonly possible: boolean
  /** `12/week ÷ 5 × 50 % = 1.2`, or why it is nothing: `Saturday is no working day: 0`. */
  readonly arithmetic: string
}

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/**
 * The load of one day (rule 1): the part of the baseline that a working day has, times the share left.
 *
 * @param workingDays the ISO weekdays that count as working days.
 * @param reductions of the accounts that are covered that day.
 */
export function dayLoad(
  baselinePerWeek: number,
  day: WorkingDay,
  workingDays: readonly number[],
  reductions: readonly number[],
): DayLoad {
  const share = shareLeft(reductions)
  const nothing = idleWords(day, workingDays)
  if (nothing !== null) return { share, allowed: 0, possible: true, arithmetic: `${nothing}: 0` }
  const allowed = (baselinePerWeek / workingDays.length) * share
  const parts = `${round(baselinePerWeek, 2)}/week ÷ ${workingDays.length} × ${percentOf(share)}`
  return { share, allowed, possible: canCover(reductions), arithmetic: `${parts} = ${round(allowed, 2)}` }
}

function idleWords({ weekday, off }: WorkingDay, workingDays: readonly number[]): string | null {
  if (!workingDays.includes(weekday)) return `${weekdayNames[weekday - 1] ?? 'This'} is no working day`
  if (!off) return null
  return off === 'off' ? 'Day off' : 'Away'
}

/** A share as people write it: `50 %`. */
export function percentOf(share: number): string {
  return `${round(share * 100, 1)} %`
}

/** The accounts that are covered at some time of a day. One that was handed back early weighs no more from that day on (rule 7). */
export function coveredOn(day: Window, coverages: readonly Coverage[]): ReadonlySet<number> {
  return new Set(
    coverages
      .filter((coverage) => coverage.startsAt < day.endsAt && coverage.endsAt > day.startsAt)
      .filter(({ endsAt, handedBackAt }) => endsAt !== handedBackAt || endsAt >= day.endsAt)
      .map((coverage) => coverage.accountId),
  )
}

function sumOf(reductions: readonly number[]): number {
  return exact(reductions.reduce((sum, reduction) => sum + reduction, 0))
}

/** Without what adding up fractions leaves in the last places, so that what makes up a whole is one. */
function exact(value: number): number {
  return round(value, 9)
}

/** Daily parts get a third decimal, and more, only where the printed sum would otherwise not add up. */
function writtenOut(
  baselinePerWeek: number,
  days: readonly WorkingDay[],
  steps: readonly LoadStep[],
  allowed: number,
): string {
  const addsUp = (decimals: number) => {
    const sum = steps.reduce((total, step) => total + step.days * round(step.perDay, decimals), 0)
    return Math.abs(sum - round(allowed, 2)) < 0.005
  }
  const decimals = [2, 3, 4, 5].find(addsUp) ?? 6
  const parts = [
    ...steps.map((step) => `${countOfDays(step.days)} at ${round(step.perDay, decimals)}`),
    ...(['off', 'away'] as const).flatMap((why) => {
      const count = days.filter(({ off }) => off === why).length
      return count === 0 ? [] : [`${countOfDays(count)} ${why} at 0`]
    }),
  ]
  return `${round(baselinePerWeek, 2)}/week → ${parts.join(' + ')} = ${round(allowed, 2)}`
}

function countOfDays(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`
}

/** At most so many decimals, and printed without trailing zeros: what a person would write. */
function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals
}
