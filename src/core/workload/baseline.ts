import type { Window } from '../instant.ts'
import type { BaselinePolicy } from '../policy/policy.ts'

/** A complete week and what was taken in it. */
export interface TakenWeek extends Window {
  /** ISO week, like 2026-W48. */
  readonly week: string
  readonly taken: number
}

/** A week of the baseline. */
export interface BaselineWeek extends TakenWeek {
  /** Whether what was taken lies far from the other weeks. It is shown, and counts like any other. */
  readonly outlier: boolean
}

/** What an engineer really takes in a week: the mean of clean weeks, with the weeks themselves. */
export interface Baseline {
  readonly perWeek: number
  readonly weeks: readonly BaselineWeek[]
}

/**
 * The mean of the last complete weeks that had neither absence nor coverage (rule 1). Fewer than the policy asks for are
 * used as they are; none at all gives null. Weeks further from the median than so many median deviations as the policy says are
 * marked as outliers and stay in the mean; the median deviation is taken for one ticket at least.
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
  const middle = median(clean.map(({ taken }) => taken))
  const distance = ({ taken }: TakenWeek) => Math.abs(taken - middle)
  // Where most weeks are alike, a single ticket more would be far from them.
  const far = policy.outlierDeviations * Math.max(1, median(clean.map(distance)))
  return {
    perWeek: clean.reduce((sum, week) => sum + week.taken, 0) / clean.length,
    weeks: clean.map((week) => ({ ...week, outlier: distance(week) > far })),
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2
}
