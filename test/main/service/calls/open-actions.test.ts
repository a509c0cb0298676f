import { expect, test } from 'vitest'
import { openActions } from '#service/calls/open-actions.ts'
import { writeCall } from '#service/db/calls.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { aDraft } from '#test/support/call-setting.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

function setting() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const desk = { db, policy: policyOf('2025-04'), now: () => wednesday, outbox: null }
  return {
    desk,
    issue: (accountId: number, parts: Parameters<typeof anIssue>[0]) =>
      void storeIssue(db, accountId, anIssue(parts), wednesday, { seenIn: 'list', zendeskHost: null }),
    said: (accountId: number | null = null) =>
      openActions(desk, accountId).map(
        ({ accountName, what, overdue }) => `${accountName}: ${what}${overdue ? ' !' : ''}`,
      ),
  }
}

const tasks =
  '- [ ] Late (DRI: Anna, by 2026-11-17)\n- [x] Done (by 2026-11-01)\n- [ ] Today (by 2026-11-18)\n- [ ] Some day'

test('open tasks of call issues are shown by day, with those that are overdue marked', () => {
  const { issue, said } = setting()
  issue(1, { iid: 1, title: '2026-11-10 Call: Upgrade', description: tasks })
  issue(2, {
    labels: ['ASE Work - Borealis'],
    iid: 2,
    projectId: 8,
    title: '2026-11-01 call: Geo',
    description: '- [ ] First (due 2026-10-01)',
  })
  issue(1, { iid: 3, title: 'Upgrade plan', description: '- [ ] no call (by 2026-01-01)' })
  issue(1, { iid: 4, title: '2026-11-02 Call: Over', description: '- [ ] closed (by 2026-01-01)', state: 'closed' })
  expect(said()).toEqual(['Borealis: First !', 'Acme: Late !', 'Acme: Today', 'Acme: Some day'])
  expect(said(1)).toEqual(['Acme: Late !', 'Acme: Today', 'Acme: Some day'])
})

test('an item names the task it is, so that it can be ticked where it stands', () => {
  const { issue, desk } = setting()
  issue(1, { iid: 1, title: '2026-11-10 Call: Upgrade', description: tasks })
  expect(openActions(desk, 1)[0]).toMatchObject({
    dri: 'Anna',
    dueOn: '2026-11-17',
    callDay: '2026-11-10',
    callPurpose: 'Upgrade',
    at: { kind: 'issue', projectId: 7, iid: 1, text: 'Late (DRI: Anna, by 2026-11-17)', nth: 0 },
  })
})

test('what a draft says is nobody’s task yet; filed without an issue, its items stay open here', () => {
  const { desk, said } = setting()
  const call = aDraft(desk, 1)
  expect(said()).toEqual([])
  writeCall(desk.db, { ...call, filed: { at: wednesday, parts: [] } })
  expect(said()).toEqual(['Acme: Book the window'])
})
