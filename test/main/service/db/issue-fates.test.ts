import { expect, test } from 'vitest'
import { judgeFate, settleIssueFate } from '#service/db/issue-fates.ts'
import { listEvents } from '#service/db/events.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

const here = { isLabelled: true, isNewer: false, movedToId: null }
const gone = { fate: 'out-of-sight', foundOutAt: wednesday } as const

test.each([
  ['a list that may lag behind shows it as it was', gone, here, 'list', 1000, true],
  ['a list that has caught up shows it', gone, here, 'list', 120_000, false],
  ['it changed since', gone, { ...here, isNewer: true }, 'list', 1000, false],
  ['it was asked for by itself', gone, here, 'id', 1000, false],
  [
    'a list shows it bare that had the label at the same instant',
    { fate: null, foundOutAt: null },
    { ...here, isLabelled: false },
    'list',
    0,
    true,
  ],
  [
    'it lost the label with a change',
    { fate: null, foundOutAt: null },
    { ...here, isLabelled: false, isNewer: true },
    'list',
    0,
    false,
  ],
] as const)('%s', (_what, stored, presence, seenIn, afterMs, isDoubtful) => {
  expect(judgeFate(stored, presence, seenIn, wednesday + afterMs).isDoubtful).toBe(isDoubtful)
})

test('a fate is one event however often it is found out, and so is the return', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  storeIssue(db, 1, anIssue(), wednesday)
  expect([1, 2].map((at) => settleIssueFate(db, anIssue(), 'out-of-sight', wednesday + at))).toEqual([true, false])
  const sighting = { seenIn: 'id', zendeskHost: null } as const
  expect([1, 2].map((at) => storeIssue(db, 1, anIssue(), wednesday + at, sighting))).toEqual([true, false])
  expect(listEvents(db, 1, 10).map(({ kind, subject, changes }) => ({ kind, subject, changes }))).toEqual([
    { kind: 'issue-out-of-sight', subject: 'issue:7/3', changes: { fate: { from: null, to: 'out-of-sight' } } },
    { kind: 'issue-back', subject: 'issue:7/3', changes: { fate: { from: 'out-of-sight', to: null } } },
  ])
})

test('one that is not stored has no fate', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  expect(settleIssueFate(db, anIssue(), 'unlabelled', wednesday)).toBe(false)
  expect(listEvents(db, 0, 10)).toEqual([])
})
