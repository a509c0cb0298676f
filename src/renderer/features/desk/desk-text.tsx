import { type KeyboardEvent, useRef, useState } from 'react'
import type { DeskEdit } from '#contract/desk.ts'
import { useConnectionStatus } from '../../api/window-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Problem } from '../../ui/notice.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useDeskChange } from './use-desk-change.ts'
import styles from './desk.module.css'

/** A text that is changed where it stands: press it, write, save. What is being written outlives the window. */
export function DeskText(props: {
  readonly accountId: number
  readonly name: string
  readonly text: string
  /** Names what is written in the window's drafts. */
  readonly draftKey: string
  /** What to write there, while nothing is. */
  readonly hint: string
  readonly editOf: (text: string) => DeskEdit
}) {
  const { accountId, name, text, draftKey, hint, editOf } = props
  const [draft, keepDraft] = useDraft(draftKey)
  const [isOpen, setIsOpen] = useState(draft !== '')
  const opener = useRef<HTMLButtonElement>(null)
  if (isOpen) {
    const close = () => {
      keepDraft('')
      setIsOpen(false)
      requestAnimationFrame(() => opener.current?.focus())
    }
    return <TextForm {...{ accountId, name, text, editOf }} draft={draft || text} onDraft={keepDraft} onClose={close} />
  }
  return (
    <button
      ref={opener}
      type="button"
      className={styles.value}
      aria-label={`${name}: ${text || 'nothing yet'}. Change`}
      onClick={() => setIsOpen(true)}
    >
      {text === '' ? <span className={styles.soft}>{hint}</span> : text}
    </button>
  )
}

function TextForm(props: {
  readonly accountId: number
  readonly name: string
  readonly text: string
  readonly draft: string
  readonly editOf: (text: string) => DeskEdit
  readonly onDraft: (text: string) => void
  readonly onClose: () => void
}) {
  const { accountId, name, text, draft, editOf, onDraft, onClose } = props
  const [written, setWritten] = useState(draft)
  const { change, pending, error } = useDeskChange(accountId)
  const connected = useConnectionStatus() === 'open'
  const save = () => {
    if (!connected || pending) return
    if (written.trim() === text) return onClose()
    change(editOf(written), `${name} of this account was changed.`, onClose)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
      event.preventDefault()
      save()
    }
  }
  return (
    <div className={styles.form} onKeyDown={handleKey}>
      <TextArea
        label={name}
        rows={3}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was pressed to write in it
        autoFocus
        value={written}
        hint="Ctrl Enter saves, Escape leaves it as it was."
        onChange={(event) => {
          setWritten(event.target.value)
          onDraft(event.target.value)
        }}
      />
      <div className={styles.buttons}>
        <Button look="primary" disabled={!connected || pending} onClick={save}>
          {pending ? 'Saving…' : 'Save'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
      <Problem error={error} />
    </div>
  )
}
