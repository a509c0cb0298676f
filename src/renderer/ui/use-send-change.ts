import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import type { WritePreview } from '#contract/outbox.ts'
import { useWindow } from '../api/window-context.tsx'
import { aboutWords, changeLooks, needsMe, ticketOf } from './change-words.ts'

/** How long the window says that a change was ordered; Changes lists it from then on. */
const toastMs = 5000

/** Hands a change over as it was shown, and says where it stands. */
export function useSendChange(onSent: () => void): {
  readonly send: (preview: WritePreview) => void
  readonly pending: boolean
  readonly error: Error | null
} {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const { add } = Toast.useToastManager()
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({ intent, stamp }: WritePreview) => {
      try {
        return await connection.client.outbox.send({ orders: [{ intent, stamp }] })
      } catch (fault) {
        // Without an answer of the service nobody knows; sending again could make the change twice.
        if (fault instanceof Error && !('code' in fault)) throw new Error(unknownOutcome, { cause: fault })
        throw fault
      }
    },
    onSuccess: async ({ ids }, preview) => {
      onSent()
      await queryClient.invalidateQueries({ queryKey: queries.procedures.outbox.key() })
      const recent = await queryClient.ensureQueryData(queries.recentChanges()).catch(() => undefined)
      const entry = recent?.entries.find(({ id }) => ids.includes(id))
      // What stands there has to stay true while it is read: the change goes on meanwhile, and its card follows it.
      const standing = entry && needsMe(entry) ? changeLooks(entry).word : 'change ordered'
      add({
        id: 'change',
        title: `${targetWords(preview)}: ${standing}`,
        description: entry?.problem ?? entry?.words ?? preview.words,
        timeout: toastMs,
      })
    },
    // Not waited for: with a broken connection the answer comes when it is back, and the words are needed now.
    onError: () => void queryClient.invalidateQueries({ queryKey: queries.procedures.outbox.key() }),
  })
  return { send: mutate, pending: isPending, error }
}

function targetWords(preview: WritePreview): string {
  const ticketId = ticketOf(preview.intent)
  return ticketId === undefined ? aboutWords(preview) : `Ticket #${ticketId}`
}

const unknownOutcome =
  'The connection to Understudy broke off, so it is not known whether this was ordered. Look at Changes before you send it again.'
