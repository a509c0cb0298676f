import { useEffect, useRef } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { WritePreview } from '#contract/outbox.ts'
import { useConnectionStatus } from '../api/window-context.tsx'
import { Button } from './button.tsx'
import { Copyable } from './copyable.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import type { ExchangedOne, TakingIn } from './exchange.ts'
import { ErrorNotice, Loading, Problem } from './notice.tsx'
import { PreviewBox } from './preview-box.tsx'
import { useSendChange } from './use-send-change.ts'
import { Lines } from './what-changes.tsx'
import styles from './exchange.module.css'

/** Sends something to GitLab: the issue it is in, or a new one. Shows what will stand there, and who sees it, first. */
export function SendIssueDialog<Outcome extends TakingIn>(props: {
  readonly one: ExchangedOne<Outcome>
  /** Opens another issue, although it is in one. */
  readonly another?: boolean
  readonly onClose: () => void
}) {
  const { one, another = false, onClose } = props
  // Asked anew each time, because it depends on what stands there; not with every change notice, which would ask GitLab again.
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: [`${one.noun}-issue-preview`, one.id, another],
    queryFn: ({ signal }) => one.previewIssue(another, signal),
    staleTime: 0,
    gcTime: 0,
  })
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
      title={preview?.intent.kind === 'issue-text' ? `Send the ${one.noun} to its issue` : one.openWords}
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
          <Along along={data.along} noun={one.noun} />
          <WhatStandsThere preview={preview} />
        </>
      ) : error ? (
        <>
          <ErrorNotice what="It cannot be sent to GitLab now" error={error} onRetry={() => void refetch()} />
          <p className={styles.soft}>
            The project is named in <Link to="/settings">Settings</Link>, the sign-in under{' '}
            <Link to="/settings/connections">Connections</Link>. The {one.noun} can be handed over as Markdown or as a
            file meanwhile.
          </p>
        </>
      ) : (
        <Loading what="Asking GitLab…" />
      )}
      <Problem error={sending.error} />
    </DialogFrame>
  )
}

function Along({ along, noun }: { readonly along: TakingIn; readonly noun: string }) {
  if (along.changes.length === 0) return null
  return (
    <div>
      <h3>The issue says this, which is not here yet</h3>
      <p className={styles.soft}>It is kept: it is sent along, and taken in here once the issue was sent.</p>
      <Lines changes={along.changes} conflicts={[]} noun={noun} />
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
