import { useQueryClient } from '@tanstack/react-query'
import type { CallDetail, CallDocumentValues } from '#contract/calls.ts'
import { isCallDocument } from '#core/calls/is-call-document.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { useWindow } from '../../api/window-context.tsx'
import type { KeptDraft } from '../../ui/draft-keeper.ts'
import { useKeptDraft } from '../../ui/use-kept-draft.ts'

/** A call as it is being written down. */
export type CallDraft = KeptDraft<CallDocumentValues>

/** Keeps a call while it is typed. The same component must not be used for another call. */
export function useCallDraft(call: CallDetail): CallDraft {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const { id } = call
  return useKeptDraft<CallDocumentValues, number>({
    // The number of a call is its own in every workspace.
    key: `call.${id}`,
    stored: { document: call.document, base: call.updatedAt },
    read: (kept) => (isCallDocument(kept) ? kept : null),
    same: (one, another) => canonical(one) === canonical(another),
    async save(document, base) {
      const { updatedAt } = await connection.client.calls.save({ id, document, updatedAt: base })
      return updatedAt
    },
    async look() {
      const { state, document, updatedAt } = await connection.client.calls.get({ id })
      return state === 'filed' ? null : { document, base: updatedAt }
    },
    onSaved: ({ document, base }) =>
      queryClient.setQueryData(
        queries.call(id).queryKey,
        (before) => before && { ...before, document, purpose: document.purpose, updatedAt: base },
      ),
  })
}
