import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Coverage } from '#core/people/people.ts'
import { expectedTickets, overloads, weekChange, type CoverWindow } from '#core/workload/what-if.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

const quarter = () => 0.25
const monday = Date.UTC(2026, 10, 16)
const weekMs = 7 * dayMs
const week = { week: '2026-W47', startsAt: monday, endsAt: monday + weekMs }
const days = [0, 1, 2, 3, 4].map((index) => ({
  weekday: index + 1,
  startsAt: monday + index * dayMs,
  endsAt: monday + (index + 1) * dayMs,
}))
const window = (accountId: number, from: number, to: number): CoverWindow => ({
  accountId,
  startsAt: monday + from * hourMs,
  endsAt: monday + to * hourMs,
})
const coverage = (accountId: number, from: number, to: number): Coverage => ({
  ...window(accountId, from, to),
  id: `${accountId}/${from}`,
  absenceId: 'away',
  coverId: 11,
})

describe('saying yes', () => {
  const change = (baselinePerWeek: number | null, windows: readonly CoverWindow[]) =>
    weekChange({ week, days, baselinePerWeek, coverages: [coverage(1, 0, 48)], windows, reductionOf: quarter })

  test('is shown for a week with the sum as it is and as it would be', () => {
    expect(change(12, [window(2, 24, 120)])).toEqual({
      week: '2026-W47',
      before: { value: expect.closeTo(10.8, 10) as number, words: '12/week → 2 days at 1.8 + 3 days at 2.4 = 10.8' },
      after: {
        value: expect.closeTo(8.4, 10) as number,
        words: '12/week → 1 day at 1.8 + 1 day at 1.2 + 3 days at 1.8 = 8.4',
      },
      possible: true,
    })
  })

  test('is impossible where it makes five accounts on a day', () => {
    const four = [2, 3, 4, 5].map((id) => window(id, 30, 40))
    expect(change(12, four).possible).toBe(false)
    expect(change(12, four.slice(1)).possible).toBe(true)
  })

  test('names shares where nobody knows what the engineer takes in a week', () => {
    expect(change(null, [window(2, 24, 120)])).toMatchObject({
      before: { value: 0, words: '2 days at 75 % + 3 days at 100 %' },
      after: { value: 0, words: '1 day at 75 % + 1 day at 50 % + 3 days at 75 %' },
    })
    const off = days.map((day) => ({ ...day, off: 'away' as const }))
    const away = { week, days: off, baselinePerWeek: null, coverages: [], windows: [], reductionOf: quarter }
    expect(weekChange(away).before.words).toBe('no working days')
  })
})

test('more than one engineer can cover is counted at the same instant, and an end makes room for a beginning', () => {
  const four = [1, 2, 3, 4].map((id) => window(id, 0, 10))
  expect(overloads([...four, window(5, 10, 20)], quarter)).toEqual([])
  expect(overloads([...four, window(5, 9, 20), window(5, 4, 8), window(4, 0, 10)], quarter)).toEqual([
    { startsAt: monday + 4 * hourMs, endsAt: monday + 8 * hourMs, accountIds: [1, 2, 3, 4, 5] },
    { startsAt: monday + 9 * hourMs, endsAt: monday + 10 * hourMs, accountIds: [1, 2, 3, 4, 5] },
  ])
})

const anyWindow = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 160 }), fc.integer({ min: 1, max: 90 }))
  .map(([accountId, from, hours]) => window(accountId, from, from + hours))

test('for any windows, what is more than one engineer can cover is what looking at every hour finds', () => {
  fc.assert(
    fc.property(
      fc.array(anyWindow, { maxLength: 14 }),
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 7, maxLength: 7 }),
      (windows, twentieths) => {
        const found = overloads(windows, (id) => (twentieths[id - 1] ?? 0) / 20)
        for (let hour = -1; hour < 260; hour += 1) {
          const at = monday + hour * hourMs
          const ids = new Set<number>()
          for (const each of windows) if (each.startsAt <= at && at < each.endsAt) ids.add(each.accountId)
          let taken = 0
          for (const id of ids) taken += twentieths[id - 1] ?? 0
          const here = found.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
          expect(here.map(({ accountIds }) => accountIds)).toEqual(
            taken > 20 ? [[...ids].toSorted((a, b) => a - b)] : [],
          )
        }
        for (const [index, { startsAt, endsAt }] of found.entries()) {
          expect(startsAt).toBeLessThan(endsAt)
          expect(startsAt).toBeGreaterThanOrEqual(found[index - 1]?.endsAt ?? 0)
        }
      },
    ),
    { numRuns: 1000 },
  )
})

test('for any windows, a week is what counting every hour of its days gives', () => {
  fc.assert(
    fc.property(fc.array(anyWindow, { maxLength: 5 }), fc.array(anyWindow, { maxLength: 5 }), (covered, windows) => {
      const slowly = (all: readonly CoverWindow[]) => {
        let quarters = 0
        let possible = true
        for (const day of days) {
          const ids = new Set<number>()
          for (let at = day.startsAt; at < day.endsAt; at += hourMs) {
            for (const each of all) if (each.startsAt <= at && at < each.endsAt) ids.add(each.accountId)
          }
          quarters += Math.max(0, 4 - ids.size)
          if (ids.size > 4) possible = false
        }
        return { allowed: (quarters * 12) / 20, possible }
      }
      const coverages = covered.map((each, index) => ({ ...each, id: `${index}`, absenceId: 'away', coverId: 11 }))
      const change = weekChange({ week, days, baselinePerWeek: 12, coverages, windows, reductionOf: quarter })
      const after = slowly([...covered, ...windows])
      expect(change.before.value).toBeCloseTo(slowly(covered).allowed, 9)
      expect(change.after.value).toBeCloseTo(after.allowed, 9)
      expect(change.possible).toBe(after.possible)
    }),
    { numRuns: 1000 },
  )
})

describe('tickets to expect', () => {
  const history = (weeks: number) => ({ startsAt: monday - weeks * weekMs, endsAt: monday })
  /** So many tickets on the Tuesday of each week before, latest first. */
  const tuesdays = (...counts: number[]) =>
    counts
      .flatMap((count, index) =>
        Array.from({ length: count }, (_, minute) => monday - (index + 1) * weekMs + dayMs + minute * 60_000),
      )
      .toSorted((a, b) => a - b)

  test('are what the same days of earlier weeks brought: the middle, and where eight of ten lie', () => {
    const counts = [3, 9, 1, 2, 5, 4, 0, 6, 7, 8]
    expect(expectedTickets(tuesdays(...counts), [window(1, 24, 48)], history(10))).toEqual({
      stretches: 10,
      middle: 4.5,
      low: 1,
      high: 8,
    })
    // On Wednesdays nothing came.
    expect(expectedTickets(tuesdays(...counts), [window(1, 48, 72)], history(10))).toMatchObject({ middle: 0, high: 0 })
  })

  test('are looked for only where the history reaches, and only before now', () => {
    const opened = tuesdays(1, 1, 1, 50)
    expect(expectedTickets(opened, [window(1, 24, 48)], history(3))).toMatchObject({ stretches: 3, high: 1 })
    expect(expectedTickets(opened, [window(1, 24, 48)], history(0))).toMatchObject({ stretches: 0, middle: 0 })
    const twoWeeks = { startsAt: monday, endsAt: monday + 2 * weekMs }
    expect(expectedTickets(opened, [twoWeeks], history(4))).toMatchObject({ stretches: 3, low: 2, middle: 2, high: 51 })
    // Of a window that is running, the part that is still to come is no history.
    expect(expectedTickets(opened, [{ startsAt: monday - dayMs, endsAt: monday + dayMs }], history(4)).stretches).toBe(
      3,
    )
  })

  test('for any history and windows are what counting one by one gives', () => {
    const hours = fc.array(fc.integer({ min: 0, max: 40 * 168 }), { maxLength: 120 })
    const anyWindows = fc.array(
      fc
        .tuple(fc.integer({ min: -300, max: 800 }), fc.integer({ min: 1, max: 500 }))
        .map(([from, length]) => window(1, from, from + length)),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(hours, anyWindows, fc.integer({ min: 0, max: 40 * 168 }), (ago, windows, known) => {
        const opened = ago.map((hour) => monday - (hour + 1) * hourMs).toSorted((a, b) => a - b)
        const from = monday - known * hourMs
        const counts: number[] = []
        for (let back = 1; back < 60; back += 1) {
          const moved = windows.map(
            ({ startsAt, endsAt }) => [startsAt - back * weekMs, endsAt - back * weekMs] as const,
          )
          if (moved.some(([startsAt, endsAt]) => startsAt < from || endsAt > monday)) continue
          counts.push(opened.filter((at) => moved.some(([startsAt, endsAt]) => at >= startsAt && at < endsAt)).length)
        }
        const found = expectedTickets(opened, windows, { startsAt: from, endsAt: monday })
        expect(found.stretches).toBe(counts.length)
        if (counts.length === 0) return
        const within = counts.filter((count) => count >= found.low && count <= found.high).length
        expect(within / counts.length).toBeGreaterThanOrEqual(0.8)
        expect(counts).toContain(found.low)
        expect(counts).toContain(found.high)
        // Narrower it would be too few: beyond either end lie no more than one of ten.
        expect(counts.filter((count) => count < found.low).length).toBeLessThanOrEqual(counts.length / 10)
        expect(counts.filter((count) => count <= found.low).length).toBeGreaterThan(Math.floor(counts.length / 10))
        expect(counts.filter((count) => count >= found.high).length).toBeGreaterThan(Math.floor(counts.length / 10))
        expect(counts.filter((count) => count <= found.middle).length).toBeGreaterThanOrEqual(counts.length / 2)
        expect(counts.filter((count) => count >= found.middle).length).toBeGreaterThanOrEqual(counts.length / 2)
      }),
      { numRuns: 1000 },
    )
  })
})
