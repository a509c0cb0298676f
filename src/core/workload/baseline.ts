import type { Window } from '../instant.ts'
import type { BaselinePolicy } from '../policy/policy.ts'

/** A complete week and what was taken in it. */
export interface TakenWeek extends Window {
  /** ISO week, like 2026-W48. */
  readonly week: string
  readonly taken: number
}

/** What an engineer really takes in a week: the mean of clean weeks, with the weeks themselves. */
export interface Baseline {
  readonly perWeek: number
  readonly weeks: readonly TakenWeek[]
}

/**
 * The mean of the last complete weeks that had neither absence nor coverage (rule 1). Fewer than the policy asks for are
 * used as they are; none at all gives null.
 *
 * @param weeks complete weeks, latest first.
 * @param busy absences and coverages of the engineer.
 */
export function measuredBaseline(
  weeks: readonly TakenWeek[],
  busy: readonly Window[],
  policy: BaselinePolicy,
): Baseline | null {
  const clean = weeks
    .slice(0, policy.lookBackWeeks)
    .filter((week) => !busy.some((window) => window.startsAt < week.endsAt && window.endsAt > week.startsAt))
    .slice(0, policy.cleanWeeks)
  if (clean.length === 0) return null
  return { perWeek: clean.reduce((sum, week) => sum + week.taken, 0) / clean.length, weeks: clean }
}
