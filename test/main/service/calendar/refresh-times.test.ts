import { expect, test } from 'vitest'
import { afterFailure, afterSuccess } from '#service/calendar/refresh-times.ts'

const minuteMs = 60_000
const minutes = (ms: number) => Math.round(ms / minuteMs)

test('what was read is read again after about an hour', () => {
  expect([0, 0.5, 1].map((random) => minutes(afterSuccess(() => random)))).toEqual([54, 60, 66])
})

test('what fails is tried less and less often, once a day in the end, and not before a host wants it', () => {
  const after = (failures: number, retryAfterMs: number | null = null) =>
    minutes(afterFailure(failures, retryAfterMs, () => 0.5))
  expect([1, 2, 3, 4, 8, 9, 1000].map((failures) => after(failures))).toEqual([10, 20, 40, 80, 1280, 1440, 1440])
  expect(after(1, 3 * 60 * minuteMs)).toBe(180)
})
