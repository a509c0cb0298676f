import type { OutboxState } from '#contract/outbox.ts'
import { planMark } from '#core/coverage/write-plan-text.ts'
import { readIssueOrders, type IssueOrder } from '../db/plan-orders.ts'
import { readPlan, readPlanIssue, type PlanIssue } from '../db/plans.ts'
import type { ReadDb, WriteDb } from '../db/sql.ts'
import { takeInPlan } from './exchange-plans.ts'
import { issueIidIn } from './issue-address.ts'
import type { PlanSetting } from './plan-setting.ts'
import { judgePlanText } from './read-plan-text.ts'

/** The latest sending of a plan to an issue, where it is on its way or needs a person; null otherwise. */
export function openOrderOf(
  db: ReadDb,
  planId: string,
): { readonly id: number; readonly state: OutboxState; readonly problem: string | null } | null {
  const latest = readIssueOrders(db, planId).find((order) => planSentWith(order)?.id === planId)
  if (!latest || latest.state === 'verified' || latest.state === 'discarded') return null
  const { id, state, problem } = latest
  return { id, state, problem }
}

/**
 * Notes of every sending that was seen in GitLab which issue its plan is in now, and takes in what was sent along. The outbox knows
 * what was sent, so nothing is lost when Understudy ends in between: it is noted at the next start.
 *
 * @param among only of these changes, where they are given.
 * @returns the plans of which something is otherwise.
 */
export function adoptSentPlans(
  db: WriteDb,
  setting: () => PlanSetting,
  among: readonly number[] | null = null,
): string[] {
  const sent = readIssueOrders(db, planMark.kind, among).filter(({ state }) => state === 'verified')
  return sent.toReversed().flatMap((order) => {
    const plan = planSentWith(order)
    if (!plan || !readPlan(db, plan.id)) return []
    const former = readPlanIssue(db, plan.id)
    if (order.id <= (former?.orderId ?? 0)) return []
    const next = issueAfter(order, former)
    if (!next) return []
    takeInPlan(db, { plan, apply: true, issue: { ...next, document: plan } }, setting())
    return [plan.id]
  })
}

function planSentWith({ intent }: IssueOrder) {
  const read = judgePlanText(intent.description)
  return read.kind === 'read' ? read.plan : null
}

/** Which issue a plan is in after it was sent; undefined where that cannot be told. */
function issueAfter(order: IssueOrder, former: PlanIssue | null): PlanIssue | undefined {
  const { id, intent, url, settledAt } = order
  const iid = intent.kind === 'issue-text' ? intent.iid : issueIidIn(url ?? '')
  if (iid === undefined || url === null) return undefined
  const isSame = former?.projectId === intent.projectId && former.iid === iid
  // What was sent before the plan came to be in another issue says nothing of that one.
  if (intent.kind === 'issue-text' && !isSame) return former ? { ...former, orderId: id } : undefined
  const path = URL.parse(url)
    ?.pathname.replace(/^\//, '')
    .replace(/(?:\/-)?\/(?:issues|work_items)\/.*$/, '')
  return {
    ...{ projectId: intent.projectId, iid, url },
    reference: isSame ? former.reference : `${path}#${iid}`,
    state: isSame ? former.state : 'opened',
    title: intent.title ?? (isSame ? former.title : ''),
    description: intent.description,
    labels: isSame ? former.labels : 'labels' in intent ? intent.labels : [],
    confidential: isSame ? former.confidential : 'confidential' in intent && intent.confidential,
    readAt: settledAt ?? 0,
    updatedAt: 0,
    document: null,
    problem: null,
    takenIn: isSame ? former.takenIn : null,
    orderId: id,
  }
}
