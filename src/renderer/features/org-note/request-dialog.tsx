import { useEffect, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { PreviewBox } from '../../ui/preview-box.tsx'
import { useSendChange } from '../../ui/use-send-change.ts'
import { NoteDiff } from './note-diff.tsx'
import styles from './org-note.module.css'

/** Asks for a note by merge request, after showing which file changes, how, and who sees it. */
export function RequestDialog(props: {
  readonly accountId: number
  readonly text: string
  /** It only takes out what held for an absence. */
  readonly removal: boolean
  readonly onClose: () => void
}) {
  const { accountId, text, removal, onClose } = props
  const { queries } = useWindow()
  const { data, error, refetch, isFetching } = useQuery(queries.noteRequest({ accountId, text, removal }))
  const connected = useConnectionStatus() === 'open'
  const sending = useSendChange(onClose)
  const button = useRef<HTMLButtonElement>(null)
  const ready = connected && !isFetching && !sending.pending && data?.preview.refusal === null
  useEffect(() => {
    if (ready) button.current?.focus()
  }, [ready])
  return (
    <DialogFrame
      title={removal ? 'Take out the coverage text' : 'Send as merge request'}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            ref={button}
            look="primary"
            icon="send"
            disabled={!ready}
            onClick={() => data && sending.send(data.preview)}
          >
            {sending.pending ? 'Sending…' : 'Send'}
          </Button>
        </>
      }
    >
      {data ? (
        <>
          <PreviewBox preview={data.preview} stale={isFetching} />
          <h3>
            {data.path}
            {data.exists ? '' : ', a new file'}
          </h3>
          <NoteDiff before={data.before} after={data.after} />
          <p className={styles.soft}>Only the note changes. Every other line of the file stays as it is.</p>
        </>
      ) : error ? (
        <>
          <ErrorNotice what="The merge request cannot be made now" error={error} onRetry={() => void refetch()} />
          <p className={styles.soft}>
            What you wrote is kept. The project and the manager are named in <Link to="/settings">Settings</Link>, the
            sign-in under <Link to="/settings/connections">Connections</Link>.
          </p>
        </>
      ) : (
        <Loading what="Asking GitLab…" />
      )}
      <Problem error={sending.error} />
    </DialogFrame>
  )
}
