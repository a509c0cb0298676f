import { useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import { useNavigate } from '@tanstack/react-router'
import type { ServiceClient } from '../../api/connection.ts'
import { useWindow } from '../../api/window-context.tsx'
import type { Exchange, ExchangedOne } from '../../ui/exchange.ts'

type Outcome = Awaited<ReturnType<ServiceClient['plans']['import']>>

/** How plans are handed over and taken in. */
export function usePlanExchange(): Exchange<Outcome> {
  const { queries, connection } = useWindow()
  const { plans } = connection.client
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { add } = Toast.useToastManager()
  return {
    noun: 'plan',
    files: '.json,.md,.txt',
    longest: 2_000_000,
    takeIn: (from, apply) =>
      'text' in from ? plans.import({ ...from, apply }) : plans.fetch({ reference: from.reference, apply }),
    freshWords: ({ fresh }) => (fresh ? 'A plan that is new here' : undefined),
    async takenIn({ planId, conflicts }) {
      add({
        title: 'The plan is taken in',
        ...(conflicts.length > 0 ? { description: 'Where both sides changed the same, choose which one stays.' } : {}),
      })
      await queryClient.invalidateQueries({ queryKey: queries.procedures.plans.key() })
      await queryClient.invalidateQueries({ queryKey: queries.procedures.coverage.key() })
      void navigate({ to: '/coverage/plans/$planId', params: { planId } })
    },
  }
}

/** One plan, and the GitLab issue it is in or may be in. */
export function useExchangedPlan(planId: string): ExchangedOne<Outcome> {
  const { plans } = useWindow().connection.client
  return {
    ...usePlanExchange(),
    id: planId,
    openWords: 'Open a coverage issue',
    previewIssue: (another, signal) => plans.previewIssue({ planId, another }, { signal }),
    fetch: (apply, signal) => plans.fetch({ planId, apply }, signal ? { signal } : {}),
  }
}
