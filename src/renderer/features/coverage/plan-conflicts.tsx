import { useMutation } from '@tanstack/react-query'
import type { PlanDetail } from '#contract/plans.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Conflicts } from '../../ui/conflicts.tsx'
import { usePlanKept } from './use-plan-kept.ts'

/** What two people changed in a plan without seeing the other's change. */
export function PlanConflicts({ plan }: { readonly plan: PlanDetail }) {
  const { resolve } = useWindow().queries.procedures.plans
  const { mutate, isPending, error } = useMutation({ ...resolve.mutationOptions(), onSuccess: usePlanKept() })
  return (
    <Conflicts
      conflicts={plan.conflicts}
      onKeep={({ field }, side) => mutate({ planId: plan.id, field, side })}
      pending={isPending}
      error={error}
    />
  )
}
