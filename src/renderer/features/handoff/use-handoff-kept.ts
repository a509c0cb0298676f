import { useQueryClient } from '@tanstack/react-query'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { useWindow } from '../../api/window-context.tsx'

/** Shows a handoff as the service answered it, and asks again for the list of all. */
export function useHandoffKept(): (handoff: HandoffDetail) => Promise<void> {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  return async (handoff) => {
    queryClient.setQueryData(queries.handoff(handoff.id).queryKey, handoff)
    await queryClient.invalidateQueries({ queryKey: queries.procedures.handoffs.list.key() })
  }
}
