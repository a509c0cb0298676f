import { expect, test } from 'vitest'
import { policyFor } from '#core/policy/policy-overrides.ts'
import { policyOf } from '#test/support/policy-of.ts'

const policy = policyOf('2026-08')
const said = { why: 'Agreed with the customer', byId: 11, setAt: 1 }

test('without values of its own an account has the policy’s', () => {
  expect(policyFor({}, policy)).toEqual(policy)
})

test('a value of its own stands in for the policy’s and leaves every other one alone', () => {
  expect(policyFor({ reductionPerAccount: { value: 0, ...said } }, policy)).toEqual({
    ...policy,
    covering: { ...policy.covering, reductionPerAccount: 0 },
  })
  expect(policyFor({ notAssignedToAse: { value: 'like-assigned', ...said } }, policy)).toEqual({
    ...policy,
    contributing: { ...policy.contributing, notAssignedToAse: 'like-assigned' },
  })
})
