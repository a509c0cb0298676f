import type { RouterUtils } from '@orpc/tanstack-query'
import { queryOptions } from '@tanstack/react-query'
import type { ServiceClient } from './connection.ts'

/** Query options of coverage plans and the issues they are in. */
export function planQueries(client: ServiceClient, { plans }: Pick<RouterUtils<ServiceClient>, 'plans'>) {
  return {
    plans: () => plans.list.queryOptions({ input: {} }),
    plan: (planId: string) => plans.get.queryOptions({ input: { planId } }),
    /** How a plan stands to its GitLab issue, as that was last read. */
    planIssue: (planId: string) => plans.issue.queryOptions({ input: { planId } }),
    /**
     * What sending it to GitLab would write. Asked anew each time, because it depends on what stands there; under a key of its own,
     * because GitLab is not to be asked again with every change notice.
     */
    planIssuePreview: (planId: string, another: boolean) =>
      queryOptions({
        queryKey: ['plan-issue-preview', planId, another],
        queryFn: ({ signal }) => client.plans.previewIssue({ planId, another }, { signal }),
        staleTime: 0,
        gcTime: 0,
      }),
    /** What its issue would change here, in the same way. */
    fetchedPlan: (planId: string) =>
      queryOptions({
        queryKey: ['fetched-plan', planId],
        queryFn: ({ signal }) => client.plans.fetch({ planId, apply: false }, { signal }),
        staleTime: 0,
        gcTime: 0,
      }),
  }
}
