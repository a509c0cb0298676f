import type { RouterUtils } from '@orpc/tanstack-query'
import type { ServiceClient } from './connection.ts'

/** What the screens of the handoff ask the service. */
export function handoffQueries({ handoffs }: Pick<RouterUtils<ServiceClient>, 'handoffs'>) {
  return {
    /** Absences of mine and those in which I cover, with the handoffs of their accounts. */
    handoffs: () => handoffs.list.queryOptions({ input: {} }),
    handoff: (handoffId: string) => handoffs.get.queryOptions({ input: { handoffId } }),
    /** How a handoff stands to its GitLab issue, as that was last read. */
    handoffIssue: (handoffId: string) => handoffs.issue.queryOptions({ input: { handoffId } }),
  }
}
