import { expect, test } from 'vitest'
import { handoffsInIssues } from '#service/db/handoff-issues.ts'
import { storeHandoffs } from '#service/db/handoffs.ts'
import { storePlan } from '#service/db/plans.ts'
import { findSharedIssue, readSharedIssue, writeSharedIssue, type SharedIssue } from '#service/db/document-issues.ts'
import { readChangeableIssue } from '#service/db/work-targets.ts'
import { handoffMachine } from '#test/support/handoff-machine.ts'
import { aHandoff } from '#test/support/handoff-values.ts'
import { aPlanDocument, monday } from '#test/support/plan-values.ts'
import { anIssue, dayMs } from '#test/support/work-values.ts'

function issueOf<Document>(iid: number, document: Document): SharedIssue<Document> {
  const { projectId, reference, url, state, title, labels, confidential, updatedAt } = anIssue({ projectId: 9 })
  return {
    ...{ projectId, iid, reference, url, state, title, labels, confidential, updatedAt, description: `Text ${iid}` },
    ...{ document, readAt: 5, problem: null, takenIn: null, orderId: 0 },
  }
}

test('plans and handoffs are found by the issue they are in', () => {
  const { db } = handoffMachine(12)
  const [plan, handoff] = [aPlanDocument(), aHandoff()]
  storePlan(db, { document: plan, author: 'here' }, 1, issueOf(4, plan))
  storeHandoffs(db, [{ document: handoff, author: 'here' }], 1)
  expect(readSharedIssue(db, 'handoffs', handoff.id)).toBeNull()
  writeSharedIssue(db, 'handoffs', handoff.id, issueOf(5, handoff))
  expect(readSharedIssue(db, 'handoffs', handoff.id)).toEqual(issueOf(5, handoff))
  expect(readSharedIssue(db, 'plans', plan.id)).toEqual(issueOf(4, plan))
  expect([4, 5, 6].map((iid) => findSharedIssue(db, 9, iid)?.description)).toEqual(['Text 4', 'Text 5', undefined])
  expect(readChangeableIssue(db, 9, 5)).toMatchObject({ description: 'Text 5', accountId: null, fate: null })
})

test('handoffs in issues are those of absences that are not long over, told without their texts', () => {
  const { db } = handoffMachine(12)
  const stranger = { ...aHandoff(), id: 'elsewhere--1' }
  storeHandoffs(
    db,
    [aHandoff(), stranger].map((document) => ({ document, author: 'here' })),
    1_000,
  )
  for (const { id } of [aHandoff(), stranger]) writeSharedIssue(db, 'handoffs', id, issueOf(5, null))
  const idsAfter = (instant: number) => handoffsInIssues(db, instant).map(({ id }) => id)
  const end = monday + 7 * dayMs
  expect([idsAfter(999), idsAfter(1_000), idsAfter(end - 1), idsAfter(end)]).toEqual([
    ['elsewhere--1', 'p1--1'],
    ['p1--1'],
    ['p1--1'],
    [],
  ])
  expect(handoffsInIssues(db, 0)[0]?.issue).not.toHaveProperty('description')
})
