import { expect, test } from 'vitest'
import type { WorkIntent } from '#contract/work-intent.ts'
import { tickStep } from '#core/coverage/change-plan.ts'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { writePlanMarkdown } from '#core/coverage/write-plan-text.ts'
import { issueChangedAt } from '#service/db/issue-orders.ts'
import { readPlan, storePlan } from '#service/db/plans.ts'
import { readSharedIssue } from '#service/db/document-issues.ts'
import type { ReadDb, WriteDb } from '#service/db/sql.ts'
import { planKind } from '#service/plans/plan-kind.ts'
import { adoptSent, openOrderOf } from '#service/sharing/issue-orders.ts'
import { planMachine } from '#test/support/plan-desk.ts'
import { anna, aPlanDocument, planWords } from '#test/support/plan-values.ts'

const url = 'https://gitlab.example.com/support/plans/-/issues/4'
const document = aPlanDocument([{ id: 'a', state: 'asked' }], { id: 'plan-1' })
const textOf = (plan: PlanDocument) => writePlanMarkdown(plan, [], planWords)

const created = (plan = document): WorkIntent => ({
  ...{ kind: 'create-issue', projectId: 9, title: 'Coverage', description: textOf(plan), labels: [], assigneeIds: [] },
  ...{ confidential: true, dueDate: null },
})
const text = (plan = document, iid = 4): WorkIntent => ({
  kind: 'issue-text',
  projectId: 9,
  iid,
  description: textOf(plan),
})

const readPlanIssue = (db: ReadDb, id: string) => readSharedIssue(db, 'plans', id)

/** Puts a change into the outbox as it stands there after a while. */
function order(db: WriteDb, intent: WorkIntent, state: string, parts: { readonly url?: string | null } = {}): void {
  const target = 'iid' in intent ? `issue 9/${intent.iid}` : 'project 9'
  db.prepare(
    `INSERT INTO outbox (host, kind, ticket_id, intent, by_id, subject, words, stamp, before, state, created_at, settled_at, url, target)
     VALUES ('gitlab', ?, 0, ?, 1, '', '', 0, '{}', ?, 1, 77, ?, ?)`,
  ).run(intent.kind, JSON.stringify(intent), state, parts.url === undefined ? url : parts.url, target)
}

function machine() {
  const { db, setting } = planMachine(12)
  storePlan(db, { document, author: 'here' }, 1)
  return { db, setting, adopt: (among?: readonly number[]) => adoptSent(planKind, db, setting, among ?? null) }
}

test('a plan knows the issue that was opened for it once that was seen, and notes it once', () => {
  const { db, adopt } = machine()
  order(db, created(), 'sending', { url: null })
  expect([adopt(), openOrderOf(planKind, db, 'plan-1')]).toEqual([[], { id: 1, state: 'sending', problem: null }])
  db.exec(`UPDATE outbox SET state = 'verified', url = '${url}'`)
  expect(adopt([7])).toEqual([])
  expect(adopt([1])).toEqual(['plan-1'])
  expect(readPlanIssue(db, 'plan-1')).toMatchObject({
    ...{ projectId: 9, iid: 4, url, reference: 'support/plans#4', confidential: true, readAt: 77, updatedAt: 0 },
    document,
    orderId: 1,
  })
  expect([adopt(), openOrderOf(planKind, db, 'plan-1')]).toEqual([[], null])
})

test('what was sent along is taken in when it was seen', () => {
  const { db, adopt } = machine()
  order(db, created(), 'verified')
  const more = tickStep(document, 'review', true, anna)
  order(db, text(more), 'verified')
  expect(adopt()).toEqual(['plan-1', 'plan-1'])
  expect(readPlan(db, 'plan-1')?.document).toEqual(more)
  expect(readPlanIssue(db, 'plan-1')).toMatchObject({ iid: 4, document: more, orderId: 2 })
  expect(issueChangedAt(db, 9, 4)).toBe(77)
  expect(issueChangedAt(db, 9, 5)).toBeNull()
})

test('the issue that was opened last counts, and a text for another one says nothing of it', () => {
  const { db, adopt } = machine()
  order(db, created(), 'verified')
  order(db, created(), 'verified', { url: url.replace('/4', '/5') })
  order(db, text(), 'verified')
  adopt()
  expect(readPlanIssue(db, 'plan-1')).toMatchObject({ iid: 5, orderId: 3 })
})

test('what was given up, is of another plan or of no plan changes nothing', () => {
  const { db, adopt } = machine()
  order(db, created(), 'discarded')
  order(db, created(aPlanDocument([], { id: 'plan-2' })), 'verified')
  order(db, { ...created(), description: 'coverage-plan, but none' } as WorkIntent, 'verified')
  expect([adopt(), openOrderOf(planKind, db, 'plan-1'), readPlanIssue(db, 'plan-1')]).toEqual([[], null, null])
})
