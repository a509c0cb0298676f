import { describe, expect, test } from 'vitest'
import type { Wish } from '#core/outbox/wish.ts'
import {
  claimedMessages,
  countOutbox,
  insertOutboxRows,
  listOutbox,
  movingOutboxRows,
  movingOutboxRowsOf,
  readChangeableTicket,
  readOutboxRow,
  readUser,
  updateOutboxRow,
  type NewOutboxRow,
} from '#service/db/outbox.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { transaction } from '#service/db/sql.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, aWorkspace, wednesday } from '#test/support/work-values.ts'

const wish: Wish = { kind: 'add-cc', ticketId: 101, userId: 11 }
const aRow = (parts: Partial<NewOutboxRow> = {}): NewOutboxRow => ({
  host: 'zendesk',
  wish,
  byId: 11,
  subject: 'Runners time out',
  words: 'Adds you to Cc.',
  stamp: wednesday,
  before: { ccIds: [] },
  createdAt: wednesday,
  ...parts,
})

test('rows are put in in order and read back as they are', () => {
  const db = memoryDatabase()
  const [first = 0, second = 0] = insertOutboxRows(db, [aRow(), aRow({ wish: { ...wish, kind: 'follow' } })])
  expect(second).toBeGreaterThan(first)
  expect(readOutboxRow(db, first)).toEqual({
    id: first,
    ...aRow(),
    state: 'queued',
    attempts: 0,
    jobId: null,
    problem: null,
    conflict: null,
    sendingAt: null,
    sentStamp: null,
    commentId: null,
    sentAt: null,
    settledAt: null,
  })
  expect(readOutboxRow(db, 99)).toBeUndefined()
})

test('they are on disk before anything else happens, so they are not put in inside another transaction', () => {
  const db = memoryDatabase()
  const levels: unknown[] = []
  const pragma = db.pragma.bind(db)
  db.pragma = (source: string, ...more: []) => (levels.push(source), pragma(source, ...more))
  insertOutboxRows(db, [aRow()])
  expect(levels).toEqual(['synchronous = FULL', 'synchronous = NORMAL'])
  expect(() => transaction(db, () => insertOutboxRows(db, [aRow()]))).toThrow()
})

describe('a row is written', () => {
  test('with what is named, the rest stays', () => {
    const db = memoryDatabase()
    const [id = 0] = insertOutboxRows(db, [aRow()])
    const side = { field: 'Cc', before: 'a', mine: 'b', theirs: 'c' }
    const row = { id, state: 'queued' } as const
    expect(updateOutboxRow(db, row, { state: 'conflict', conflict: [side], before: { ccIds: [5] } })).toBe(true)
    expect(readOutboxRow(db, id)).toMatchObject({
      state: 'conflict',
      conflict: [side],
      before: { ccIds: [5] },
      problem: null,
      attempts: 0,
    })
    expect(updateOutboxRow(db, { id, state: 'conflict' }, { conflict: null })).toBe(true)
    expect(readOutboxRow(db, id)?.conflict).toBeNull()
    expect(updateOutboxRow(db, { id, state: 'conflict' }, {})).toBe(true)
  })

  test('only while it is in the state the writer believes it to be in', () => {
    const db = memoryDatabase()
    const [id = 0] = insertOutboxRows(db, [aRow()])
    expect(updateOutboxRow(db, { id, state: 'queued' }, { state: 'discarded' })).toBe(true)
    expect(updateOutboxRow(db, { id, state: 'queued' }, { state: 'sending' })).toBe(false)
    expect(readOutboxRow(db, id)?.state).toBe('discarded')
  })
})

test('what moves is what is neither settled nor waits for a person', () => {
  const db = memoryDatabase()
  const states = ['queued', 'sending', 'sent', 'verified', 'failed', 'conflict', 'discarded'] as const
  const ids = insertOutboxRows(
    db,
    states.map((_, index) => aRow({ wish: { ...wish, ticketId: 101 + (index % 2) } })),
  )
  states.forEach((state, index) => updateOutboxRow(db, { id: ids[index] ?? 0, state: 'queued' }, { state }))
  expect(movingOutboxRows(db).map(({ state }) => state)).toEqual(['queued', 'sending', 'sent'])
  expect(movingOutboxRowsOf(db, 101).map(({ state }) => state)).toEqual(['queued', 'sent'])
  expect(countOutbox(db)).toEqual({ waiting: 3, needMe: 2 })
  const listed = (unsettled: boolean) => listOutbox(db, { limit: 10, unsettled }).map(({ state }) => state)
  expect(listed(false)).toEqual(states.toReversed())
  expect(listed(true)).toEqual(['conflict', 'failed', 'sent', 'sending', 'queued'])
  expect(listOutbox(db, { limit: 1, unsettled: true }).map(({ id }) => id)).toEqual([ids[5]])
})

test('the rows that move are found by an index, however many are settled', () => {
  const db = memoryDatabase()
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT id FROM outbox
       WHERE state NOT IN ('verified', 'discarded') AND state IN ('queued', 'sending', 'sent') ORDER BY id`,
    )
    .all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail).join()).toMatch(/outbox_unsettled/)
})

test('messages that notes became are claimed, per ticket', () => {
  const db = memoryDatabase()
  const [id = 0, other = 0] = insertOutboxRows(db, [aRow(), aRow({ wish: { ...wish, ticketId: 102 } })])
  updateOutboxRow(db, { id, state: 'queued' }, { commentId: 9001 })
  updateOutboxRow(db, { id: other, state: 'queued' }, { commentId: 9002 })
  expect([...claimedMessages(db, 101)]).toEqual([9001])
})

test('a stored ticket is read as far as it can be changed', () => {
  const db = memoryDatabase()
  storeTicket(db, aSighting({ groupId: 7, ccIds: [11], followerIds: [12], tags: ['ci'] }), wednesday + 5)
  expect(readChangeableTicket(db, 101)).toEqual({
    id: 101,
    organizationId: 1,
    subject: 'Runners time out',
    status: 'open',
    assigneeId: 12,
    groupId: 7,
    ccIds: [11],
    followerIds: [12],
    tags: ['ci'],
    updatedAt: wednesday,
    fetchedAt: wednesday + 5,
    fate: null,
    mergedInto: null,
  })
  expect(readChangeableTicket(db, 102)).toBeUndefined()
})

test('users are known from tickets, colleagues from the workspace', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  storeUsers(db, [{ id: 501, name: 'Carla', role: 'end-user' }])
  expect([readUser(db, 501), readUser(db, 12), readUser(db, 7)]).toEqual([
    { name: 'Carla', role: 'end-user' },
    { name: 'Anna', role: null },
    undefined,
  ])
})
