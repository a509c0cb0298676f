import { policySchema } from '#contract/policy.ts'
import type { Policy } from '#core/policy/policy.ts'
import handbook202504 from '../../../../resources/policies/2025-04.json' with { type: 'json' }

/** The policies that ship with Understudy, oldest first. A file that does not fit the schema keeps the app from starting. */
export const policies: readonly Policy[] = [handbook202504].map((file) => policySchema.parse(file))

/** The policy of a version, or the first one when that version does not ship. */
export function policyOf(version: string): Policy {
  const policy = policies.find((candidate) => candidate.version === version) ?? policies[0]
  if (!policy) throw new Error('No policy ships with Understudy')
  return policy
}
