import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jittered, pollEveryMs, share, type PaceNeeds } from '#service/sync/poll-pace.ts'
import { wednesday } from '#test/support/work-values.ts'

const minuteMs = 60_000
const needs = (parts: Partial<PaceNeeds> = {}): PaceNeeds => ({
  wishMs: minuteMs,
  requests: 1,
  perMinute: 20,
  budget: null,
  now: wednesday,
  ...parts,
})

describe('polls come', () => {
  test('as often as a person wishes, while that takes half of our own cap at most', () => {
    expect(pollEveryMs(needs())).toBe(minuteMs)
    expect(pollEveryMs(needs({ requests: 10 }))).toBe(minuteMs)
    expect(pollEveryMs(needs({ requests: 200, perMinute: null }))).toBe(minuteMs)
    expect(pollEveryMs(needs({ requests: 2, wishMs: 5 * minuteMs }))).toBe(5 * minuteMs)
  })

  test('less often the more accounts there are to ask for', () => {
    expect([11, 30, 200].map((requests) => pollEveryMs(needs({ requests })))).toEqual([66_000, 180_000, 1_200_000])
    expect(pollEveryMs(needs({ requests: 5, perMinute: 1 }))).toBe(10 * minuteMs)
  })

  test.each([
    [700, 1],
    [234, 1],
    [233, 2],
    [117, 2],
    [116, 4],
    [0, 4],
  ])('with %d left of the 700 that all of the company share, every %d minutes', (remaining, minutes) => {
    const budget = { limit: 700, remaining, asOf: wednesday }
    expect(pollEveryMs(needs({ budget }))).toBe(minutes * minuteMs)
    expect(pollEveryMs(needs({ budget, requests: 30 }))).toBe(3 * minutes * minuteMs)
  })

  test('at their own pace again when it is long ago that a little was left, or nobody says of how much', () => {
    const budget = { limit: 700, remaining: 0, asOf: wednesday }
    expect(pollEveryMs(needs({ budget, now: wednesday + 2 * minuteMs }))).toBe(4 * minuteMs)
    expect(pollEveryMs(needs({ budget, now: wednesday + 2 * minuteMs + 1 }))).toBe(minuteMs)
    expect(pollEveryMs(needs({ budget: { ...budget, limit: 0 } }))).toBe(minuteMs)
  })
})

describe('an interval is a tenth shorter at most, and never longer', () => {
  test('whatever the seed and the instant, and the same for the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.nat({ max: 2 ** 43 }), (seed, at) => {
        expect(jittered(minuteMs, seed, at)).toBeLessThanOrEqual(minuteMs)
        expect(jittered(minuteMs, seed, at)).toBeGreaterThanOrEqual(0.9 * minuteMs)
        expect(jittered(minuteMs, seed, at)).toBe(jittered(minuteMs, seed, at))
        expect(share(seed, at)).toBeLessThan(1)
        expect(share(seed, at)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('and another one for each Understudy and each poll, over the whole width', () => {
    const seeds = Array.from({ length: 1000 }, (_, seed) => jittered(minuteMs, seed, wednesday))
    const polls = Array.from({ length: 1000 }, (_, poll) => jittered(minuteMs, 1, wednesday + poll * minuteMs))
    for (const intervals of [seeds, polls]) {
      expect(Math.min(...intervals)).toBeLessThan(54_250)
      expect(Math.max(...intervals)).toBeGreaterThan(59_750)
      for (let tenth = 54_000; tenth < 60_000; tenth += 600) {
        const within = intervals.filter((each) => each >= tenth && each < tenth + 600)
        expect(Math.abs(within.length - 100)).toBeLessThan(50)
      }
    }
  })
})
