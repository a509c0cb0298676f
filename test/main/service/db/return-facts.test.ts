import { expect, test } from 'vitest'
import { touchedSql, touchedTickets } from '#service/db/return-facts.ts'
import { transaction } from '#service/db/sql.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { settleFate } from '#service/db/ticket-fates.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, dayMs, wednesday } from '#test/support/work-values.ts'

const window = { startsAt: wednesday, endsAt: wednesday + 2 * dayMs }

test('what can have happened to an account is about tickets that changed, are open, ended unseen or left', () => {
  const db = memoryDatabase()
  const old = wednesday - 5 * dayMs
  const store = (id: number, parts: object, at = wednesday) =>
    transaction(db, () => storeTicket(db, aSighting({ id, createdAt: old, updatedAt: old, ...parts }), at))
  store(1, {})
  store(2, { status: 'solved' })
  store(3, { status: 'solved', updatedAt: wednesday })
  store(4, { organizationId: 2 })
  store(5, {})
  store(5, { organizationId: 2, updatedAt: wednesday + 1, generatedAt: wednesday + 1 })
  store(6, {})
  transaction(db, () => settleFate(db, 6, 'deleted', wednesday + 1))
  store(7, { createdAt: window.endsAt, updatedAt: window.endsAt })
  expect(touchedTickets(db, 1, window).map(({ id }) => id)).toEqual([1, 3, 5, 6])
})

test('is found by index, however many tickets and events there are', () => {
  const plan = memoryDatabase()
    .prepare<object, { detail: string }>(`EXPLAIN QUERY PLAN ${touchedSql}`)
    .all({ accountId: 1, ...window })
    .map(({ detail }) => detail)
    .join('; ')
  expect(plan).not.toMatch(/SCAN (?:tickets|events|t)\b(?! USING)/)
})
