import { expect, test } from 'vitest'
import { leadTimesWords, readLeadTimes } from '#renderer/features/settings/lead-times.ts'

test.each([
  ['2 h, 30 min', [120, 30]],
  ['30min,2h', [120, 30]],
  ['90', [90]],
  ['1 h 30 min', [90]],
  ['1 day; 45 minutes', [1440, 45]],
  ['30 min, 30', [30]],
  ['7 days', [10_080]],
  ['', []],
  ['Never', []],
])('%j is read', (text, minutes) => {
  expect(readLeadTimes(text)).toEqual({ kind: 'read', minutes })
})

test.each([
  ['soon', '“soon” is no stretch of time. Write hours or minutes, like 2 h, 30 min.'],
  ['2 h, 3 weeks', '“3 weeks” is no stretch of time. Write hours or minutes, like 2 h, 30 min.'],
  ['1.5 h', '“1.5 h” is no stretch of time. Write hours or minutes, like 2 h, 30 min.'],
  ['-30', '“-30” is no stretch of time. Write hours or minutes, like 2 h, 30 min.'],
  ['0 min', '“0 min” is not between 1 minute and 7 days.'],
  ['8 days', '“8 days” is not between 1 minute and 7 days.'],
  ['1, 2, 3, 4, 5', 'Choose at most 4 times.'],
])('%j says what is wrong with it', (text, problem) => {
  expect(readLeadTimes(text)).toEqual({ kind: 'wrong', problem })
})

test('what is read is written so that it is read the same', () => {
  for (const minutes of [[], [1], [120, 30], [1530, 90, 59, 1], [10_080]]) {
    expect(readLeadTimes(leadTimesWords(minutes))).toEqual({ kind: 'read', minutes })
  }
  expect(leadTimesWords([1530, 120, 30])).toBe('1 day 1 h 30 min, 2 h, 30 min')
})
