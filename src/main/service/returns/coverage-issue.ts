import type { WriteIntent } from '#contract/outbox.ts'
import type { ReturnWrapUp } from '#contract/return-wrap-up.ts'
import type { ReturnMeeting } from '#contract/returns.ts'
import { planOf, type PlanDocument } from '#core/coverage/plan-document.ts'
import { handoffIdOf } from '#core/handoff/change-handoff.ts'
import { lessonComment, lessonLine } from '#core/return-meeting/lesson-comment.ts'
import { readSharedIssue, type SharedIssue } from '../db/document-issues.ts'
import { isRestricted } from '../db/org-notes.ts'
import { ordersOnIssue, type IssueOrderOn } from '../db/return-orders.ts'
import { readPlan } from '../db/plans.ts'
import { readStoredMeeting } from '../db/return-meetings.ts'
import { wordsFor } from '../plans/plan-setting.ts'
import { findMeeting, findMeetings } from './find-meetings.ts'
import type { WrapUpDesk } from './wrap-up-desk.ts'

type IssueDesk = Pick<WrapUpDesk, 'db' | 'roster' | 'now'>

/** The issue of an absence that is in one, and which of its accounts are not handed back as far as it is known here. */
export function showCoverageIssue(desk: IssueDesk, meeting: ReturnMeeting): ReturnWrapUp['coverageIssue'] {
  const found = issueOf(desk, meeting)
  if (!found) return null
  const { reference, url } = found.issue
  const notHandedBack = accountsOf(desk, found.plan)
    .filter(({ isHandedBack }) => !isHandedBack)
    .map(({ name }) => name)
  return { reference, url, open: isOpen(found), notHandedBack }
}

/**
 * What would be written into the issue of an absence: what was learned of each of its accounts and is not written there yet, and that it is
 * closed, once every account is handed back.
 *
 * @throws {Refusal} when the coverage is not known, or is not mine to hand back.
 */
export function coverageIssueIntents(desk: IssueDesk, coverageId: string): WriteIntent[] {
  const { db } = desk
  const found = issueOf(desk, findMeeting(desk, coverageId))
  if (!found) return []
  const { projectId, iid } = found.issue
  const accounts = accountsOf(desk, found.plan)
  const said = found.orders.flatMap(({ intent }) => (intent.kind === 'issue-comment' ? intent.body.split('\n') : []))
  const lines = accounts
    // SECURITY: of a restricted account nothing is copied to another place.
    .filter(({ id, isOver }) => isOver && !isRestricted(db, id))
    .map(({ id, name }) => lessonLine(name, readStoredMeeting(db, meetingOf(found.plan, id))))
    .filter((line) => line !== '' && !said.includes(line))
  const isOver = accounts.every(({ isHandedBack }) => isHandedBack)
  return [
    ...(lines.length === 0
      ? []
      : [{ kind: 'issue-comment' as const, projectId, iid, body: lessonComment(lines), internal: false }]),
    ...(isOver && isOpen(found) && !found.orders.some(isClosingUnderWay)
      ? [{ kind: 'issue-state' as const, projectId, iid, state: 'closed' as const }]
      : []),
  ]
}

interface FoundIssue {
  readonly plan: PlanDocument
  readonly issue: SharedIssue<PlanDocument>
  /** What was ordered of it. */
  readonly orders: readonly IssueOrderOn[]
}

function issueOf({ db, roster }: IssueDesk, { absenceId }: ReturnMeeting): FoundIssue | null {
  const planId = roster.absences.find(({ id }) => id === absenceId)?.planId ?? null
  const plan = planId === null ? undefined : readPlan(db, planId)?.document
  const issue = plan && readSharedIssue<PlanDocument>(db, 'plans', plan.id)
  return issue ? { plan, issue, orders: ordersOnIssue(db, issue.projectId, issue.iid) } : null
}

/** As it was read last, or closed from here since then. */
function isOpen({ issue, orders }: FoundIssue): boolean {
  const last = orders.findLast(({ intent, state }) => intent.kind === 'issue-state' && state === 'verified')
  const isLater = last !== undefined && (last.settledAt ?? 0) >= issue.readAt
  return (isLater && last.intent.kind === 'issue-state' ? last.intent.state : issue.state) === 'opened'
}

function isClosingUnderWay({ intent, state }: IssueOrderOn): boolean {
  return intent.kind === 'issue-state' && intent.state === 'closed' && state !== 'verified'
}

/** The accounts of an absence that somebody covers. One that others hand back is not handed back as far as this machine knows. */
function accountsOf(desk: IssueDesk, document: PlanDocument) {
  const { accountName } = wordsFor(document, desk.roster)
  const stages = new Map(findMeetings(desk).map(({ meetingId, stage }) => [meetingId, stage]))
  const { entries } = planOf(document)
  const covered = entries.filter(({ request }) => request.state === 'accepted').map(({ accountId }) => accountId)
  return [...new Set(covered)].map((id) => {
    const stage = stages.get(meetingOf(document, id).id) ?? 'list'
    return { id, name: accountName(id), isHandedBack: stage === 'handed-back', isOver: stage !== 'list' }
  })
}

function meetingOf({ id }: PlanDocument, accountId: number) {
  return { id: handoffIdOf(id, accountId), accountId }
}
