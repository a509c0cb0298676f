import { expect, test } from 'vitest'
import { windowProblem } from '#renderer/ui/window-problem.ts'

test.each([
  ['', '', 'empty'],
  ['2026-12-21T17:00', '', 'empty'],
  ['2026-12-21T17:00', '2026-12-21T17:00', 'reversed'],
  ['2026-12-21T17:00', '2026-12-21T09:00', 'reversed'],
  ['2026-12-31T17:00', '2027-01-01T00:00', undefined],
])('from %j to %j is %s', (startsAt, endsAt, problem) => {
  expect(windowProblem({ startsAt, endsAt })).toBe(problem)
})
