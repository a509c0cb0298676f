import { useEffect, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { WritePreview } from '#contract/outbox.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { DialogFrame } from '../../ui/dialog-frame.tsx'
import { ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { PreviewBox } from '../../ui/preview-box.tsx'
import { useSendChange } from '../../ui/use-send-change.ts'
import { Lines, type TakingIn } from './what-changes.tsx'
import styles from './handoff.module.css'

/** Sends a handoff to GitLab: the issue it is in, or a new one. Shows what will stand there, and who sees it, first. */
export function SendIssueDialog(props: {
  readonly handoffId: string
  /** Opens another issue, although the handoff is in one. */
  readonly another?: boolean
  readonly onClose: () => void
}) {
  const { handoffId, another = false, onClose } = props
  const { queries } = useWindow()
  const { data, error, refetch, isFetching } = useQuery(queries.handoffIssuePreview(handoffId, another))
  const connected = useConnectionStatus() === 'open'
  const sending = useSendChange(onClose)
  const button = useRef<HTMLButtonElement>(null)
  const preview = data?.preview
  const ready = connected && !isFetching && !sending.pending && preview?.refusal === null
  useEffect(() => {
    if (ready) button.current?.focus()
  }, [ready])
  return (
    <DialogFrame
      title={preview?.intent.kind === 'issue-text' ? 'Send the handoff to its issue' : 'Open an issue for the handoff'}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            ref={button}
            look="primary"
            icon="send"
            disabled={!ready}
            onClick={() => preview && sending.send(preview)}
          >
            {sending.pending ? 'Sending…' : 'Send'}
          </Button>
        </>
      }
    >
      {data && preview ? (
        <>
          <PreviewBox preview={preview} stale={isFetching} />
          <Along along={data.along} />
          <WhatStandsThere preview={preview} />
        </>
      ) : error ? (
        <>
          <ErrorNotice what="It cannot be sent to GitLab now" error={error} onRetry={() => void refetch()} />
          <p className={styles.soft}>
            The project is named in <Link to="/settings">Settings</Link>, the sign-in under{' '}
            <Link to="/settings/connections">Connections</Link>. The handoff can be handed over as Markdown or as a file
            meanwhile.
          </p>
        </>
      ) : (
        <Loading what="Asking GitLab…" />
      )}
      <Problem error={sending.error} />
    </DialogFrame>
  )
}

function Along({ along }: { readonly along: Pick<TakingIn, 'changes' | 'conflicts'> }) {
  if (along.changes.length === 0) return null
  return (
    <div>
      <h3>The issue says this, which is not here yet</h3>
      <p className={styles.soft}>It is kept: it is sent along, and taken in here once the issue was sent.</p>
      <Lines changes={along.changes} conflicts={[]} />
    </div>
  )
}

/** Title and text, letter by letter. */
function WhatStandsThere({ preview: { intent } }: { readonly preview: WritePreview }) {
  if (intent.kind !== 'create-issue' && intent.kind !== 'issue-text') return null
  return (
    <details open className={styles.letters}>
      <summary>What will stand there, letter by letter</summary>
      {intent.title !== undefined && (
        <p>
          <strong>{intent.title}</strong>
        </p>
      )}
      <Copyable name="text of the issue" text={intent.description} />
    </details>
  )
}
