import { expect, test } from 'vitest'
import { writeSharedIssue } from '#service/db/document-issues.ts'
import { readPlan } from '#service/db/plans.ts'
import { accept, beginHandoffs } from '#service/handoffs/edit-handoffs.ts'
import { handoffMentions } from '#service/handoffs/handoff-mentions.ts'
import { planKind } from '#service/plans/plan-kind.ts'
import { handoffMachine } from '#test/support/handoff-machine.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { anIssue } from '#test/support/work-values.ts'

function machine() {
  const anna = handoffMachine(12)
  const plan = readPlan(anna.db, 'p1')?.document
  if (!plan) throw new Error('The machine has a plan')
  const written = () => {
    const { roster, now } = anna.desk()
    const handoffs = () => handoffMentions(anna.desk(), plan)
    return planKind.write(plan, { roster, now, policy: policyOf('2025-04'), podMemberIds: [], handoffs })
  }
  return { ...anna, written, mentions: () => handoffMentions(anna.desk(), plan) }
}

test('a plan says how its handoffs stand that are known here, and in which issue they are', () => {
  const { db, desk, written, mentions } = machine()
  expect([mentions(), written().beside]).toEqual([[], ''])
  expect(written().markdown).not.toContain('## Handoffs')
  beginHandoffs(desk(), 'plan:p1')
  const { projectId, url, state, title, description, labels, confidential, updatedAt } = anIssue()
  writeSharedIssue(db, 'handoffs', 'p1--1', {
    ...{ projectId, iid: 7, reference: 'support/plans#7', url, state, title, description, labels, confidential },
    ...{ updatedAt, readAt: 1, document: null, problem: null, takenIn: null, orderId: 0 },
  })
  accept(desk(), { handoffId: 'p1--1', state: 'delayed', hash: '', words: 'Ben is | ill' })
  expect(mentions()).toEqual([
    { accountId: 1, words: 'put off: “Ben is | ill”', reference: 'support/plans#7' },
    { accountId: 3, words: 'prepared, to be gone over', reference: null },
  ])
  const section = [
    '## Handoffs\n',
    '| Account | How it stands | Issue |',
    '| --- | --- | --- |',
    '| Acme | put off: “Ben is \\| ill” | support/plans#7 |',
    '| Cormorant | prepared, to be gone over |  |',
  ].join('\n')
  expect(written().beside).toBe(section)
  expect(written().markdown).toContain(`${section}\n\n## Checklist`)
})
