import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { CallDetail } from '#contract/calls.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { errorWords } from '../../ui/error-words.ts'
import { EmptyState, ErrorNotice, Loading, Problem } from '../../ui/notice.tsx'
import { Screen } from '../../ui/screen.tsx'
import { useUndo } from '../../ui/use-undo.ts'
import { Became } from './became.tsx'
import { CallForm } from './call-form.tsx'
import { FileDialog } from './file-dialog.tsx'
import { type CallDraft, useCallDraft } from './use-call-draft.ts'
import styles from './calls.module.css'

/** One call: where it is typed, and what it became once it is filed. */
export function CallScreen() {
  const { callId } = useParams({ from: '/calls/$callId' })
  const { queries } = useWindow()
  const { data, error, refetch } = useQuery(queries.call(callId))
  const back = <Link to="/calls">Back to Calls</Link>
  if (data) return data.state === 'draft' ? <DraftCall key={data.id} call={data} /> : <FiledCall call={data} />
  const gone = error && 'code' in error && error.code === 'NOT_FOUND'
  return (
    <Screen title="Call" about={back}>
      {gone ? (
        <EmptyState icon="phone" title="This call is not here">
          <p>It was deleted, or it belongs to another workspace. Calls lists those there are.</p>
        </EmptyState>
      ) : error ? (
        <ErrorNotice what="The call could not be read" error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="Reading the call…" />
      )}
    </Screen>
  )
}

function DraftCall({ call }: { readonly call: CallDetail }) {
  const draft = useCallDraft(call)
  const [filing, setFiling] = useState(false)
  const open = useMutation({ mutationFn: draft.flush, onSuccess: () => setFiling(true) })
  const onFile = () => {
    if (!filing && !open.isPending) open.mutate()
  }
  return (
    <Screen
      title={`Call with ${call.accountName}`}
      about={
        <>
          <Link to="/calls">Back to Calls</Link> · <SavedLine draft={draft} />
        </>
      }
      actions={
        <div className={styles.buttons}>
          <DeleteCall call={call} draft={draft} />
          <Button look="primary" icon="send" title="Key: Ctrl Enter" disabled={draft.other !== null} onClick={onFile}>
            File…
          </Button>
        </div>
      }
    >
      <Problem error={open.error} />
      {draft.other ? <OtherText draft={draft} /> : <CallForm call={call} draft={draft} onFile={onFile} />}
      {filing && (
        <FileDialog call={call} document={draft.document} onFiled={draft.drop} onClose={() => setFiling(false)} />
      )}
    </Screen>
  )
}

function SavedLine({ draft: { saved, error } }: { readonly draft: CallDraft }) {
  return (
    <span role="status">
      {saved ? 'Saved' : error ? `Not saved yet; this window keeps it. ${errorWords(error)}` : 'Saving…'}
    </span>
  )
}

/** The same call was typed into in two places: a person chooses, and nothing is typed before. */
function OtherText({ draft: { document, other, settle } }: { readonly draft: CallDraft }) {
  if (!other) return null
  return (
    <section className={styles.other} aria-label="Two texts of this call">
      <p>
        <strong>There are two texts of this call.</strong> It was typed into in another window, or in this one before it
        ended. Choose which to go on with; the other one is dropped.
      </p>
      <p>
        <Button onClick={() => settle('mine')}>Go on with this one</Button> {summaryOf(document)}
      </p>
      <p>
        <Button onClick={() => settle('other')}>Go on with this one</Button> {summaryOf(other)}
      </p>
    </section>
  )
}

function summaryOf({ purpose, topics, decisions, actions }: CallDraft['document']): string {
  const last = [...topics]
    .reverse()
    .find(({ notes }) => notes !== '')
    ?.notes.split('\n')
    .at(-1)
  const counts = `topics: ${topics.length}, decisions: ${decisions.length}, action items: ${actions.length}`
  return `“${purpose || 'No purpose'}” (${counts})${last === undefined ? '' : `, last note “${last}”`}`
}

/** Forgets a draft; it can be brought back. */
function DeleteCall({ call, draft }: { readonly call: CallDetail; readonly draft: CallDraft }) {
  const { connection, queries } = useWindow()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const offerUndo = useUndo()
  const connected = useConnectionStatus() === 'open'
  const again = () => queryClient.invalidateQueries({ queryKey: queries.procedures.calls.key() })
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      await draft.flush()
      return connection.client.calls.remove({ id: call.id })
    },
    onSuccess: async (gone) => {
      draft.drop()
      await navigate({ to: '/calls' })
      queryClient.removeQueries({ queryKey: queries.call(call.id).queryKey })
      offerUndo(`The call with ${call.accountName} is deleted`, async () => {
        await connection.client.calls.restore(gone)
        await again()
        await navigate({ to: '/calls/$callId', params: { callId: gone.id } })
      })
      await again()
    },
  })
  return (
    <>
      <Problem error={error} />
      <Button icon="trash" disabled={!connected || isPending} title="It can be brought back." onClick={() => mutate()}>
        Delete
      </Button>
    </>
  )
}

function FiledCall({ call }: { readonly call: CallDetail }) {
  const { purpose, day, accountName, document } = call
  const lines = [
    { name: `Present of ${accountName}`, said: document.customer },
    { name: 'Present of ours', said: document.ours },
    { name: 'Topics', said: document.topics.map(({ title, notes }) => [title, notes].filter(Boolean).join('\n')) },
    { name: 'Decisions', said: document.decisions },
    { name: 'The new order', said: document.priorities },
  ]
  return (
    <Screen title={`${day} Call: ${purpose}`} about={<Link to="/calls">Back to Calls</Link>}>
      <div className={styles.filed}>
        <section aria-label="What it became" className={styles.section}>
          <h3>What it became</h3>
          <Became became={call.became} />
        </section>
        {lines.map(({ name, said }) => {
          const told = said.filter((text) => text.trim() !== '')
          return (
            told.length > 0 && (
              <section key={name} className={styles.section}>
                <h3>{name}</h3>
                <ul className={styles.told}>
                  {told.map((text, index) => (
                    <li key={index}>{text}</li>
                  ))}
                </ul>
              </section>
            )
          )
        })}
        {document.actions.length > 0 && (
          <p className={styles.soft}>Its action items are listed under Calls until they are done.</p>
        )}
      </div>
    </Screen>
  )
}
