import type { InstantMs } from '../instant.ts'
import type { ContributingPolicy, CoveringPolicy, Policy } from './policy.ts'

/** A value of the policy that is another one for an account: which, why, who said so (null: nobody was signed in) and when. */
export interface PolicyOverride<Value> {
  readonly value: Value
  readonly why: string
  readonly byId: number | null
  readonly setAt: InstantMs
}

/** The values that can be other ones for an account, by their name in the policy; those that are. */
export interface PolicyOverrides {
  readonly reductionPerAccount?: PolicyOverride<CoveringPolicy['reductionPerAccount']>
  readonly notAssignedToAse?: PolicyOverride<ContributingPolicy['notAssignedToAse']>
}

/** The policy as it holds for an account: its own values where it has some. */
export function policyFor({ reductionPerAccount, notAssignedToAse }: PolicyOverrides, policy: Policy): Policy {
  const { covering, contributing } = policy
  return {
    ...policy,
    covering: { ...covering, reductionPerAccount: reductionPerAccount?.value ?? covering.reductionPerAccount },
    contributing: { ...contributing, notAssignedToAse: notAssignedToAse?.value ?? contributing.notAssignedToAse },
  }
}
