import type { PlanConflict } from '#core/coverage/plan-conflicts.ts'
import { planConflicts } from '#core/coverage/plan-conflicts.ts'
import { findPlanProblems, type PlanProblem } from '#core/coverage/find-plan-problems.ts'
import { planChecklist, type ChecklistStep } from '#core/coverage/plan-checklist.ts'
import { planOf, type Plan, type PlanDocument } from '#core/coverage/plan-document.ts'
import type { PlanWords } from '#core/coverage/plan-words.ts'
import type { HandoffMention } from '#core/coverage/write-plan-text.ts'
import { podAdvice, type PodAdvice } from '#core/coverage/pod-advice.ts'
import { nextAvailable } from '#core/clocks/next-available.ts'
import { policyFor } from '#core/policy/policy-overrides.ts'
import type { Policy } from '#core/policy/policy.ts'
import { absenceIdOf } from '../db/plans.ts'
import type { Roster } from '../db/workspace.ts'

/** What plans are seen in: who and what is known here, by which rules, when. */
export interface PlanSetting {
  readonly roster: Roster
  readonly policy: Policy
  readonly now: number
  /** Who shares a coverage pod, as it was set; nobody: it was not. */
  readonly podMemberIds: readonly number[]
  /** How the handoffs of a plan stand that are known here. */
  readonly handoffs: (plan: PlanDocument) => readonly HandoffMention[]
}

/** A plan with all that follows from it here. */
export interface PlanReading {
  readonly plan: Plan
  readonly words: PlanWords
  readonly problems: readonly PlanProblem[]
  readonly conflicts: readonly PlanConflict[]
  readonly checklist: readonly ChecklistStep[]
  readonly pod: PodAdvice | null
}

/** Reads a plan as it stands here and now. */
export function readingOf(document: PlanDocument, setting: PlanSetting): PlanReading {
  const { roster, policy, now, podMemberIds } = setting
  const plan = planOf(document)
  const words = wordsFor(document, roster)
  const absences = roster.absences.filter(({ id }) => id !== absenceIdOf(plan.id))
  const problems = findPlanProblems(plan, {
    ...roster,
    absences,
    coverages: roster.coverages.filter(({ absenceId }) => absenceId !== absenceIdOf(plan.id)),
    reductionOf: (accountId) => {
      const account = roster.accounts.find(({ id }) => id === accountId)
      return policyFor(account?.policyOverrides ?? {}, policy).covering.reductionPerAccount
    },
    words,
  })
  const ase = roster.people.find(({ id }) => id === plan.aseId)
  const away = absences.filter(({ personId }) => personId === plan.aseId)
  const backAt = (ase && nextAvailable(ase, away, plan.endsAt)) ?? plan.endsAt
  return {
    plan,
    words,
    problems,
    conflicts: planConflicts(document, words, stepWords(policy)),
    checklist: planChecklist(plan, { planning: policy.planning, problems, timeZone: words.timeZone, backAt, now }),
    pod: podAdvice(policy.pods, plan, { ...roster, absences, podMemberIds }),
  }
}

/** What everybody and everything in a plan is called: as it is known here, or as the plan names it. */
export function wordsFor({ aseId, names }: PlanDocument, { people, accounts }: Roster): PlanWords {
  const person = (id: number) => people.find((each) => each.id === id) ?? names.people[id]
  return {
    timeZone: person(aseId)?.timeZone ?? 'UTC',
    personName: (id) => person(id)?.name ?? `User ${id}`,
    accountName: (id) => accounts.find((each) => each.id === id)?.name ?? names.accounts[id] ?? `Organization ${id}`,
  }
}

/** What a step of the checklist says; one of another edition of the rules is named by its id. */
export function stepWords({ planning }: Policy): (stepId: string) => string {
  return (stepId) => planning.steps.find(({ id }) => id === stepId)?.words ?? `The step “${stepId}” of other rules`
}
