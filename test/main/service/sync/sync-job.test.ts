import { expect, test } from 'vitest'
import { dueAfter } from '#service/sync/sync-job.ts'
import { hourMs, wednesday } from '#test/support/work-values.ts'

test('what was completed is due again after its time; never completed, or by a clock that was ahead, it is due now', () => {
  expect(dueAfter(wednesday - 1, hourMs, wednesday)).toBe(wednesday - 1 + hourMs)
  expect(dueAfter(wednesday, hourMs, wednesday)).toBe(wednesday + hourMs)
  expect(dueAfter(null, hourMs, wednesday)).toBe(0)
  expect(dueAfter(wednesday + 1, hourMs, wednesday)).toBe(0)
})
