import { openPolicies } from '#service/policy/policies.ts'

/** The policy of a version that ships. */
export const policyOf = openPolicies().of
