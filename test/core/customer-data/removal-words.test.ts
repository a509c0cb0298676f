import { expect, test } from 'vitest'
import { removalWords } from '#core/customer-data/removal-words.ts'

const done = {
  removedAt: Date.UTC(2026, 11, 5, 8),
  removed: { tickets: 212, messages: 1904, people: 41 },
  left: 0,
  staying: 0,
  timeZone: 'Europe/Berlin',
}

test('says when how much was removed, and that nothing was found afterwards', () => {
  expect(removalWords(done)).toBe(
    'Removed on 5 Dec 2026: 212 tickets, 1,904 messages, 41 people. Looked for afterwards: nothing was left.',
  )
})

test('counts one as one, and goes by the clock of who reads it', () => {
  const words = removalWords({
    ...done,
    removedAt: Date.UTC(2026, 11, 5, 23, 30),
    removed: { tickets: 1, messages: 0, people: 1 },
  })
  expect(words).toBe('Removed on 6 Dec 2026: 1 ticket, 0 messages, 1 person. Looked for afterwards: nothing was left.')
})

test('says what stays, and what was found', () => {
  expect(removalWords({ ...done, staying: 2 })).toMatch(/ 2 tickets that are assigned to you stay until solved\.$/)
  expect(removalWords({ ...done, staying: 1 })).toMatch(/ 1 ticket that is assigned to you stays until solved\.$/)
  expect(removalWords({ ...done, left: 3 })).toContain('Looked for afterwards: 3 traces were left.')
})
