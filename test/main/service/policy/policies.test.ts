import { expect, test } from 'vitest'
import { settingsSchema } from '#contract/settings.ts'
import { policies, policyOf } from '#service/policy/policies.ts'

test('a policy is found by its version, and the first one stands in for one that does not ship', () => {
  for (const policy of policies) expect(policyOf(policy.version)).toBe(policy)
  expect(policyOf('1999-01')).toBe(policies[0])
})

test('the version that is set from the start ships, and versions are named once, oldest first', () => {
  const versions = policies.map((policy) => policy.version)
  expect(versions).toContain(settingsSchema.parse({}).policyVersion)
  expect(versions).toEqual([...new Set(versions)].toSorted())
})

test('the 2025 handbook takes a quarter for each account and swaps on-call from two on', () => {
  expect(policyOf('2025-04')).toMatchObject({
    covering: { reductionPerAccount: 0.25 },
    onCall: { swapFromAccounts: 2 },
    baseline: { cleanWeeks: 8, workingDays: [1, 2, 3, 4, 5] },
  })
})
