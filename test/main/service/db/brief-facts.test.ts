import { expect, test } from 'vitest'
import { lastEvents, lastEventsSql, liveMarks, liveTicketIds, solvedSubjects } from '#service/db/brief-facts.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

function setUp() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const store = (ticket: Parameters<typeof aSighting>[0]) => storeTicket(db, aSighting(ticket), wednesday)
  store({ id: 101, tags: ['emergency', 'ci'], priority: 'urgent' })
  store({ id: 102, tags: ['ci'], createdAt: wednesday - 5 * hourMs })
  store({ id: 103, status: 'closed', subject: 'Gitaly down', tags: ['ci'] })
  store({ id: 104, status: 'solved', organizationId: 2, subject: 'Slow' })
  return { db, store }
}

test('the last events of some tickets come newest first, whatever happened to others', () => {
  const { db, store } = setUp()
  store({ id: 102, status: 'pending', updatedAt: wednesday + hourMs })
  store({ id: 104, status: 'closed', updatedAt: wednesday + 2 * hourMs })
  const found = lastEvents(db, [101, 102], 2)
  expect(found.map(({ subject, kind }) => [subject, kind])).toEqual([
    ['ticket:102', 'ticket-changed'],
    ['ticket:101', 'ticket-created'],
  ])
  expect(found[0]?.changes).toMatchObject({ status: { from: 'open', to: 'pending' } })
  expect(lastEvents(db, [], 5)).toEqual([])
})

test('events are found by index, so that a year of them costs nothing', () => {
  const plan = setUp().db.prepare<[string, number], { detail: string }>(`EXPLAIN QUERY PLAN ${lastEventsSql}`)
  const details = plan.all('[]', 5).map(({ detail }) => detail)
  expect(details).toContainEqual(expect.stringMatching(/SEARCH e USING INDEX events_subject/))
})

test('solved tickets are those that are solved or closed, the newest first', () => {
  expect(solvedSubjects(setUp().db, 10).map(({ id }) => id)).toEqual([104, 103])
  expect(solvedSubjects(setUp().db, 1).map(({ id }) => id)).toEqual([104])
})

test('live tickets of an organization are its unsolved ones', () => {
  expect(liveTicketIds(setUp().db, 1)).toEqual([101, 102])
})

test('marks are counted over the unsolved tickets', () => {
  expect(liveMarks(setUp().db).toSorted((a, b) => a.value.localeCompare(b.value))).toEqual([
    { by: 'tag', value: 'ci', tickets: 2 },
    { by: 'tag', value: 'emergency', tickets: 1 },
    { by: 'priority', value: 'normal', tickets: 1 },
    { by: 'priority', value: 'urgent', tickets: 1 },
  ])
})
