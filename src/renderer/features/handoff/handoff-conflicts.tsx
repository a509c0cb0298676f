import { useMutation } from '@tanstack/react-query'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Conflicts } from '../../ui/conflicts.tsx'
import { useHandoffKept } from './use-handoff-kept.ts'

/** What two people wrote into a handoff without seeing the other's words. */
export function HandoffConflicts({ handoff }: { readonly handoff: HandoffDetail }) {
  const { resolve } = useWindow().queries.procedures.handoffs
  const { mutate, isPending, error } = useMutation({ ...resolve.mutationOptions(), onSuccess: useHandoffKept() })
  return (
    <Conflicts
      conflicts={handoff.conflictList}
      onKeep={({ field }, side) => mutate({ handoffId: handoff.id, field, side })}
      pending={isPending}
      error={error}
    />
  )
}
