import { useMutation, useQuery } from '@tanstack/react-query'
import { useConnectionStatus } from '../api/window-context.tsx'
import { Button } from './button.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { ExchangedOne, TakingIn } from './exchange.ts'
import { ErrorNotice, Loading, Problem } from './notice.tsx'
import { WhatChanges } from './what-changes.tsx'

/** Reads the issue something is in and shows what it would change here, before any of it is taken in. */
export function FetchDialog<Outcome extends TakingIn>(props: {
  readonly one: ExchangedOne<Outcome>
  /** Of the issue. */
  readonly reference: string
  readonly onClose: () => void
}) {
  const { one, reference, onClose } = props
  const connected = useConnectionStatus() === 'open'
  // Under a key of its own, because GitLab is not to be asked again with every change notice.
  const { data, error, refetch } = useQuery({
    queryKey: [`fetched-${one.noun}`, one.id],
    queryFn: ({ signal }) => one.fetch(false, signal),
    staleTime: 0,
    gcTime: 0,
  })
  const take = useMutation({
    mutationFn: () => one.fetch(true),
    onSuccess: async (outcome) => {
      onClose()
      await one.takenIn(outcome)
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
            <Button look="primary" disabled={!connected || take.isPending} onClick={() => take.mutate()}>
              {take.isPending ? 'Taking it in…' : 'Take it in'}
            </Button>
          )}
        </>
      }
    >
      {data ? (
        <WhatChanges outcome={data} noun={one.noun} fresh={one.freshWords(data)} />
      ) : error ? (
        <ErrorNotice what="The issue could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the issue…" />
      )}
      <Problem error={take.error} />
    </DialogFrame>
  )
}
