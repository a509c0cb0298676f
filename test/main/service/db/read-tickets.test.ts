import { describe, expect, test } from 'vitest'
import {
  createdAt,
  createdSql,
  listTickets,
  liveTicketsOf,
  queueCounts,
  queueIds,
  queueSql,
  readTicket,
  takenAt,
  takenSql,
  userNames,
} from '#service/db/read-tickets.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

const breaching = (id: number, organizationId: number, breachAt: number | null, status = 'open') =>
  aSighting(
    { id, organizationId, status },
    { clocks: [{ metric: 'next_reply_time', stage: breachAt === null ? 'paused' : 'active', breachAt }] },
  )

function databaseWith(...sightings: Parameters<typeof storeTicket>[1][]) {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  for (const sighting of sightings) storeTicket(db, sighting, wednesday)
  return db
}

describe('the queue', () => {
  const db = () =>
    databaseWith(
      breaching(1, 1, wednesday + 3 * hourMs),
      breaching(2, 2, wednesday + hourMs),
      breaching(3, 1, wednesday - hourMs),
      breaching(4, 1, null),
      breaching(5, 2, null),
      breaching(6, 1, wednesday - 2 * hourMs, 'solved'),
      breaching(7, 3, wednesday - 9 * hourMs),
      breaching(8, 2, wednesday + hourMs),
    )

  test('is the live tickets of the asked accounts, next breach first, newest first where no clock runs', () => {
    expect(queueIds(db(), [1, 2], 100, 0)).toEqual([3, 2, 8, 1, 5, 4])
    expect(queueIds(db(), [2], 100, 0)).toEqual([2, 8, 5])
    expect(queueIds(db(), [], 100, 0)).toEqual([])
  })

  test('is the same in pages of any size', () => {
    const stored = db()
    const whole = queueIds(stored, [1, 2], 100, 0)
    for (const size of [1, 2, 3, 5, 6]) {
      const pages = Array.from({ length: 8 }, (_, page) => queueIds(stored, [1, 2], size, page * size))
      expect(pages.flat()).toEqual(whole)
    }
  })

  test('knows how many there are and how many have breached, the present instant included', () => {
    expect(queueCounts(db(), [1, 2], wednesday)).toEqual({ total: 6, breached: 1 })
    expect(queueCounts(db(), [1, 2], wednesday + hourMs)).toEqual({ total: 6, breached: 3 })
    expect(queueCounts(db(), [1, 2], wednesday + hourMs - 1)).toEqual({ total: 6, breached: 1 })
    expect(queueCounts(db(), [], wednesday)).toEqual({ total: 0, breached: 0 })
    expect(liveTicketsOf(db(), 1)).toBe(3)
  })

  test('is read from its index, without sorting', () => {
    const plan = db()
      .prepare<[number, number], { detail: string }>(`EXPLAIN QUERY PLAN ${queueSql}`)
      .all(1, 10)
      .map((step) => step.detail)
    expect(plan).toEqual([
      expect.stringContaining('USING INDEX tickets_queue (organization_id=? AND next_breach_at>?)'),
    ])
    expect(plan.join()).not.toContain('TEMP B-TREE')
  })
})

test('a ticket is read with names and clocks, running ones first, paused ones last', () => {
  const clocks = [
    { metric: 'z', stage: 'paused', breachAt: null },
    { metric: 'b', stage: 'active', breachAt: 200 },
    { metric: 'a', stage: 'active', breachAt: 100 },
  ]
  const db = databaseWith(aSighting({ tags: ['ci'], ccIds: [501, 7], followerIds: [12] }, { clocks }))
  storeUsers(db, [{ id: 501, name: 'Carla', role: 'end-user' }])
  expect(readTicket(db, 101)).toMatchObject({
    requesterName: 'Carla',
    assigneeName: null,
    tags: ['ci'],
    ccIds: [501, 7],
    followerIds: [12],
    commentsAsOf: null,
    clocks: [{ metric: 'a' }, { metric: 'b' }, { metric: 'z', breachAt: null }],
  })
  expect(userNames(db, [7, 501])).toEqual(['Carla'])
  expect(readTicket(db, 999)).toBeUndefined()
})

test('lists for scripts go by id, of one organization or all, with plain values', () => {
  const db = databaseWith(breaching(3, 1, 100), breaching(1, 1, null), breaching(2, 2, null))
  const ids = (filter: Partial<Parameters<typeof listTickets>[1]>) =>
    listTickets(db, { afterId: 0, limit: 10, organizationId: undefined, ...filter }).map((ticket) => ticket.id)
  expect(ids({})).toEqual([1, 2, 3])
  expect(ids({ afterId: 1, limit: 1 })).toEqual([2])
  expect(ids({ organizationId: 1 })).toEqual([1, 3])
  expect(listTickets(db, { afterId: 2, limit: 1, organizationId: undefined })[0]).toMatchObject({
    id: 3,
    organizationId: 1,
    clocks: [{ metric: 'next_reply_time', stage: 'active', breachAt: 100 }],
  })
})

describe('what a person took', () => {
  const taken = (id: number, organizationId: number | null, at: number | null, assigneeId = 11) =>
    aSighting({ id, organizationId, assigneeId }, { takenAt: at })

  test('is what is assigned to them outside of accounts with an ASE, from the first instant to before the last', () => {
    const db = databaseWith(
      taken(1, 90, 100),
      taken(2, null, 199),
      taken(3, 90, 200),
      taken(4, 90, 99),
      taken(5, 1, 150),
      taken(6, 90, 150, 12),
      taken(7, 90, null),
    )
    expect(takenAt(db, 11, 100, 200)).toEqual([100, 199])
  })

  test('includes tickets of an account that has no ASE', () => {
    const db = databaseWith(taken(1, 3, 150))
    expect(takenAt(db, 11, 100, 200)).toEqual([])
    const workspace = aWorkspace()
    storeWorkspace(db, { ...workspace, accounts: workspace.accounts.map((account) => ({ ...account, aseId: null })) })
    expect(takenAt(db, 11, 100, 200)).toEqual([150])
  })

  test('is read from its index alone, over the window alone and without sorting', () => {
    const plan = planOf(databaseWith(), takenSql)
    expect(plan[0]).toContain('USING COVERING INDEX tickets_taken (assignee_id=? AND taken_at>? AND taken_at<?)')
    expect(plan.join()).not.toMatch(/SCAN tickets|TEMP B-TREE/)
  })
})

describe('when tickets of an account were opened', () => {
  test('is told in order, from the first instant to before the last, whatever became of them', () => {
    const opened = (id: number, createdAtMs: number, organizationId = 1, status = 'open') =>
      aSighting({ id, organizationId, createdAt: createdAtMs, status })
    const db = databaseWith(
      opened(1, 300),
      opened(2, 100, 1, 'closed'),
      opened(3, 199),
      opened(4, 200),
      opened(5, 99),
      opened(6, 150, 2),
    )
    expect(createdAt(db, 1, 100, 200)).toEqual([100, 199])
  })

  test('is read from the index alone', () => {
    expect(planOf(databaseWith(), createdSql)).toEqual([
      expect.stringContaining('COVERING INDEX tickets_created (organization_id=? AND created_at>? AND created_at<?)'),
    ])
  })
})

function planOf(db: ReturnType<typeof databaseWith>, sql: string): string[] {
  return db
    .prepare<[number, number, number], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(1, 10, 20)
    .map((step) => step.detail)
}
