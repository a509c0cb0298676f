import { useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { IssueStanding } from '../../ui/issue-standing.tsx'
import { useExchangedPlan } from './use-plan-exchange.ts'

/** The GitLab issue a plan is in, and how the two stand to each other. */
export function PlanIssue({ planId }: { readonly planId: string }) {
  const { data, refetch } = useQuery(useWindow().queries.planIssue(planId))
  const one = useExchangedPlan(planId)
  return <IssueStanding heading="GitLab issue" one={one} standing={data} onLooked={() => void refetch()} />
}
