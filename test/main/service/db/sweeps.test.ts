import { expect, test } from 'vitest'
import { storeTicket } from '#service/db/store-tickets.ts'
import { highestTicketId, listedTickets, liveTickets, lostTickets } from '#service/db/sweeps.ts'
import { settleFate } from '#service/db/ticket-fates.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, wednesday } from '#test/support/work-values.ts'

test('unsolved tickets come next breach first, whatever their customer; what is solved or gone is not among them', () => {
  const db = memoryDatabase()
  const clocks = (breachAt: number) => ({ clocks: [{ metric: 'next_reply_time', stage: 'active', breachAt }] })
  storeTicket(db, aSighting({ id: 1, organizationId: null }), wednesday)
  storeTicket(db, aSighting({ id: 2 }, clocks(wednesday + 9)), wednesday)
  storeTicket(db, aSighting({ id: 3, organizationId: 2 }, clocks(wednesday + 5)), wednesday)
  storeTicket(db, aSighting({ id: 4, status: 'solved' }, clocks(wednesday)), wednesday)
  storeTicket(db, aSighting({ id: 5 }, clocks(wednesday)), wednesday)
  settleFate(db, 5, 'deleted', wednesday)
  expect(liveTickets(db)).toEqual([
    { id: 3, organizationId: 2 },
    { id: 2, organizationId: 1 },
    { id: 1, organizationId: null },
  ])
})

test('tickets that may come back are those that were unsolved when they went, and not long ago', () => {
  const db = memoryDatabase()
  for (const id of [1, 2, 3, 4, 5]) storeTicket(db, aSighting({ id }), wednesday)
  storeTicket(db, aSighting({ id: 6, status: 'solved' }), wednesday)
  settleFate(db, 1, 'forbidden', wednesday + 10)
  settleFate(db, 2, 'deleted', wednesday + 10)
  settleFate(db, 3, 'deleted', wednesday + 9)
  settleFate(db, 4, 'archived', wednesday + 10)
  settleFate(db, 6, 'deleted', wednesday + 10)
  expect(lostTickets(db, wednesday + 10)).toEqual([2, 1])
})

test('a list ought to show what is stored of its organization between two ids, except what is known to be gone', () => {
  const db = memoryDatabase()
  expect(highestTicketId(db)).toBe(0)
  for (const id of [1, 2, 3, 4, 5, 9]) storeTicket(db, aSighting({ id }), wednesday)
  storeTicket(db, aSighting({ id: 6, organizationId: 2 }), wednesday)
  storeTicket(db, aSighting({ id: 7, status: 'closed' }), wednesday)
  settleFate(db, 4, 'archived', wednesday)
  expect(listedTickets(db, 1, 2, 7).map(({ id, status }) => `${id} ${status}`)).toEqual([
    '3 open',
    '5 open',
    '7 closed',
  ])
  expect(highestTicketId(db)).toBe(9)
})
