import { type KeyboardEvent, useState } from 'react'
import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import type { WriteIntent, WritePreview } from '#contract/outbox.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/check-field.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { PreviewBox } from '../../ui/preview-box.tsx'
import { sendKeys } from '../../ui/send-keys.ts'
import styles from './wrap-up.module.css'

/** What was learned, as a comment in the issue of the absence, and that it is closed: shown first, then sent together. */
export function IssueDialog(props: {
  readonly reference: string
  readonly intents: readonly WriteIntent[]
  readonly notHandedBack: readonly string[]
  readonly onClose: () => void
}) {
  const { reference, notHandedBack, onClose } = props
  // What it was opened with stays in it, although the issue behind it changes.
  const [all] = useState(props.intents)
  const [closing, setClosing] = useState(notHandedBack.length === 0)
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const closes = all.some(isClosing)
  const intents = all.filter((intent) => closing || !isClosing(intent))
  const preview = useQuery({ ...queries.previews(intents), enabled: intents.length > 0 })
  const { mutate, isPending, error } = useSending(onClose)
  const previews = intents.length > 0 ? (preview.data?.previews ?? []) : []
  const refused = previews.some(({ refusal }) => refusal !== null)
  const ready = connected && !preview.isFetching && !isPending && previews.length > 0 && !refused
  const send = () => ready && mutate(previews)
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (!event.repeat) send()
  }
  return (
    <DialogFrame
      title={`What was learned, in ${reference}`}
      onClose={onClose}
      onKeyDown={handleKey}
      aside={<span className={styles.soft}>{sendKeys()} sends</span>}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" icon="send" disabled={!ready} onClick={send}>
            {isPending ? 'Sending…' : 'Send'}
          </Button>
        </>
      }
    >
      {closes && (
        <CheckField
          label="Close the issue"
          hint={
            notHandedBack.length > 0 &&
            `Not handed back yet: ${new Intl.ListFormat('en-GB').format(notHandedBack)}. Close it with the last one.`
          }
          checked={closing}
          onChange={setClosing}
        />
      )}
      <Shown isEmpty={intents.length === 0} preview={preview} />
      <Problem error={error} />
    </DialogFrame>
  )
}

function Shown(props: {
  readonly isEmpty: boolean
  readonly preview: UseQueryResult<{ readonly previews: readonly WritePreview[] }>
}) {
  const { data, error, isFetching, refetch } = props.preview
  if (props.isEmpty) return <p className={styles.soft}>There is nothing to send like this.</p>
  if (error) {
    return <ErrorNotice what="What this would do could not be found out" error={error} onRetry={() => void refetch()} />
  }
  if (!data) return <Loading what="Looking what this would do…" />
  return data.previews.map((each) => <PreviewBox key={each.intent.kind} preview={each} stale={isFetching} />)
}

function isClosing({ kind }: WriteIntent): boolean {
  return kind === 'issue-state'
}

function useSending(onSent: () => void) {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (previews: readonly WritePreview[]) => {
      try {
        return await connection.client.outbox.send({
          orders: previews.map(({ intent, stamp }) => ({ intent, stamp })),
        })
      } catch (fault) {
        // Without an answer of the service nobody knows; sending again could write the comment twice.
        if (fault instanceof Error && !('code' in fault)) throw new Error(unknownOutcome, { cause: fault })
        throw fault
      }
    },
    onSuccess: onSent,
    onSettled: () => void queryClient.invalidateQueries({ queryKey: queries.procedures.outbox.key() }),
  })
}

const unknownOutcome =
  'The connection to Understudy broke off, so it is not known whether this was ordered. Look at Changes before you send it again.'
