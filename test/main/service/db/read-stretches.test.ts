import { expect, test } from 'vitest'
import { writeCursor } from '#service/db/cursors.ts'
import { readStretches, unwatchedMs } from '#service/db/read-stretches.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

const all = { startsAt: 0, endsAt: 1e15 }
const begin = 1e12

test('what is read again and again is one stretch, and a longer pause begins another', () => {
  const db = memoryDatabase()
  const read = (at: number) => writeCursor(db, 'zendesk', 'organization:1', { completedAt: begin + at })
  for (const at of [0, 10, unwatchedMs, 5]) read(at)
  for (const at of [2 * unwatchedMs + 1, 2 * unwatchedMs + 9]) read(at)
  const stretches = readStretches(db, 'zendesk', 'organization:1', all)
  expect(stretches.map(({ startsAt, endsAt }) => [startsAt - begin, endsAt - begin])).toEqual([
    [0, unwatchedMs],
    [2 * unwatchedMs + 1, 2 * unwatchedMs + 9],
  ])
})

test('each stream has stretches of its own, and those of a window are read', () => {
  const db = memoryDatabase()
  writeCursor(db, 'zendesk', 'organization:1', { completedAt: begin })
  writeCursor(db, 'gitlab', 'label:1', { completedAt: begin + 1 })
  expect(readStretches(db, 'gitlab', 'label:1', all)).toEqual([{ startsAt: begin + 1, endsAt: begin + 1 }])
  expect(readStretches(db, 'gitlab', 'label:1', { startsAt: begin + 2, endsAt: begin + 3 })).toEqual([])
})

test('a failure, and streams that are about no account, leave no stretch', () => {
  const db = memoryDatabase()
  writeCursor(db, 'zendesk', 'organization:1', { problem: 'It is off.' })
  writeCursor(db, 'zendesk', 'conversations', { completedAt: begin })
  expect(db.prepare('SELECT * FROM read_stretches').all()).toEqual([])
})
