import { expect, test } from 'vitest'
import {
  changeLookUp,
  dueLookUps,
  endLookUp,
  endLookUpsOfListed,
  nextLookUpAt,
  noteLookUps,
} from '#service/db/look-ups.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, wednesday } from '#test/support/work-values.ts'

function withTickets() {
  const db = memoryDatabase()
  for (const id of [1, 2, 3]) storeTicket(db, aSighting({ id, status: id === 3 ? 'open' : 'solved' }), wednesday)
  return db
}

test('tickets are looked up at once, unsolved ones first, each once however often it is missed', () => {
  const db = withTickets()
  expect(nextLookUpAt(db)).toBeNull()
  noteLookUps(db, [1, 2, 3], 'not-listed')
  noteLookUps(db, [1], 'gone')
  expect(nextLookUpAt(db)).toBe(0)
  expect(dueLookUps(db, wednesday, 2)).toEqual([
    { ticketId: 3, why: 'not-listed' },
    { ticketId: 1, why: 'not-listed' },
  ])
})

test('one that is put off waits, and nobody waits for it', () => {
  const db = withTickets()
  noteLookUps(db, [1, 2], 'gone')
  changeLookUp(db, 1, { notBefore: wednesday + 5, why: 'merged' })
  noteLookUps(db, [1], 'gone')
  expect(dueLookUps(db, wednesday, 9)).toEqual([{ ticketId: 2, why: 'gone' }])
  endLookUp(db, 2)
  expect(nextLookUpAt(db)).toBe(wednesday + 5)
  expect(dueLookUps(db, wednesday + 5, 9)).toEqual([{ ticketId: 1, why: 'merged' }])
})

test('a ticket that is listed after all is looked up only where the list was the reason', () => {
  const db = withTickets()
  noteLookUps(db, [1, 3], 'not-listed')
  noteLookUps(db, [2], 'merged')
  endLookUpsOfListed(db, [1, 2])
  expect(dueLookUps(db, wednesday, 9).map(({ ticketId }) => ticketId)).toEqual([3, 2])
})

test('a ticket that is not stored is not looked up, and one that goes takes its look-up along', () => {
  const db = withTickets()
  noteLookUps(db, [99], 'gone')
  expect(nextLookUpAt(db)).toBeNull()
  noteLookUps(db, [1], 'gone')
  db.prepare('DELETE FROM tickets WHERE id = 1').run()
  expect(nextLookUpAt(db)).toBeNull()
})
