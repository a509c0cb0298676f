import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { Loading, Problem } from '../../ui/notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { SendIssueDialog } from '../../ui/send-issue-dialog.tsx'
import { useExchangedHandoff } from './use-handoff-exchange.ts'
import styles from './handoff.module.css'

/** One handoff or several as a text to copy, a file for another Understudy, or a page to print; one of them as a GitLab issue too. */
export function HandOverDialog(props: {
  readonly title: string
  readonly handoffIds: readonly string[]
  readonly onClose: () => void
}) {
  const { title, handoffIds, onClose } = props
  const { queries } = useWindow()
  const { export: exporting } = queries.procedures.handoffs
  const ids = [...handoffIds]
  const markdown = useQuery(
    exporting.queryOptions({ input: { handoffIds: ids, as: 'markdown' }, staleTime: 0, gcTime: 0 }),
  )
  const [sending, setSending] = useState(false)
  const [only] = ids
  if (sending && only !== undefined) return <SendDialog handoffId={only} onClose={onClose} />
  const { data } = markdown
  return (
    <DialogFrame
      title={title}
      onClose={onClose}
      aside={
        ids.length === 1 && (
          <Button icon="send" onClick={() => setSending(true)}>
            As a GitLab issue…
          </Button>
        )
      }
      actions={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <p>
        Whoever gets the file or the Markdown takes it in under Handoff, and what they say back comes the same way. The
        Markdown and the page can be read without Understudy.
      </p>
      <p className={styles.caution}>
        It holds what customers wrote. Give it to colleagues only, and to no place a customer sees.
      </p>
      <Saving handoffIds={ids} markdown={data} />
      {data ? (
        <div className={styles.letters}>
          <Copyable name="handoff as Markdown" text={data.text} />
        </div>
      ) : markdown.error ? null : (
        <Loading what="Writing it…" />
      )}
      <Problem error={markdown.error} />
    </DialogFrame>
  )
}

/** The same as a file: for another Understudy, to read, or to print. */
function Saving(props: {
  readonly handoffIds: string[]
  readonly markdown: { readonly fileName: string; readonly text: string } | undefined
}) {
  const { handoffIds, markdown } = props
  const { queries } = useWindow()
  const { mutate, isPending, error } = useMutation({
    ...queries.procedures.handoffs.export.mutationOptions(),
    onSuccess: ({ fileName, text }) => saveFile(fileName, text),
  })
  return (
    <>
      <div className={styles.buttons}>
        <Button icon="download" disabled={isPending} onClick={() => mutate({ handoffIds, as: 'file' })}>
          Save as a file
        </Button>
        <Button
          icon="download"
          disabled={!markdown}
          onClick={() => markdown && saveFile(markdown.fileName, markdown.text)}
        >
          Save as Markdown
        </Button>
        <Button icon="download" disabled={isPending} onClick={() => mutate({ handoffIds, as: 'page' })}>
          Save a page to print
        </Button>
      </div>
      <Problem error={error} />
    </>
  )
}

function SendDialog({ handoffId, onClose }: { readonly handoffId: string; readonly onClose: () => void }) {
  return <SendIssueDialog one={useExchangedHandoff(handoffId)} onClose={onClose} />
}
