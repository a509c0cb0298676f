import { expect, test } from 'vitest'
import {
  assigneeChangesSince,
  becameEmergencyAt,
  changesSql,
  endingSql,
  liveSql,
  liveTickets,
  nextEndAfter,
  nextEndSql,
  openedSql,
  publicMessagesSince,
  readAlertingTicket,
  readLooked,
  ticketEventsAfter,
  ticketsEnding,
  ticketsOpenedAfter,
  wasClockSetAfter,
  writeLooked,
  type LiveTicket,
} from '#service/db/alert-sources.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { storeAudits } from '#service/db/store-audits.ts'
import { storeComments } from '#service/db/store-comments.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aComment, anIssue, aSighting, aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

const clock = (breachAt: number | null, metric = 'first_reply_time') => ({ metric, stage: 'active', breachAt })

function store(db: WriteDb, id: number, ends: readonly (number | null)[] = [], more: object = {}) {
  const clocks = ends.map((end, index) => clock(end, `metric_${index}`))
  storeTicket(db, aSighting({ id, ...more }, { clocks }), wednesday)
}

const planOf = (db: WriteDb, sql: string, ...values: number[]) =>
  (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[])
    .map(({ detail }) => detail)
    .join('; ')

test('no look at deadlines or at an account walks through all tickets or clocks', () => {
  const db = memoryDatabase()
  const plans = [
    planOf(db, endingSql, 0, 0, 1, 1),
    planOf(db, nextEndSql, 0),
    planOf(db, liveSql, 1, 0, 0, 1),
    planOf(db, openedSql, 1, 0, 0, 1),
  ]
  expect(plans[0]).toMatch(/SEARCH sla_clocks USING COVERING INDEX sla_clocks_end/)
  expect(plans[1]).toMatch(/SEARCH sla_clocks USING COVERING INDEX sla_clocks_end/)
  expect(plans[2]).toMatch(/SEARCH tickets USING INDEX tickets_queue/)
  expect(plans[3]).toMatch(/SEARCH tickets USING COVERING INDEX tickets_created/)
  for (const plan of plans) expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
})

test('when a ticket became an emergency is read from what was recorded of it, by index: the last time counts', () => {
  const db = memoryDatabase()
  const mark = { by: 'tag', value: 'emergency' } as const
  const tell = (after: number, more: object) => store(db, 1, [], { updatedAt: wednesday + after, ...more })
  tell(0, { tags: ['emergency'] })
  expect(becameEmergencyAt(db, 1, mark)).toBeNull()
  tell(1, { tags: [] })
  tell(2, { tags: ['ci'], priority: 'urgent' })
  tell(3, { tags: ['ci', 'emergency'], organizationId: 2 })
  tell(4, { tags: ['emergency'], organizationId: 2, formId: 47 })
  store(db, 2, [], { updatedAt: wednesday + 9, tags: ['emergency'] })
  expect(becameEmergencyAt(db, 1, mark)).toBe(wednesday + 3)
  expect(becameEmergencyAt(db, 1, { by: 'priority', value: 'urgent' })).toBe(wednesday + 2)
  expect(becameEmergencyAt(db, 1, { by: 'form', value: '47', name: null })).toBe(wednesday + 4)
  const [plan] = db.prepare(`EXPLAIN QUERY PLAN ${changesSql}`).all('ticket:1') as { detail: string }[]
  expect(plan?.detail).toMatch(/^SEARCH events USING INDEX events_subject/)
})

test('clocks that end within a stretch come page by page, also many of one instant', () => {
  const db = memoryDatabase()
  const at = wednesday + hourMs
  store(db, 1, [at - 1])
  for (const id of [2, 3, 4]) store(db, id, [at])
  store(db, 5, [at + 1, at + 2])
  const first = ticketsEnding(db, { at: at - 1, ticketId: 9 }, at, 2)
  expect(first).toEqual([
    { ticketId: 2, at },
    { ticketId: 3, at },
  ])
  expect(ticketsEnding(db, first[1] ?? { at, ticketId: 0 }, at, 2)).toEqual([{ ticketId: 4, at }])
  expect([nextEndAfter(db, at - 2), nextEndAfter(db, at), nextEndAfter(db, at + 2)]).toEqual([at - 1, at + 1, null])
})

test('all live tickets of an account come page by page, those with a clock first', () => {
  const db = memoryDatabase()
  for (const id of [1, 2, 3]) store(db, id, [wednesday + id])
  for (const id of [4, 5]) store(db, id)
  store(db, 6, [wednesday], { status: 'solved' })
  store(db, 7, [wednesday], { organizationId: 2 })
  const seen: number[] = []
  let last: LiveTicket | null = null
  for (;;) {
    const page: LiveTicket[] = liveTickets(db, 1, last, 2)
    last = page.at(-1) ?? null
    if (!last) break
    seen.push(...page.map(({ id }) => id))
  }
  expect(seen).toEqual([1, 2, 3, 4, 5])
})

test('tickets opened since an instant come oldest first', () => {
  const db = memoryDatabase()
  for (const id of [1, 2, 3]) store(db, id, [], { createdAt: wednesday + id })
  const after = (createdAt: number, id = 0) => ticketsOpenedAfter(db, 1, { createdAt, id }, 10).map((one) => one.id)
  expect(after(wednesday)).toEqual([1, 2, 3])
  expect(after(wednesday + 2)).toEqual([2, 3])
  expect(after(wednesday + 2, 2)).toEqual([3])
})

test('what happened to tickets is told with the account they belong to now', () => {
  const db = memoryDatabase()
  store(db, 1)
  storeTicket(
    db,
    aSighting({ id: 1, organizationId: 2, updatedAt: wednesday + 1, generatedAt: wednesday + 1 }),
    wednesday,
  )
  const { events, lastSeq } = ticketEventsAfter(db, 0, 10)
  expect(events.map(({ kind, ticketId, accountId }) => [kind, ticketId, accountId])).toEqual([
    ['ticket-created', 1, 2],
    ['ticket-moved', 1, 2],
  ])
  expect(ticketEventsAfter(db, lastSeq ?? 0, 10)).toEqual({ events: [], issues: [], lastSeq: null })
})

test('a ticket of no account is told of as well, and issues that were closed, each once', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  store(db, 1, [], { organizationId: null })
  const tell = (after: number, parts: object) =>
    storeIssue(db, 1, anIssue({ updatedAt: wednesday + after, ...parts }), wednesday)
  tell(0, {})
  tell(1, { state: 'closed' })
  tell(2, { state: 'closed', title: 'Upgrade to 19.1' })
  tell(3, {})
  const { events, issues } = ticketEventsAfter(db, 0, 10)
  expect(events).toMatchObject([{ ticketId: 1, accountId: null }])
  expect(issues).toEqual(['issue:7/3'])
})

test('whether a clock was set later is read from what was recorded: one the ticket came with was not', () => {
  const db = memoryDatabase()
  const isLater = (breachAt: number) => wasClockSetAfter(db, 1, clock(breachAt, 'metric_0'), wednesday)
  store(db, 1, [wednesday + 1])
  expect(isLater(wednesday + 1)).toBe(false)
  store(db, 1, [wednesday + 2], { updatedAt: wednesday + 1, generatedAt: wednesday + 1 })
  expect([isLater(wednesday + 1), isLater(wednesday + 2)]).toEqual([false, true])
})

test('a ticket tells whether it is live, and its public messages without the first', () => {
  const db = memoryDatabase()
  store(db, 101, [wednesday], { tags: ['emergency'] })
  storeUsers(db, [{ id: 501, name: 'Carla', role: 'end-user' }])
  const at = (id: number, more: object = {}) => aComment({ id, createdAt: wednesday + id, ...more })
  storeComments(db, [at(1), at(2), at(3, { public: false }), at(4, { authorId: 12 })])
  expect(readAlertingTicket(db, 101)).toMatchObject({
    live: true,
    tags: ['emergency'],
    conversationRead: false,
    accountId: 1,
  })
  expect(readAlertingTicket(db, 1)).toBeUndefined()
  expect(publicMessagesSince(db, 101, 0).map(({ id, authorRole }) => [id, authorRole])).toEqual([
    [2, 'end-user'],
    [4, null],
  ])
  expect(publicMessagesSince(db, 101, wednesday + 3).map(({ id }) => id)).toEqual([4])
})

test('who a ticket was taken from is in its history', () => {
  const db = memoryDatabase()
  store(db, 101)
  const change = { kind: 'changed' as const, field: 'assignee_id', from: 12, to: 13, public: null }
  const audit = { ticketId: 101, authorId: 14, createdAt: wednesday }
  storeAudits(db, [
    { ...audit, id: 1, changes: [change] },
    { ...audit, id: 2, changes: [{ ...change, field: 'status', from: 'new', to: 'open' }] },
    { ...audit, id: 3, changes: [{ ...change, kind: 'created', from: null }] },
  ])
  expect(assigneeChangesSince(db, 101, wednesday)).toEqual([{ id: 1, at: wednesday, authorId: 14, from: 12, to: 13 }])
  expect(assigneeChangesSince(db, 101, wednesday + 1)).toEqual([])
})

test('how far was looked is kept', () => {
  const db = memoryDatabase()
  expect(readLooked(db)).toBeNull()
  const looked = { first: 1, seq: 2, until: 3, accounts: { 1: 'basis' }, reassigned: [101], unread: [102] }
  writeLooked(db, looked, wednesday)
  expect(readLooked(db)).toEqual(looked)
})
