import { type ReactNode, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { OrgNoteView } from '#contract/org-notes.ts'
import { useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { EmptyState, ErrorNotice, Loading } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { TargetChanges } from '../../ui/target-changes.tsx'
import { NoteAsItIs } from './note-as-it-is.tsx'
import { NoteEditor } from './note-editor.tsx'
import { RequestDialog } from './request-dialog.tsx'
import styles from './org-note.module.css'

/** An account's organization note: what it leaves open, writing another one, and asking for it by merge request. */
export function OrgNoteScreen() {
  const { accountId } = useParams({ from: '/accounts/$accountId/org-note' })
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.orgNote(Number(accountId)))
  const back = (
    <Link to="/accounts/$accountId" params={{ accountId }}>
      Back to the account
    </Link>
  )
  if (data) return <TheNote key={data.accountId} view={data} back={back} />
  const gone = error && 'code' in error && error.code === 'NOT_FOUND'
  return (
    <Screen title="Organization note" about={back}>
      {gone ? (
        <EmptyState icon="building" title="This account is not followed">
          <p>Accounts lists those that are, and follows others.</p>
        </EmptyState>
      ) : error ? (
        <ErrorNotice what="The note could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the note…" />
      )}
    </Screen>
  )
}

/** What is asked for: the text that was written, or the note without what held for an absence. */
interface Asked {
  readonly text: string
  readonly removal: boolean
}

function TheNote({ view, back }: { readonly view: OrgNoteView; readonly back: ReactNode }) {
  const [asked, setAsked] = useState<Asked | undefined>(undefined)
  const { accountName, restricted, removal } = view
  return (
    <Screen title={`Organization note of ${accountName}`} about={back}>
      <div className={styles.body}>
        {restricted && (
          <p className={styles.caution}>
            <Icon name="lock" size={14} />
            <span>
              {accountName} is restricted: its note stays in Zendesk, without a merge request, and does not name the
              customer.
            </span>
          </p>
        )}
        {removal && !restricted && (
          <p className={styles.caution}>
            <Icon name="hourglass" size={14} />
            <span>{removal.words}</span>
            <Button icon="send" onClick={() => setAsked({ text: removal.text, removal: true })}>
              Take it out…
            </Button>
          </p>
        )}
        <TargetChanges
          target="this note"
          isAbout={(intent) => intent.kind === 'file-change' && intent.title.startsWith(`Org note of ${accountName}`)}
        />
        <div className={styles.columns}>
          <NoteAsItIs view={view} />
          <NoteEditor view={view} onSend={(text) => setAsked({ text, removal: false })} />
        </div>
      </div>
      {asked && <RequestDialog accountId={view.accountId} {...asked} onClose={() => setAsked(undefined)} />}
    </Screen>
  )
}
