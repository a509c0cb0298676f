import type { KeyboardEvent } from 'react'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { takeFocus } from '../../ui/take-focus.ts'
import { TextArea } from '../../ui/text-field.tsx'
import styles from './run.module.css'

/** Letters a note may have at most. */
const longestNote = 1000

/** The note that goes with the decision of a row. It is kept while it is typed, and goes nowhere by itself. */
export function RowNote(props: {
  readonly note: string
  readonly open: boolean
  /** What is private is hidden, notes too. */
  readonly hidden: boolean
  readonly onOpen: () => void
  readonly onChange: (note: string) => void
  /** Back to the keys. */
  readonly onDone: () => void
}) {
  const { note, open, hidden, onOpen, onChange, onDone } = props
  if (hidden) {
    if (note === '') return null
    return (
      <p className={styles.soft}>
        <Icon name="lock" size={12} /> A note is kept with it.
      </p>
    )
  }
  if (!open) {
    return (
      <div className={styles.noteLine}>
        <Button look="quiet" icon="edit" aria-keyshortcuts="n" onClick={onOpen}>
          Note <kbd aria-hidden="true">n</kbd>
        </Button>
        {note !== '' && <p className={styles.noteWords}>{note}</p>}
      </div>
    )
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDone()
  }
  return (
    <div className={styles.note}>
      <TextArea
        ref={takeFocus}
        label="Note, for the two of you"
        hint="Ctrl Enter decides with it. Esc goes back to the keys, and the note stays."
        rows={2}
        maxLength={longestNote}
        value={note}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={handleKey}
      />
    </div>
  )
}
