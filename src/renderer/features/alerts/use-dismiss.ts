import { useMutation } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { useAlertsAgain } from '../../ui/use-alerts-again.ts'
import { useRefusal } from '../../ui/use-refusal.ts'
import { useUndo } from '../../ui/use-undo.ts'

/** Puts alerts away, with a way back. They stay in the list. */
export function useDismiss(): (ids: readonly number[]) => void {
  const { connection, queries } = useWindow()
  const again = useAlertsAgain()
  const offerUndo = useUndo()
  const refuse = useRefusal()
  const { mutate } = useMutation({
    ...queries.procedures.alerts.dismiss.mutationOptions(),
    onSuccess: (_answer, { ids }) => {
      again()
      offerUndo(ids.length === 1 ? 'Alert dismissed' : `${ids.length} alerts dismissed`, async () => {
        await connection.client.alerts.undismiss({ ids })
        again()
      })
    },
    onError: (error) => refuse('Nothing was dismissed', error),
  })
  return (ids) => mutate({ ids: [...ids] })
}
