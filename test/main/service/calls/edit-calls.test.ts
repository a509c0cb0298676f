import { expect, test } from 'vitest'
import { removeCall, restoreCall, saveCall, startCall, tickAction, todayOf } from '#service/calls/edit-calls.ts'
import { readCalls } from '#service/db/calls.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { storedCall } from '#test/support/call-setting.ts'
import { aCall } from '#test/support/call-values.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aSighting, aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

function setting() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  storeTicket(db, aSighting({ id: 5, organizationId: 1 }), wednesday)
  const time = { now: wednesday }
  const desk = { db, policy: policyOf('2025-04'), now: () => time.now, outbox: null }
  return { db, time, desk }
}

test('a call begun on a ticket is about it, of today where I am', () => {
  const { desk, time } = setting()
  time.now = Date.UTC(2026, 10, 18, 23, 30)
  expect(startCall(desk, { accountId: 1, ticketId: 5 })).toMatchObject({
    accountId: 1,
    filed: null,
    document: { about: 'tickets', day: '2026-11-19', tickets: [{ id: 5, how: 'internal' }], purpose: '' },
  })
  expect(todayOf(desk)).toBe('2026-11-19')
})

test('pressing twice leaves one draft, and one in which something stands is never taken over', () => {
  const { desk } = setting()
  const first = startCall(desk, { accountId: 1 })
  const again = startCall(desk, { accountId: 1, ticketId: 5 })
  expect(again).toMatchObject({ id: first.id, document: { about: 'tickets' } })
  saveCall(desk, { id: again.id, document: aCall(), updatedAt: again.updatedAt })
  expect(startCall(desk, { accountId: 1 }).id).not.toBe(first.id)
  expect(readCalls(desk.db, 1)).toHaveLength(2)
  expect(readCalls(desk.db, 2)).toEqual([])
})

test('what is no account or no ticket of it is refused', () => {
  const { desk } = setting()
  expect(() => startCall(desk, { accountId: 9 })).toThrow('Organization 9 is not followed')
  expect(() => startCall(desk, { accountId: 2, ticketId: 5 })).toThrow('#5 is no stored ticket of Borealis')
  expect(readCalls(desk.db, null)).toEqual([])
})

test('every save counts up, also when the clock went back, and one over another window’s is refused', () => {
  const { desk, time } = setting()
  const { id, updatedAt } = startCall(desk, { accountId: 1 })
  time.now -= hourMs
  const next = saveCall(desk, { id, document: aCall({ purpose: 'Mine' }), updatedAt })
  expect(next).toBeGreaterThan(updatedAt)
  expect(() => saveCall(desk, { id, document: aCall({ purpose: 'Late' }), updatedAt })).toThrow('in another window')
  expect(storedCall(desk, id).document.purpose).toBe('Mine')
})

test('a deleted draft comes back as it was, once', () => {
  const { desk } = setting()
  const { id, updatedAt } = startCall(desk, { accountId: 1 })
  saveCall(desk, { id, document: aCall(), updatedAt })
  const gone = removeCall(desk, id)
  expect(() => removeCall(desk, id)).toThrow('This call is not here')
  restoreCall(desk, gone)
  expect(restoreCall(desk, { ...gone, document: aCall({ purpose: 'Another' }) }).document).toEqual(aCall())
  expect(storedCall(desk, id).document).toEqual(aCall())
})

test('an action item is ticked in the call itself, and taken back', () => {
  const { desk } = setting()
  const { id, updatedAt } = startCall(desk, { accountId: 1 })
  saveCall(desk, { id, document: aCall(), updatedAt })
  tickAction(desk, { id, index: 0, done: true })
  expect(storedCall(desk, id).document.actions.map(({ done }) => done)).toEqual([true, true])
  tickAction(desk, { id, index: 0, done: false })
  expect(storedCall(desk, id).document.actions[0]?.done).toBe(false)
  expect(() => tickAction(desk, { id, index: 7, done: true })).toThrow('is not there any more')
})
