import { useQueryClient } from '@tanstack/react-query'
import type { PlanDetail } from '#contract/plans.ts'
import { useWindow } from '../../api/window-context.tsx'

/** Shows a plan as the service answered it, and asks again for what follows from it. */
export function usePlanKept(): (plan: PlanDetail) => Promise<void> {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  return async (plan) => {
    queryClient.setQueryData(queries.plan(plan.id).queryKey, plan)
    const { plans, coverage, workload, onCall } = queries.procedures
    for (const area of [plans.list, coverage, workload, onCall]) {
      await queryClient.invalidateQueries({ queryKey: area.key() })
    }
  }
}
