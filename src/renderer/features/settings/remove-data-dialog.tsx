import type { RefObject } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Toast } from '@base-ui/react/toast'
import type { KeptData } from '#contract/customer-data.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Problem } from '../../ui/notice.tsx'

/** Asks once before data of an account is removed before its time: that cannot be undone. */
export function RemoveDataDialog(props: {
  readonly kept: KeptData
  /** Where the focus goes afterwards. */
  readonly finalFocus: RefObject<HTMLElement | null>
  readonly onClose: () => void
}) {
  const { kept, finalFocus, onClose } = props
  const { accountId, accountName } = kept
  const { queries } = useWindow()
  const queryClient = useQueryClient()
  const connected = useConnectionStatus() === 'open'
  const { add } = Toast.useToastManager()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.customerData.remove.mutationOptions(),
    onSuccess: async ({ proof }) => {
      onClose()
      finalFocus.current?.focus()
      add({ title: `The data of ${accountName} is removed`, description: proof?.words })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <DialogFrame
      title={`Remove the data of ${accountName} now?`}
      alarming
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="primary" disabled={!connected || isPending} onClick={() => mutate({ accountId })}>
            {isPending ? 'Removing…' : 'Remove it'}
          </Button>
        </>
      }
    >
      <p>
        Everything this machine has of it goes: tickets with their conversations and history, issues, alerts, handoffs,
        calls, its page, the list of its return meeting, and changes that were sent. This cannot be undone.
      </p>
      <p>
        Unsolved tickets that are assigned to you stay. Nothing changes in Zendesk or GitLab; when you cover it again,
        its tickets are read anew.
      </p>
      <Problem error={error} />
    </DialogFrame>
  )
}
