import { useQueryClient } from '@tanstack/react-query'
import type { HandoffDetail } from '#contract/handoffs.ts'
import { useWindow } from '../../api/window-context.tsx'

/** Shows of a handoff what was saved of it, and asks for what follows from that: what is still missing, how far it is. */
export function useShownSaved(handoffId: string): (change: (before: HandoffDetail) => HandoffDetail) => void {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const { queryKey } = queries.handoff(handoffId)
  return (change) => {
    // An answer that is on its way may be older than what was just saved.
    void queryClient.cancelQueries({ queryKey })
    queryClient.setQueryData(queryKey, (before) => before && change(before))
    void queryClient.invalidateQueries({ queryKey })
  }
}
