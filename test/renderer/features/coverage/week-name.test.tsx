import { expect, test } from 'vitest'
import { weekAfter } from '#renderer/features/coverage/week-name.ts'

test.each([
  ['2026-W48', 1, '2026-W49'],
  ['2026-W53', 1, '2027-W01'],
  ['2027-W01', -1, '2026-W53'],
  ['2025-W52', 1, '2026-W01'],
  ['2026-W01', -1, '2025-W52'],
  ['2026-W48', 0, '2026-W48'],
  ['2026-W10', 52, '2027-W09'],
])('%s and %i weeks are %s', (week, weeks, after) => {
  expect(weekAfter(week, weeks)).toBe(after)
})
