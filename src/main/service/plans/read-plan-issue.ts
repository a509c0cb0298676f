import { mergePlans } from '#core/coverage/merge-plans.ts'
import { planConflicts } from '#core/coverage/plan-conflicts.ts'
import { planOf, type PlanDocument } from '#core/coverage/plan-document.ts'
import { findPlanPart, tickedByHand, type PlanPart } from '#core/coverage/plan-part.ts'
import { tickStep } from '#core/coverage/change-plan.ts'
import type { Issue } from '#core/issues/issue.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { readPlan, readPlanIssue, writePlanIssue, type PlanIssue } from '../db/plans.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { takeInPlan } from './exchange-plans.ts'
import { readingOf, stepWords, wordsFor, type PlanSetting } from './plan-setting.ts'
import { judgePlanText, type PlanText } from './read-plan-text.ts'

/** A plan as it stands in an issue, with the boxes that somebody ticked there, or why there is none, and the text around it. */
export type PlanInIssue = { readonly part: PlanPart } & (
  | { readonly kind: 'read'; readonly plan: PlanDocument }
  | { readonly kind: Exclude<PlanText['kind'], 'read'>; readonly words: string }
)

/**
 * Reads the plan in an issue's text. A box that was ticked by hand counts as written by the issue, the same on whichever machine
 * reads it, so that machines come to the same.
 */
export function readPlanInIssue(
  issue: Pick<Issue, 'description' | 'reference' | 'projectId' | 'iid' | 'updatedAt'>,
  setting: PlanSetting,
): PlanInIssue {
  const part = findPlanPart(issue.description)
  const read = judgePlanText(issue.description)
  if (read.kind !== 'read') return { part, kind: read.kind, words: problemWords[read.kind](issue.reference) }
  const { checklist } = readingOf(read.plan, setting)
  const writing = { author: `issue-${issue.projectId}-${issue.iid}`, by: null, at: issue.updatedAt }
  const ticked = tickedByHand(part, read.plan, checklist)
  const plan = ticked.reduce((so, { stepId, done }) => tickStep(so, stepId, done, writing), read.plan)
  return { part, kind: 'read', plan }
}

const problemWords = {
  none: (reference) => `There is no coverage plan in ${reference}. Send the plan from here to put it there.`,
  several: (reference) => `There is more than one coverage plan in ${reference}. Leave one of them in it.`,
  newer: (reference) =>
    `The plan in ${reference} was written by a newer Understudy. Install that one to go on with it.`,
  damaged: (reference) =>
    `The plan in ${reference} cannot be read: somebody edited it by hand. Send the plan from here to put it right.`,
} satisfies Record<Exclude<PlanText['kind'], 'read'>, (reference: string) => string>

/** What is kept of an issue that was read. */
export function toPlanIssue(
  issue: Issue,
  plan: PlanDocument | null,
  former: PlanIssue | null,
  now: number,
  problem: string | null = null,
): PlanIssue {
  const { projectId, iid, reference, url, state, title, description, labels, confidential, updatedAt } = issue
  const same = former?.projectId === projectId && former.iid === iid ? former : null
  return {
    ...{ projectId, iid, reference, url, state, title, description, labels, confidential, updatedAt },
    ...{ readAt: now, document: plan, problem },
    takenIn: same?.takenIn ?? null,
    orderId: former?.orderId ?? 0,
  }
}

/**
 * Notes what stands in the issue of a plan now, and takes it in by itself where nobody has to look at it first.
 *
 * @returns whether anything of the plan, or of how it stands to its issue, is otherwise.
 */
export function noteIssue(db: WriteDb, planId: string, issue: Issue, setting: PlanSetting): boolean {
  const former = readPlanIssue(db, planId)
  const stored = readPlan(db, planId)
  if (!former || !stored) return false
  const keep = (plan: PlanDocument | null, problem: string | null = null) => {
    const next = toPlanIssue(issue, plan, former, setting.now, problem)
    transaction(db, () => writePlanIssue(db, planId, next))
    return canonical({ ...next, readAt: 0 }) !== canonical({ ...former, readAt: 0 })
  }
  if (issue.movedToId !== null) return keep(former.document, movedWords(issue.reference))
  const read = readPlanInIssue(issue, setting)
  if (read.kind !== 'read') return keep(null, read.words)
  const { plan } = read
  const merged = mergePlans(stored.document, plan)
  if (!merged) return keep(null, otherPlanWords(issue.reference))
  const isNew = canonical(merged) !== canonical(stored.document)
  if (!isNew || !goesUnasked(stored.document, merged, setting)) return keep(plan)
  const next = toPlanIssue(issue, plan, former, setting.now)
  const { changes } = takeInPlan(db, { plan, apply: true, issue: next }, setting)
  if (changes.length > 0) {
    transaction(db, () => writePlanIssue(db, planId, { ...next, takenIn: { at: setting.now, changes } }))
  }
  return true
}

/** Says on a plan that its issue could not be read. */
export function noteIssueGone(db: WriteDb, planId: string, now: number): boolean {
  const former = readPlanIssue(db, planId)
  if (!former) return false
  const problem = goneWords(former.reference)
  transaction(db, () => writePlanIssue(db, planId, { ...former, readAt: now, problem }))
  return former.problem !== problem
}

/** What is said of an issue that GitLab does not show. */
export function goneWords(reference: string): string {
  return `GitLab does not show ${reference}: it is gone, or you may not see it. The plan here stays as it is.`
}

/** What is said of a project for coverage issues that GitLab does not show. */
export function goneProjectWords(path: string): string {
  return `GitLab does not show the project ${path}: it is gone, or you may not see it.`
}

/** What is said of an issue that holds another plan than the one it was asked for. */
export function otherPlanWords(reference: string): string {
  return `${reference} holds another plan. Open another issue for this one.`
}

/** What is said of an issue that went to another project. */
export function movedWords(reference: string): string {
  return `${reference} was moved to another project. Take in the plan from its new address.`
}

/**
 * Whether what an issue says may be taken in before a person looked at it. It may not where both sides changed the same, where
 * the plan would be taken away, and where what I answered would be otherwise, or answered in my name.
 */
function goesUnasked(before: PlanDocument, after: PlanDocument, { roster, policy }: PlanSetting): boolean {
  const words = wordsFor(after, roster)
  const count = (document: PlanDocument) => planConflicts(document, words, stepWords(policy)).length
  if (count(after) > count(before)) return false
  const [then, next] = [planOf(before), planOf(after)]
  if (then.removedAt === null && next.removedAt !== null) return false
  const answers = (plan: typeof then) =>
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
