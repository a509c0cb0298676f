import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import type { AccountRow } from '#contract/accounts.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Problem } from '../../ui/notice.tsx'

/** Asks before an account is no longer followed, because what is stored of it is deleted here. */
export function StopDialog({ account, onClose }: { readonly account: AccountRow; readonly onClose: () => void }) {
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const { add } = Toast.useToastManager()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.accounts.remove.mutationOptions(),
    onSuccess: async () => {
      onClose()
      add({ title: `${account.name} is no longer followed` })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <DialogFrame
      title={`Stop following ${account.name}?`}
      alarming
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep following</Button>
          <Button look="primary" disabled={!connected || isPending} onClick={() => mutate({ id: account.id })}>
            {isPending ? 'Deleting…' : 'Stop following'}
          </Button>
        </>
      }
    >
      <p>
        What is stored of it is deleted from this machine: its tickets ({account.openTickets} open ones) with their
        conversations, history and alerts, its issues, calls, handoffs and page, and who its ASE is. Tickets that are
        assigned to you, that you follow or are on Cc of stay.
      </p>
      <p>
        New tickets of it no longer notify you. Nothing changes in Zendesk or GitLab, and it can be followed again: then
        its tickets are read anew.
      </p>
      <Problem error={error} />
    </DialogFrame>
  )
}
