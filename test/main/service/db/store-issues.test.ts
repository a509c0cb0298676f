import { describe, expect, test } from 'vitest'
import { countEvents, listEvents } from '#service/db/events.ts'
import { listIssues, openIssuesOf } from '#service/db/read-issues.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { anIssue, aWorkspace, dayMs, wednesday } from '#test/support/work-values.ts'

function database() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  return db
}

const all = { accountId: undefined, state: 'all', limit: 100, offset: 0 } as const

test('an issue seen for the first time is stored whole and is one event at the time it was created', () => {
  const db = database()
  const issue = anIssue({
    confidential: true,
    dueDate: '2026-12-01',
    tasksDone: 1,
    tasksTotal: 3,
    assignees: ['anna', 'ben'],
  })
  expect(storeIssue(db, 1, issue, wednesday)).toBe(true)
  const { id: _id, description: _description, notesCount: _count, movedToId: _movedToId, ...told } = issue
  const derived = { accountId: 1, fate: null, movedTo: null, notes: 0, ticketIds: [], lastActivityAt: wednesday }
  expect(listIssues(db, all)).toEqual({ issues: [{ ...told, ...derived }], total: 1 })
  expect(listEvents(db, 0, 10)).toEqual([
    { seq: 1, kind: 'issue-created', subject: 'issue:7/3', at: wednesday - dayMs, changes: {} },
  ])
})

test('the same again and anything older change and record nothing', () => {
  const db = database()
  storeIssue(db, 1, anIssue(), wednesday)
  expect(storeIssue(db, 1, anIssue(), wednesday + 1)).toBe(false)
  expect(storeIssue(db, 1, anIssue({ title: 'Old title', updatedAt: wednesday - 1 }), wednesday + 1)).toBe(false)
  expect(listIssues(db, all).issues[0]?.title).toBe('Upgrade to 19.0')
  expect(countEvents(db)).toBe(1)
})

test('a change is one event with old and new values', () => {
  const db = database()
  storeIssue(db, 1, anIssue(), wednesday)
  const closed = anIssue({ state: 'closed', labels: ['ASE Work - Acme', 'done'], updatedAt: wednesday + 5 })
  expect(storeIssue(db, 1, closed, wednesday + 9)).toBe(true)
  expect(listEvents(db, 1, 10)).toEqual([
    {
      seq: 2,
      kind: 'issue-changed',
      subject: 'issue:7/3',
      at: wednesday + 5,
      changes: {
        state: { from: 'opened', to: 'closed' },
        labels: { from: '["ASE Work - Acme"]', to: '["ASE Work - Acme","done"]' },
      },
    },
  ])
})

test('a change of the time or of the address alone is stored and is no event', () => {
  const db = database()
  storeIssue(db, 1, anIssue(), wednesday)
  expect(storeIssue(db, 1, anIssue({ updatedAt: wednesday + 5 }), wednesday)).toBe(true)
  const moved = anIssue({ updatedAt: wednesday + 5, url: 'https://gitlab.example.com/customers/acme/-/work_items/3' })
  expect(storeIssue(db, 1, moved, wednesday)).toBe(true)
  expect(listIssues(db, all).issues[0]?.url).toBe(moved.url)
  expect(countEvents(db)).toBe(1)
})

describe('an issue with the labels of two accounts', () => {
  const both = (more: Parameters<typeof anIssue>[0] = {}) =>
    anIssue({ labels: ['ASE Work - Acme', 'ASE Work - Borealis'], ...more })

  test('stays with the account it was met for first, and records nothing however often either is read', () => {
    const db = database()
    for (let pass = 0; pass < 3; pass += 1) for (const account of [1, 2]) storeIssue(db, account, both(), wednesday)
    expect(countEvents(db)).toBe(1)
    expect(listIssues(db, all).issues[0]?.accountId).toBe(1)
  })

  test('goes to the other account once it carries that one’s label alone', () => {
    const db = database()
    storeIssue(db, 1, both(), wednesday)
    storeIssue(db, 2, both({ labels: ['ASE Work - Borealis'], updatedAt: wednesday + 1 }), wednesday)
    expect(listIssues(db, all).issues[0]?.accountId).toBe(2)
    expect(listEvents(db, 1, 10)[0]?.changes).toMatchObject({ account_id: { from: 1, to: 2 } })
  })

  test('goes to the other account when the first one no longer has that label', () => {
    const db = database()
    storeIssue(db, 1, both(), wednesday)
    const workspace = aWorkspace()
    storeWorkspace(db, {
      ...workspace,
      accounts: workspace.accounts.map((account) => (account.id === 1 ? { ...account, label: null } : account)),
    })
    storeIssue(db, 2, both(), wednesday)
    expect(listIssues(db, all).issues[0]?.accountId).toBe(2)
  })
})

test('lists are of one account or state, last changed first, in pages that know their total', () => {
  const db = database()
  for (const iid of [1, 2, 3, 4]) {
    storeIssue(
      db,
      1,
      anIssue({ iid, updatedAt: wednesday + (iid % 3), state: iid === 4 ? 'closed' : 'opened' }),
      wednesday,
    )
  }
  storeIssue(
    db,
    2,
    anIssue({ projectId: 8, iid: 1, labels: ['ASE Work - Borealis'], updatedAt: wednesday + 50 }),
    wednesday,
  )
  const list = (filter: Partial<Parameters<typeof listIssues>[1]>) => {
    const { issues, total } = listIssues(db, { ...all, ...filter })
    return { issues: issues.map((issue) => `${issue.projectId}/${issue.iid}`), total }
  }
  expect(list({})).toEqual({ issues: ['8/1', '7/2', '7/1', '7/4', '7/3'], total: 5 })
  expect(list({ accountId: 1, limit: 2, offset: 1 })).toEqual({ issues: ['7/1', '7/4'], total: 4 })
  expect(list({ state: 'closed' })).toEqual({ issues: ['7/4'], total: 1 })
  expect(list({ state: 'opened', accountId: 1 })).toEqual({ issues: ['7/2', '7/1', '7/3'], total: 3 })
  expect([openIssuesOf(db, 1), openIssuesOf(db, 2), openIssuesOf(db, 3)]).toEqual([3, 1, 0])
})
