import { useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import type { ServiceClient } from '../../api/connection.ts'
import { useWindow } from '../../api/window-context.tsx'
import type { Exchange, ExchangedOne } from '../../ui/exchange.ts'

type Outcome = Awaited<ReturnType<ServiceClient['handoffs']['import']>>

/** How handoffs are handed over and taken in. */
export function useHandoffExchange(): Exchange<Outcome> {
  const { queries, connection } = useWindow()
  const { handoffs } = connection.client
  const queryClient = useQueryClient()
  const { add } = Toast.useToastManager()
  return {
    noun: 'handoff',
    files: '.json,.md,.txt,.html',
    longest: 20_000_000,
    takeIn: (from, apply) =>
      'text' in from ? handoffs.import({ ...from, apply }) : handoffs.fetch({ reference: from.reference, apply }),
    freshWords({ fresh }) {
      if (fresh === 0) return undefined
      return fresh === 1 ? 'A handoff that is new here' : `${fresh} handoffs that are new here`
    },
    async takenIn({ ids, conflicts }) {
      add({
        title: ids.length === 1 ? 'The handoff is taken in' : `${ids.length} handoffs are taken in`,
        ...(conflicts.length > 0 ? { description: 'Where both sides changed the same, choose which one stays.' } : {}),
      })
      await queryClient.invalidateQueries({ queryKey: queries.procedures.handoffs.key() })
    },
  }
}

/** One handoff, and the GitLab issue it is in or may be in. */
export function useExchangedHandoff(handoffId: string): ExchangedOne<Outcome> {
  const { handoffs } = useWindow().connection.client
  return {
    ...useHandoffExchange(),
    id: handoffId,
    openWords: 'Open an issue for the handoff',
    previewIssue: (another, signal) => handoffs.previewIssue({ handoffId, another }, { signal }),
    fetch: (apply, signal) => handoffs.fetch({ handoffId, apply }, signal ? { signal } : {}),
  }
}
