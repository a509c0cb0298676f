import { expect, test } from 'vitest'
import { readStoredMeeting, storeMeeting } from '#service/db/return-meetings.ts'
import { lastLesson } from '#service/handoffs/last-lesson.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { dayMs, wednesday } from '#test/support/work-values.ts'
import { decideRows } from '#test/support/wrap-up-setting.ts'

/** What Acme's handoff for an absence two weeks later starts from. */
function lessons(db: ReturnType<typeof memoryDatabase>, startsAt = wednesday + 14 * dayMs) {
  return lastLesson(db, { id: 'next--1', accountId: 1, startsAt }, 'Europe/Berlin')
}

function learned(db: ReturnType<typeof memoryDatabase>, id: string, at: number, missing: string, accountId = 1) {
  storeMeeting(db, { ...readStoredMeeting(db, { id, accountId }), startedAt: at, settledAt: at, missing })
}

test('a handoff starts from what was missing in the last one of its account, and what of it fired', () => {
  const db = memoryDatabase()
  expect(lessons(db)).toEqual([])
  learned(db, 'first--1', wednesday - 30 * dayMs, 'Contacts')
  learned(db, 'last--1', wednesday, 'How to roll back')
  learned(db, 'last--2', wednesday + dayMs, 'Of another account', 2)
  decideRows(db, { id: 'last--1', accountId: 1 }, wednesday, {
    ...{ kind: 'contingency-fired', words: 'If it is back, then restart it', decision: 'know' },
  })
  const from = 'The return meeting of 2026-11-18'
  expect(lessons(db)).toEqual([
    { words: 'Last time was missing: How to roll back', from },
    { words: 'Fired last time: #101 Runners time out: If it is back, then restart it', from },
  ])
})

test('of meetings about its own absence, or held later, nothing is said', () => {
  const db = memoryDatabase()
  learned(db, 'next--1', wednesday, 'Its own')
  learned(db, 'later--1', wednesday + 20 * dayMs, 'Later')
  storeMeeting(db, { ...readStoredMeeting(db, { id: 'never--1', accountId: 1 }), missing: 'Never held' })
  expect(lessons(db)).toEqual([])
})
