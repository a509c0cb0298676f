import { useRef } from 'react'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { ChangeDialog } from '../../ui/change-dialog.tsx'

/** Letters a note may have at most. */
const longestNote = 60_000

/** Writes an internal note. What is typed outlives the dialog and the window until it is sent. */
export function NoteDialog(props: {
  readonly ticketId: number
  readonly draftKey: string
  readonly onClose: () => void
}) {
  const { ticketId, draftKey, onClose } = props
  const [text, setText] = useDraft(draftKey)
  const field = useRef<HTMLTextAreaElement>(null)
  const body = text.trim()
  return (
    <ChangeDialog
      title={`Internal note on #${ticketId}`}
      intent={body === '' ? null : { kind: 'internal-note', ticketId, body }}
      missing="Write something; what is sent and who sees it is shown here first."
      initialFocus={field}
      onSent={() => setText('')}
      onClose={onClose}
    >
      <TextArea
        ref={field}
        label="Note"
        hint="Kept as a draft while you write."
        maxLength={longestNote}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </ChangeDialog>
  )
}
