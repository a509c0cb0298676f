import { expect, test } from 'vitest'
import { changesSince, changesSinceSql, orderedSince, tookMyselfOffCc } from '#service/db/guard-facts.ts'
import { insertOutboxRows } from '#service/db/outbox.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

function setUp() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  storeTicket(db, aSighting(), wednesday)
  storeTicket(db, aSighting({ assigneeId: 99, updatedAt: wednesday + hourMs }), wednesday)
  storeTicket(db, aSighting({ assigneeId: 99, ccIds: [11], updatedAt: wednesday + 2 * hourMs }), wednesday)
  return db
}

test('what changed of a ticket since an instant comes in order', () => {
  const db = setUp()
  expect(changesSince(db, 101, wednesday)).toEqual([
    { at: wednesday + hourMs, changes: { assignee_id: { from: 12, to: 99 } } },
    { at: wednesday + 2 * hourMs, changes: { cc_ids: { from: '[]', to: '[11]' } } },
  ])
  expect(changesSince(db, 101, wednesday + 2 * hourMs)).toHaveLength(1)
  expect(changesSince(db, 102, wednesday)).toEqual([])
})

test('it is found by index', () => {
  const plan = setUp().prepare<[string, number], { detail: string }>(`EXPLAIN QUERY PLAN ${changesSinceSql}`)
  expect(plan.all('ticket:101', 0).map(({ detail }) => detail)).toEqual([
    expect.stringMatching(/SEARCH events USING INDEX events_subject/),
  ])
})

test('what I ordered since an instant is known by its kind', () => {
  const db = setUp()
  const order = { byId: 11, subject: 's', words: 'w', stamp: 1, before: {}, host: 'zendesk' } as const
  const wish = { kind: 'remove-cc', ticketId: 101, userId: 11 } as const
  insertOutboxRows(db, [{ ...order, wish, createdAt: wednesday }])
  expect(orderedSince(db, 101, wednesday)).toEqual(new Set(['remove-cc']))
  expect(orderedSince(db, 101, wednesday + 1)).toEqual(new Set())
  expect(orderedSince(db, 102, wednesday)).toEqual(new Set())
})

test('that I took myself off Cc is known until I put myself back', () => {
  const db = setUp()
  const order = {
    byId: 11,
    subject: 's',
    words: 'w',
    stamp: 1,
    before: {},
    host: 'zendesk',
    createdAt: wednesday,
  } as const
  const about = { ticketId: 101, userId: 11 } as const
  expect(tookMyselfOffCc(db, 101, 11)).toBe(false)
  insertOutboxRows(db, [{ ...order, wish: { kind: 'remove-cc', ticketId: 101, userId: 12 } }])
  expect(tookMyselfOffCc(db, 101, 11)).toBe(false)
  insertOutboxRows(db, [{ ...order, wish: { kind: 'remove-cc', ...about } }])
  expect(tookMyselfOffCc(db, 101, 11)).toBe(true)
  insertOutboxRows(db, [{ ...order, wish: { kind: 'add-cc', ...about } }])
  expect(tookMyselfOffCc(db, 101, 11)).toBe(false)
})
