import { expect, test } from 'vitest'
import { listCursors, readCursor, writeCursor } from '#service/db/cursors.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'

const unread = { watermark: null, passCursor: null, passWatermark: null, completedAt: null, problem: null }

test('a stream that was never read has no watermark', () => {
  expect(readCursor(memoryDatabase(), 'zendesk', 'organization:1')).toEqual(unread)
})

test('only what is named changes', () => {
  const db = memoryDatabase()
  writeCursor(db, 'zendesk', 'organization:1', { watermark: 5, passCursor: 'c', passWatermark: 6 })
  writeCursor(db, 'zendesk', 'organization:1', { problem: 'It is off.', passCursor: null })
  expect(readCursor(db, 'zendesk', 'organization:1')).toEqual({
    ...unread,
    watermark: 5,
    passWatermark: 6,
    problem: 'It is off.',
  })
})

test('streams of the same name belong to different sources, Zendesk’s listed first', () => {
  const db = memoryDatabase()
  writeCursor(db, 'gitlab', 'label:1', { completedAt: 1 })
  writeCursor(db, 'zendesk', 'label:1', { completedAt: 2 })
  writeCursor(db, 'zendesk', 'assigned-to-me', {})
  expect(listCursors(db).map(({ source, scope, completedAt }) => [source, scope, completedAt])).toEqual([
    ['zendesk', 'assigned-to-me', null],
    ['zendesk', 'label:1', 2],
    ['gitlab', 'label:1', 1],
  ])
})
