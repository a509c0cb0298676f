import { expect, test } from 'vitest'
import { onboardingDifferences } from '#core/desk/onboarding-differences.ts'
import { policyOf } from '#test/support/policy-of.ts'

test('the later edition asks for assignment by an issue, and has other steps', () => {
  const [older, newer] = [policyOf('2025-04').onboarding, policyOf('2026-08').onboarding]
  expect(onboardingDifferences(newer, older)).toEqual([
    'Automatic assignment is asked for by an issue in the Organizations project, no more by a form.',
    'Other steps for taking over an account.',
  ])
  expect(onboardingDifferences(older, older)).toEqual([])
})
