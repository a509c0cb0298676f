import { expect, test } from 'vitest'
import { changesBetween, countEvents, listEvents, recordEvent } from '#service/db/events.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

test('events are listed in the order they were recorded, from any one on', () => {
  const db = memoryDatabase()
  for (const at of [30, 10, 20]) {
    recordEvent(db, { kind: 'ticket-changed', subject: 'ticket:1', at, changes: { status: { from: null, to: at } } })
  }
  expect(listEvents(db, 0, 10).map((event) => event.at)).toEqual([30, 10, 20])
  expect(listEvents(db, 1, 1)).toEqual([
    { seq: 2, kind: 'ticket-changed', subject: 'ticket:1', at: 10, changes: { status: { from: null, to: 10 } } },
  ])
  expect(countEvents(db)).toBe(3)
})

test('only watched fields that differ are changes', () => {
  const before = { a: 1, b: 'x', c: null as string | null }
  expect(changesBetween(before, { a: 2, b: 'x', c: 'y' }, ['a', 'b'])).toEqual({ a: { from: 1, to: 2 } })
  expect(changesBetween(before, { ...before }, ['a', 'b', 'c'])).toEqual({})
})
