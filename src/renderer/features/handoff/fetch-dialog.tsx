import { useMutation, useQuery } from '@tanstack/react-query'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { useTakenIn } from './use-taken-in.ts'
import { WhatChanges } from './what-changes.tsx'

/** Reads the issue a handoff is in and shows what it would change here, before any of it is taken in. */
export function FetchDialog(props: {
  readonly handoffId: string
  /** Of the issue. */
  readonly reference: string
  readonly onClose: () => void
}) {
  const { handoffId, reference, onClose } = props
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const { data, error, refetch } = useQuery(queries.fetchedHandoff(handoffId))
  const takenIn = useTakenIn()
  const take = useMutation({
    ...queries.procedures.handoffs.fetch.mutationOptions(),
    onSuccess: async (outcome) => {
      onClose()
      await takenIn(outcome)
    },
  })
  const isNew = data !== undefined && (data.changes.length > 0 || data.conflicts.length > 0)
  return (
    <DialogFrame
      title={`Take in ${reference}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{isNew ? 'Cancel' : 'Done'}</Button>
          {isNew && (
            <Button
              look="primary"
              disabled={!connected || take.isPending}
              onClick={() => take.mutate({ handoffId, apply: true })}
            >
              {take.isPending ? 'Taking it in…' : 'Take it in'}
            </Button>
          )}
        </>
      }
    >
      {data ? (
        <WhatChanges outcome={data} />
      ) : error ? (
        <ErrorNotice what="The issue could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the issue…" />
      )}
      <Problem error={take.error} />
    </DialogFrame>
  )
}
