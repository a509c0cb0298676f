import { expect, test } from 'vitest'
import { ageWords, agoWords } from '#core/age-words.ts'

const minute = 60_000
const hour = 60 * minute

test('an age is told in the unit that says it shortest without hiding much', () => {
  expect([minute, 119 * minute, 2 * hour, 47 * hour, 48 * hour, 100 * hour].map(ageWords)).toEqual([
    '1 minute',
    '119 minutes',
    '2 hours',
    '47 hours',
    '2 days',
    '4 days',
  ])
})

test('what is less than a minute ago is just now, also what lies ahead by a clock that is a little off', () => {
  expect([-5000, 0, minute - 1, minute].map(agoWords)).toEqual(['just now', 'just now', 'just now', '1 minute ago'])
})
