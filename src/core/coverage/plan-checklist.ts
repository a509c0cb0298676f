import { Temporal } from 'temporal-polyfill'
import type { InstantMs } from '../instant.ts'
import type { PlanningPolicy, PlanningStep } from '../policy/policy.ts'
import type { PlanProblem } from './find-plan-problems.ts'
import type { Plan } from './plan-document.ts'
import { isoDay } from './plan-words.ts'

/** A step of the checklist of an absence, with its day. */
export interface ChecklistStep {
  readonly id: string
  /** The day it is due where the ASE is, as `YYYY-MM-DD`. */
  readonly dueOn: string
  readonly words: string
  readonly source: string
  readonly doneAt: InstantMs | null
  /** Done or open by what the plan says; nobody ticks it. */
  readonly byItself: boolean
  readonly late: boolean
}

/** What the checklist is made from. */
export interface ChecklistFacts {
  readonly planning: PlanningPolicy
  /** What `findPlanProblems` found. */
  readonly problems: readonly PlanProblem[]
  readonly timeZone: string
  /** When the ASE is at work again. */
  readonly backAt: InstantMs
  readonly now: InstantMs
}

/** What is to be done before and after an absence, in the order of the policy, each with its day and whether it is late. */
export function planChecklist(plan: Plan, facts: ChecklistFacts): ChecklistStep[] {
  const { planning, timeZone, now } = facts
  const today = isoDay(now, timeZone)
  return planning.steps.map((step) => {
    const dueOn = dueDay(plan, step, facts)
    const byItself = step.doneBy !== null
    const doneAt = byItself ? coveredSince(plan, facts.problems) : (plan.tickedAt.get(step.id) ?? null)
    const { id, words, source } = step
    return { id, dueOn, words, source, doneAt, byItself, late: doneAt === null && dueOn < today }
  })
}

function dueDay(plan: Plan, { due }: PlanningStep, { planning, timeZone, backAt }: ChecklistFacts): string {
  if (due === 'return') return isoDay(backAt, timeZone)
  const days = { 'find-cover': planning.findCoverDays, review: planning.reviewDays }[due]
  return Temporal.PlainDate.from(isoDay(plan.startsAt, timeZone)).subtract({ days }).toString()
}

/** When the last account was accepted; null while an account is without anybody, or somebody has not accepted. */
function coveredSince({ entries }: Plan, problems: readonly PlanProblem[]): InstantMs | null {
  const isOpen = problems.some(({ kind, weight }) => weight === 'missing' || kind === 'not-accepted')
  const accepted = entries.flatMap(({ request }) => (request.state === 'accepted' ? [request.at ?? 0] : []))
  return isOpen || accepted.length === 0 ? null : Math.max(...accepted)
}
