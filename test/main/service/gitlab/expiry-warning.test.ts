import { expect, test } from 'vitest'
import { expiryWarning } from '#service/gitlab/expiry-warning.ts'

const dayMs = 86_400_000
const now = Date.UTC(2026, 10, 21, 12)

test('a token that does not end, or not within two weeks, is not warned of', () => {
  expect(expiryWarning(null, now)).toBeNull()
  expect(expiryWarning(now + 14 * dayMs + 1, now)).toBeNull()
})

test('from two weeks before its end on, the day and what to do are said', () => {
  expect(expiryWarning(now + 14 * dayMs, now)).toMatch(
    /^Your GitLab token ends in 14 days, on 5 December 2026\. Make a new one in GitLab/,
  )
  expect(expiryWarning(now + dayMs, now)).toMatch(/ends in 1 day, on 22 November 2026/)
  expect(expiryWarning(now + dayMs - 1, now)).toMatch(/ends in less than a day, on 22 November 2026/)
})

test('one that has ended is said to have', () => {
  expect(expiryWarning(now, now)).toMatch(/^Your GitLab token ended on 21 November 2026\./)
})
