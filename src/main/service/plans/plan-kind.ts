import { tickStep } from '#core/coverage/change-plan.ts'
import { mergePlans } from '#core/coverage/merge-plans.ts'
import { planChanges } from '#core/coverage/plan-changes.ts'
import { planConflicts, type PlanConflict } from '#core/coverage/plan-conflicts.ts'
import { planOf, type Plan, type PlanDocument } from '#core/coverage/plan-document.ts'
import { planLayout, tickedByHand } from '#core/coverage/plan-part.ts'
import { handoffSection, planTitle, writePlanMarkdown } from '#core/coverage/write-plan-text.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { plansInIssues, readPlan, storePlan } from '../db/plans.ts'
import type { SharedKind } from '../sharing/document-kind.ts'
import { readingOf, stepWords, wordsFor, type PlanSetting } from './plan-setting.ts'
import { judgePlanText } from './read-plan-text.ts'

/** Coverage plans, as documents that are handed over. */
export const planKind: SharedKind<PlanDocument, PlanSetting, PlanConflict> = {
  noun: 'plan',
  name: 'coverage plan',
  layout: planLayout,
  ownTitle: /^Coverage for .+ from \d{4}-\d\d-\d\d until \d{4}-\d\d-\d\d$/,
  scope: 'plan-issues',
  table: 'plans',
  read: readPlan,
  inIssues: plansInIssues,
  store: storePlan,
  judge: judgePlanText,
  merge: mergePlans,
  changes: (before, after, { roster, policy }) =>
    planChanges(before, after, wordsFor(after, roster), stepWords(policy)),
  conflicts: (document, { roster, policy }) => planConflicts(document, wordsFor(document, roster), stepWords(policy)),
  advice: unseen,
  goesUnasked,
  write(document, setting) {
    const { words, checklist } = readingOf(document, setting)
    const handoffs = setting.handoffs(document)
    return {
      title: planTitle(document, words),
      markdown: writePlanMarkdown(document, checklist, words, handoffs),
      beside: handoffs.length === 0 ? '' : handoffSection(handoffs, words),
    }
  },
  byHand(document, part, writing, setting) {
    const ticked = tickedByHand(part, document, readingOf(document, setting).checklist)
    return ticked.reduce((so, { stepId, done }) => tickStep(so, stepId, done, writing), document)
  },
}

/** What is in a plan and does not show here, and what to do about it. */
function unseen(before: PlanDocument | null, after: PlanDocument, { roster }: PlanSetting): string[] {
  const { accountName } = wordsFor(after, roster)
  const { removedAt, entries } = planOf(after)
  if (removedAt !== null) {
    return before && planOf(before).removedAt !== null ? ['It was taken away here. Bring it back to see it.'] : []
  }
  const mine = new Set(entries.flatMap(({ coverId, accountId }) => (coverId === roster.me?.id ? [accountId] : [])))
  return [...mine]
    .filter((id) => !roster.accounts.some((account) => account.id === id))
    .map((id) => `${accountName(id)} is not followed here: follow it, or its tickets do not show when you cover it.`)
}

/** It does not where the plan would be taken away, and where what I answered would be otherwise, or answered in my name. */
function goesUnasked(before: PlanDocument, after: PlanDocument, { roster }: PlanSetting): boolean {
  const [then, next] = [planOf(before), planOf(after)]
  if (then.removedAt === null && next.removedAt !== null) return false
  const answers = (plan: Plan) =>
    plan.entries
      .filter(({ coverId, request }) => coverId === roster.me?.id && isAnswer(request.state))
      .map(({ id, accountId, startsAt, endsAt, request }) =>
        canonical([id, accountId, startsAt, endsAt, request.state]),
      )
  return canonical(answers(then).toSorted()) === canonical(answers(next).toSorted())
}

function isAnswer(state: string): boolean {
  return state === 'accepted' || state === 'declined'
}
