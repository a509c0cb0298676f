import { useEffect, useRef, useState } from 'react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import type { OrgNoteView } from '#contract/org-notes.ts'
import { useConnectionStatus, useWindow } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { CheckField } from '../../ui/check-field.tsx'
import { errorWords } from '../../ui/error-words.ts'
import { Problem } from '../../ui/notice.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { NoteDiff } from './note-diff.tsx'
import { NoteScore, NoteWarnings, QuestionList } from './question-list.tsx'
import styles from './org-note.module.css'

/** Another note: filled from the account's facts or written by hand, held against the rules while one types. */
export function NoteEditor(props: { readonly view: OrgNoteView; readonly onSend: (text: string) => void }) {
  const { view, onSend } = props
  const { accountId, note, draft, restricted } = view
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const [text, setText] = useDraft(`org-note ${accountId}`, draft?.text ?? note ?? '')
  const settled = useSettled(text)
  const { data: lint, error } = useQuery({
    ...queries.noteLint(accountId, settled),
    placeholderData: keepPreviousData,
  })
  const keeping = useKept(view, settled)
  const isSame = text.trim() === (note ?? '').trim()
  return (
    <section aria-label="Another note">
      <div className={styles.head}>
        <h2>Another note</h2>
        {lint && <NoteScore lint={lint} />}
        <Button
          look="primary"
          icon="send"
          disabled={!connected || isSame || restricted || text.trim() === ''}
          onClick={() => onSend(text)}
        >
          Send as merge request…
        </Button>
      </div>
      <Filling view={view} onFilled={setText} />
      <TextArea
        label="Text of the note"
        rows={14}
        value={text}
        hint={isSame ? 'The same as in Zendesk.' : keeping.words}
        problem={error ? `It could not be held against the rules: ${errorWords(error)}` : keeping.problem}
        onChange={(event) => setText(event.target.value)}
      />
      {lint && <NoteWarnings lint={lint} />}
      {lint && <QuestionList lint={lint} label="What this text answers" />}
      {!isSame && (
        <>
          <h3>What changes</h3>
          <NoteDiff before={note ?? ''} after={text} />
          <div>
            <Button look="quiet" icon="return" onClick={() => setText(note ?? '')}>
              Back to the note in Zendesk
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

/** Writes the text anew from what is known of the account. */
function Filling(props: { readonly view: OrgNoteView; readonly onFilled: (text: string) => void }) {
  const { view, onFilled } = props
  const { queries } = useWindow()
  const connected = useConnectionStatus() === 'open'
  const [autoAssigned, setAutoAssigned] = useState(view.autoAssigned)
  const [cover, setCover] = useState('')
  const compose = useMutation({
    ...queries.procedures.orgNotes.compose.mutationOptions(),
    onSuccess: ({ text }) => onFilled(text),
  })
  const chosen = view.covers[Number(cover)]
  const fill = () =>
    compose.mutate({
      accountId: view.accountId,
      autoAssigned,
      ...(cover === '' || !chosen ? {} : { cover: chosen }),
    })
  return (
    <div className={styles.filling}>
      <CheckField
        label="New tickets go to the ASE by themselves"
        checked={autoAssigned}
        onChange={(checked) => setAutoAssigned(checked)}
      />
      {view.covers.length > 0 && (
        <SelectField label="Text for an absence" value={cover} onChange={(event) => setCover(event.target.value)}>
          <option value="">None</option>
          {view.covers.map(({ name, until }, index) => (
            <option key={`${name} ${until}`} value={index}>
              {name} covers until {until}
            </option>
          ))}
        </SelectField>
      )}
      <Button icon="edit" disabled={!connected || compose.isPending} onClick={fill}>
        Fill from the account
      </Button>
      {compose.data?.missing.map((words) => (
        <p key={words} className={styles.soft}>
          {words}
        </p>
      ))}
      <Problem error={compose.error} />
    </div>
  )
}

/** Hands what was typed to the service as soon as nobody types, so that it is there in another window too. */
function useKept({ accountId, draft, note }: OrgNoteView, settled: string) {
  const { queries } = useWindow()
  const { mutate, error, isSuccess } = useMutation(queries.procedures.orgNotes.saveDraft.mutationOptions())
  const kept = useRef(draft?.text ?? note ?? '')
  useEffect(() => {
    if (settled === kept.current) return
    kept.current = settled
    mutate({ accountId, text: settled.trim() === (note ?? '').trim() ? '' : settled })
  }, [accountId, mutate, note, settled])
  return {
    words: isSuccess || draft !== null ? 'Kept on this computer until it is in Zendesk.' : 'Markdown.',
    problem: error ? `Kept in this window only: ${errorWords(error)}` : undefined,
  }
}
