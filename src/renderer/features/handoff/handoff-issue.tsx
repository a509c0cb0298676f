import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { IssueStanding } from '../../ui/issue-standing.tsx'
import { useExchangedHandoff } from './use-handoff-exchange.ts'

/** The GitLab issue a handoff is in, and how the two stand to each other. */
export function HandoffIssue({ handoffId }: { readonly handoffId: string }) {
  const { data, refetch } = useQuery(useWindow().queries.handoffIssue(handoffId))
  return <IssueStanding one={useExchangedHandoff(handoffId)} standing={data} onLooked={() => void refetch()} />
}
