import { useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import { useNavigate } from '@tanstack/react-router'
import type { ServiceClient } from '../../api/connection.ts'
import { useWindow } from '../../api/window-context.tsx'

/** What taking in a plan changes, or has changed. */
export type TakingIn = Awaited<ReturnType<ServiceClient['plans']['import']>>

/** Says that a plan was taken in, and shows it. */
export function useTakenIn(): (outcome: TakingIn) => Promise<void> {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { add } = Toast.useToastManager()
  return async ({ planId, conflicts }) => {
    add({
      title: 'The plan is taken in',
      ...(conflicts.length > 0 ? { description: 'Where both sides changed the same, choose which one stays.' } : {}),
    })
    await queryClient.invalidateQueries({ queryKey: queries.procedures.plans.key() })
    await queryClient.invalidateQueries({ queryKey: queries.procedures.coverage.key() })
    void navigate({ to: '/coverage/plans/$planId', params: { planId } })
  }
}
