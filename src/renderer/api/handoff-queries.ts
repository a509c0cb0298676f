import type { RouterUtils } from '@orpc/tanstack-query'
import { queryOptions } from '@tanstack/react-query'
import type { ServiceClient } from './connection.ts'

/** What the screens of the handoff ask the service. */
export function handoffQueries(client: ServiceClient, { handoffs }: Pick<RouterUtils<ServiceClient>, 'handoffs'>) {
  return {
    /** Absences of mine and those in which I cover, with the handoffs of their accounts. */
    handoffs: () => handoffs.list.queryOptions({ input: {} }),
    handoff: (handoffId: string) => handoffs.get.queryOptions({ input: { handoffId } }),
    /** How a handoff stands to its GitLab issue, as that was last read. */
    handoffIssue: (handoffId: string) => handoffs.issue.queryOptions({ input: { handoffId } }),
    /** What sending it to GitLab would write. Under a key of its own, because GitLab is not to be asked again with every change notice. */
    handoffIssuePreview: (handoffId: string, another: boolean) =>
      queryOptions({
        queryKey: ['handoff-issue-preview', handoffId, another],
        queryFn: ({ signal }) => client.handoffs.previewIssue({ handoffId, another }, { signal }),
        staleTime: 0,
        gcTime: 0,
      }),
    /** What its issue would change here, in the same way. */
    fetchedHandoff: (handoffId: string) =>
      queryOptions({
        queryKey: ['fetched-handoff', handoffId],
        queryFn: ({ signal }) => client.handoffs.fetch({ handoffId, apply: false }, { signal }),
        staleTime: 0,
        gcTime: 0,
      }),
  }
}
