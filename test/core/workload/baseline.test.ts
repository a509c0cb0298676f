import { expect, test } from 'vitest'
import { measuredBaseline } from '#core/workload/baseline.ts'
import { dayMs, wednesday } from '#test/support/work-values.ts'

const policy = { cleanWeeks: 8, lookBackWeeks: 26, outlierDeviations: 3, workingDays: [1, 2, 3, 4, 5], source: 'ours' }
const weekMs = 7 * dayMs

/** Weeks of these counts, latest first. */
function weeksOf(...taken: number[]) {
  return taken.map((count, index) => ({
    week: `${index + 1} before`,
    startsAt: wednesday - (index + 1) * weekMs,
    endsAt: wednesday - index * weekMs,
    taken: count,
  }))
}

test('the baseline is the mean of the last eight weeks', () => {
  const measured = measuredBaseline(weeksOf(10, 12, 14, 12, 12, 12, 12, 12, 99, 99), [], policy)
  expect(measured?.perWeek).toBe(12)
  expect(measured?.weeks.map((week) => week.week)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((number) => `${number} before`))
})

test('weeks with an absence or a coverage in them are passed over, however short it was', () => {
  const weeks = weeksOf(50, 10, 50, 10, 10, 10, 10, 10, 10, 10, 99)
  const busy = [
    { startsAt: wednesday - dayMs, endsAt: wednesday },
    { startsAt: wednesday - 3 * weekMs, endsAt: wednesday - 3 * weekMs + 1 },
  ]
  const measured = measuredBaseline(weeks, busy, policy)
  expect(measured?.perWeek).toBe(10)
  expect(measured?.weeks).toHaveLength(8)
  expect(measured?.weeks[0]?.week).toBe('2 before')
})

test('a window that only touches a week leaves it clean', () => {
  const touching = [{ startsAt: wednesday - 2 * weekMs, endsAt: wednesday - weekMs }]
  expect(measuredBaseline(weeksOf(8), touching, policy)?.perWeek).toBe(8)
})

test('fewer clean weeks than asked for are used as they are', () => {
  expect(measuredBaseline(weeksOf(3, 4), [], policy)).toMatchObject({ perWeek: 3.5, weeks: { length: 2 } })
})

test('without a single clean week there is no baseline', () => {
  expect(measuredBaseline(weeksOf(3, 4), [{ startsAt: 0, endsAt: wednesday }], policy)).toBeNull()
  expect(measuredBaseline([], [], policy)).toBeNull()
})

test('weeks before the look-back are not touched, and weeks in which nothing was taken count', () => {
  expect(measuredBaseline(weeksOf(0, 0, 30), [], { ...policy, lookBackWeeks: 2 })?.perWeek).toBe(0)
  expect(measuredBaseline(weeksOf(0, 10), [], policy)?.perWeek).toBe(5)
})

const outliersOf = (...taken: number[]) =>
  measuredBaseline(weeksOf(...taken), [], policy)?.weeks.flatMap((week) => (week.outlier ? [week.taken] : []))

test('a week far from the others is marked and stays in the mean', () => {
  const measured = measuredBaseline(weeksOf(10, 12, 14, 12, 11, 13, 12, 52), [], policy)
  expect(measured?.perWeek).toBe(17)
  expect(measured?.weeks.map(({ outlier }) => outlier)).toEqual([...Array<boolean>(7).fill(false), true])
  expect(outliersOf(12, 11, 13, 10, 14, 12, 12, 0)).toEqual([0])
})

test('far is more than three median deviations, and at least more than three tickets', () => {
  // The median is 12 and the median deviation 2.
  expect(outliersOf(10, 14, 10, 14, 12, 18, 12)).toEqual([])
  expect(outliersOf(10, 14, 10, 14, 12, 19, 12)).toEqual([19])
  expect(outliersOf(12, 12, 12, 12, 12, 12, 12, 15)).toEqual([])
  expect(outliersOf(12, 12, 12, 12, 12, 12, 12, 16)).toEqual([16])
  expect(outliersOf(0, 90)).toEqual([])
  const loose = measuredBaseline(weeksOf(10, 14, 10, 14, 12, 19, 12), [], { ...policy, outlierDeviations: 4 })
  expect(loose?.weeks.some(({ outlier }) => outlier)).toBe(false)
})
