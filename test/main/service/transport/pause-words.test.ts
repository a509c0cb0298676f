import { describe, expect, test } from 'vitest'
import { budgetLow, endOfPause, ownPace } from '#service/transport/pause-words.ts'

/** 14:30:00 in Berlin, where these tests run. */
const now = Date.UTC(2026, 10, 21, 13, 30)
const minuteMs = 60_000

describe('the end of a pause', () => {
  test('is told to the second when it is near', () => {
    expect(endOfPause(now + 7001, now)).toBe('14:30:08')
  })

  test('is told as the minute at which it is over', () => {
    expect(endOfPause(now + 5 * minuteMs, now)).toBe('14:35')
    expect(endOfPause(now + 5 * minuteMs + 1, now)).toBe('14:36')
  })

  test('is told with the day when it is far', () => {
    expect(endOfPause(now + 20 * 60 * minuteMs, now)).toBe('Sun 22 Nov, 10:30')
  })
})

test('a cap and a budget are told with their figures', () => {
  expect(ownPace('GitLab', 1)).toBe('Understudy asks GitLab at most 1 time a minute, and that is reached.')
  expect(ownPace('GitLab', 20)).toBe('Understudy asks GitLab at most 20 times a minute, and that is reached.')
  expect(budgetLow('Zendesk', { limit: 700, remaining: 58, asOf: 0 })).toBe(
    'Little is left of what your company may ask of Zendesk at present (58 of 700); it is left to people and other tools.',
  )
  expect(budgetLow('Zendesk', null)).toBe(
    'Little is left of what your company may ask of Zendesk at present; it is left to people and other tools.',
  )
})
