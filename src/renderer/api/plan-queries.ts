import type { RouterUtils } from '@orpc/tanstack-query'
import type { ServiceClient } from './connection.ts'

/** Query options of coverage plans and the issues they are in. */
export function planQueries({ plans }: Pick<RouterUtils<ServiceClient>, 'plans'>) {
  return {
    plans: () => plans.list.queryOptions({ input: {} }),
    plan: (planId: string) => plans.get.queryOptions({ input: { planId } }),
    /** How a plan stands to its GitLab issue, as that was last read. */
    planIssue: (planId: string) => plans.issue.queryOptions({ input: { planId } }),
  }
}
