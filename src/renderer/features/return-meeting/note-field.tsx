import { CheckField } from '../../ui/check-field.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { TextArea } from '../../ui/text-field.tsx'
import type { HandoverNote } from './use-handover-notes.ts'
import styles from './wrap-up.module.css'

/** Letters a note may have at most. */
const longestNote = 60_000

/** Where the handover note of a ticket is written, or left out. */
export function NoteField(props: {
  readonly ticketId: number
  readonly note: HandoverNote
  readonly onNote: (note: HandoverNote) => void
}) {
  const { ticketId, note, onNote } = props
  return (
    <div className={styles.note}>
      <CheckField
        label={`Leave out the note on #${ticketId}`}
        checked={note.leftOut}
        onChange={(leftOut) => onNote({ ...note, leftOut })}
      />
      {!note.leftOut && (
        <TextArea
          ref={takeFocus}
          label={`Internal note on #${ticketId}`}
          hint="Only agents see it. Kept as a draft while you write."
          rows={6}
          maxLength={longestNote}
          value={note.text}
          onChange={(event) => onNote({ ...note, text: event.target.value })}
        />
      )}
    </div>
  )
}
