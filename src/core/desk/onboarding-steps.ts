import { Temporal } from 'temporal-polyfill'
import type { OnboardingPolicy, OnboardingStepId } from './onboarding-policy.ts'

/** What can be read of a step without asking a person: that it is done, and by what that is seen. */
export interface StepEvidence {
  readonly done: boolean
  /** `“2026-11-24 Call: Introduction” is in GitLab.` */
  readonly words: string
}

/** A step with its day and whether it is done. */
export interface OnboardingStep {
  readonly id: OnboardingStepId
  readonly words: string
  readonly source: string
  /** `YYYY-MM-DD`; null while the first day is not known. */
  readonly dueOn: string | null
  readonly done: boolean
  /** When a person ticked it; null where nobody did. */
  readonly tickedAt: number | null
  /** Seen to be done, so that nobody has to tick it. */
  readonly byItself: boolean
  /** What is seen of it; null where nothing can be read. */
  readonly seen: string | null
  readonly late: boolean
}

/** What the checklist is made from. */
export interface OnboardingFacts {
  readonly policy: OnboardingPolicy
  /** ISO weekdays that are business days. */
  readonly workingDays: readonly number[]
  /** First day of the contract, `YYYY-MM-DD`; null while it is not known. */
  readonly startsOn: string | null
  /** Today where the ASE is, `YYYY-MM-DD`. */
  readonly today: string
  readonly ticked: Readonly<Record<string, number>>
  readonly evidence: Readonly<Partial<Record<OnboardingStepId, StepEvidence>>>
}

/** The steps of taking over an account, each with the business day it is due on (rules 13 to 15 and 17). */
export function onboardingSteps(facts: OnboardingFacts): OnboardingStep[] {
  const { policy, workingDays, startsOn, today, ticked, evidence } = facts
  return policy.steps.map(({ id, words, source, dueBusinessDays }) => {
    const seen = evidence[id]
    const tickedAt = ticked[id] ?? null
    const dueOn = startsOn === null ? null : businessDay(startsOn, dueBusinessDays, workingDays)
    const byItself = seen?.done ?? false
    const done = byItself || tickedAt !== null
    const late = !done && dueOn !== null && dueOn < today
    return { id, words, source, dueOn, done, tickedAt, byItself, seen: seen?.words ?? null, late }
  })
}

/**
 * The day that is some business days after the first business day on or after `day`; 0 is that one itself.
 *
 * @param workingDays ISO weekdays, at least one.
 */
export function businessDay(day: string, after: number, workingDays: readonly number[]): string {
  const isBusiness = (date: Temporal.PlainDate) => workingDays.includes(date.dayOfWeek)
  let date = Temporal.PlainDate.from(day)
  while (!isBusiness(date)) date = date.add({ days: 1 })
  for (let left = after; left > 0; left -= 1) {
    do date = date.add({ days: 1 })
    while (!isBusiness(date))
  }
  return date.toString()
}
