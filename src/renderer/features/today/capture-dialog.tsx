import { useRef } from 'react'
import { conversationText, tidyConversation } from '#core/guidance/tidy-conversation.ts'
import { fillIn } from '#core/policy/fill-in.ts'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'

/** Turns a conversation that was copied from Slack into an internal note: who said what when. */
export function CaptureDialog(props: {
  readonly ticketId: number
  /** The note, with `{conversation}` in it. */
  readonly template: string
  readonly onClose: () => void
}) {
  const { ticketId, template, onClose } = props
  const [pasted, setPasted] = useDraft(`capture.${useWorkspaceName()}.${ticketId}`)
  const field = useRef<HTMLTextAreaElement>(null)
  const messages = tidyConversation(pasted)
  const body = fillIn(template, { conversation: conversationText(messages) })
  return (
    <ChangeDialog
      title={`Capture the Slack conversation in #${ticketId}`}
      intent={messages.length === 0 ? null : { kind: 'internal-note', ticketId, body }}
      missing="Paste the conversation; the note it becomes is shown here first."
      initialFocus={field}
      onSent={() => setPasted('')}
      onClose={onClose}
    >
      <TextArea
        ref={field}
        label="Conversation"
        hint="In Slack: select the messages of the thread and copy them. Kept as a draft."
        value={pasted}
        maxLength={50_000}
        onChange={(event) => setPasted(event.target.value)}
      />
    </ChangeDialog>
  )
}
