import { useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import { useWindow } from '../../api/window-context.tsx'
import type { TakingIn } from './what-changes.tsx'

/** Says that handoffs were taken in, and asks again for what is shown of them. */
export function useTakenIn(): (outcome: TakingIn) => Promise<void> {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const { add } = Toast.useToastManager()
  return async ({ ids, conflicts }) => {
    add({
      title: ids.length === 1 ? 'The handoff is taken in' : `${ids.length} handoffs are taken in`,
      ...(conflicts.length > 0 ? { description: 'Where both sides wrote the same, choose which one stays.' } : {}),
    })
    await queryClient.invalidateQueries({ queryKey: queries.procedures.handoffs.key() })
  }
}
