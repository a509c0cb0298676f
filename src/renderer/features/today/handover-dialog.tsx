import { type RefObject, useRef } from 'react'
import { fillIn } from '#core/policy/fill-in.ts'
import { ChangeDialog } from '../../ui/change-dialog.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useDraft } from '../../ui/use-draft.ts'
import { useWorkspaceName } from '../../ui/use-workspace-name.ts'

/** Longest text of a part; all of them together fit into a note. */
const longest = 15_000

/** Writes what an ASE has to know who takes a ticket over: its history, what the customer expects, what else helps. */
export function HandoverDialog(props: {
  readonly ticketId: number
  /** The note, with `{history}`, `{expectations}` and `{facts}` in it. */
  readonly template: string
  readonly onClose: () => void
}) {
  const { ticketId, template, onClose } = props
  const key = `handover.${useWorkspaceName()}.${ticketId}`
  const [history, setHistory] = useDraft(`${key}.history`)
  const [expectations, setExpectations] = useDraft(`${key}.expectations`)
  const [facts, setFacts] = useDraft(`${key}.facts`)
  const field = useRef<HTMLTextAreaElement>(null)
  const written = (text: string) => text.trim() || 'Nothing to add.'
  const body = fillIn(template, {
    history: written(history),
    expectations: written(expectations),
    facts: written(facts),
  })
  const drop = () => [setHistory, setExpectations, setFacts].forEach((set) => set(''))
  return (
    <ChangeDialog
      title={`Handover note on #${ticketId}`}
      intent={history.trim() === '' ? null : { kind: 'internal-note', ticketId, body }}
      missing="Write down at least the history; the note is shown here first. Assign the ticket after it."
      initialFocus={field}
      onSent={drop}
      onClose={onClose}
    >
      <Part
        label="History"
        hint="What happened so far, and what was found out."
        {...{ field }}
        value={history}
        onText={setHistory}
      />
      <Part
        label="What the customer expects"
        hint="Promises, dates, how they like to work."
        value={expectations}
        onText={setExpectations}
      />
      <Part label="Useful to know" hint="Anything else that helps. Kept as a draft." value={facts} onText={setFacts} />
    </ChangeDialog>
  )
}

function Part(props: {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly field?: RefObject<HTMLTextAreaElement | null>
  readonly onText: (text: string) => void
}) {
  const { label, hint, value, field, onText } = props
  return (
    <TextArea
      {...(field ? { ref: field } : {})}
      label={label}
      hint={hint}
      rows={3}
      maxLength={longest}
      value={value}
      onChange={(event) => onText(event.target.value)}
    />
  )
}
