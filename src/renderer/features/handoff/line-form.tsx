import { type RefObject, useEffect, useRef, useState } from 'react'
import type { HandoffDetail, HandoffTicket, TicketLineValues } from '#contract/handoffs.ts'
import { blankLine, longestStory } from '#core/handoff/handoff-document.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { useShortcuts } from '../../ui/keyboard.tsx'
import { SavedLine, TwoTexts } from '../../ui/saved-line.tsx'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { ContingencyRows } from './contingency-rows.tsx'
import { firstEmptyField, shortLine } from './handoff-words.ts'
import { SeverityField } from './severity-field.tsx'
import { Suggested, taken } from './suggested.tsx'
import { TicketFacts } from './ticket-facts.tsx'
import { type LineDraft, useLineDraft } from './use-line-draft.ts'
import { useWrittenElsewhere } from './use-written-elsewhere.ts'
import styles from './handoff.module.css'

/** Where the focus goes when a form comes up: its heading, what is missing first, or the field of a name. */
export type FocusWish = string

interface FormProps {
  readonly handoff: HandoffDetail
  readonly ticket: HandoffTicket
  readonly wish: RefObject<FocusWish>
}

/** One ticket: its facts, and what the ASE writes of it. */
export function LineForm(props: FormProps) {
  const [begin, setBegin] = useState<{ readonly round: number; readonly field?: FocusWish }>({ round: 0 })
  const { round, field } = begin
  return (
    <OneLine key={round} {...props} field={field} onElsewhere={(had) => setBegin({ round: round + 1, field: had })} />
  )
}

function OneLine(
  props: FormProps & {
    /** The field that had the focus in the form whose place this one takes; undefined in the first. */
    readonly field: FocusWish | undefined
    readonly onElsewhere: (field: FocusWish) => void
  },
) {
  const { handoff, ticket, wish, field, onElsewhere } = props
  const draft = useLineDraft(handoff.id, ticket)
  const { document: line, change } = draft
  const form = useRef<HTMLDivElement>(null)
  const isShown = canonical(ticket.line ?? blankLine) === canonical(line)
  useWrittenElsewhere(draft, { base: ticket.lineBase, isShown }, () => onElsewhere(focused(form.current) ?? ''))
  const latest = useRef(line)
  useEffect(() => {
    latest.current = line
  })
  useEffect(() => {
    const wanted = field ?? wish.current
    const name = wanted === 'missing' ? (firstEmptyField(latest.current) ?? 'heading') : wanted
    form.current?.querySelector<HTMLElement>(`[data-focus="${CSS.escape(name)}"]`)?.focus()
  }, [wish, field])
  useTaking(form, ticket, draft)
  return (
    <div ref={form} className={styles.form}>
      <div>
        <h2 tabIndex={-1} data-focus="heading" className={styles.subject}>
          #{ticket.ticketId} {ticket.facts.subject}
        </h2>
        <SavedLine draft={draft} />
      </div>
      <TicketFacts ticket={ticket} aseTimeZone={handoff.aseTimeZone} covering={false} />
      {draft.other ? (
        <TwoTexts about={`#${ticket.ticketId}`} draft={draft} words={shortLine} />
      ) : (
        <Fields handoff={handoff} ticket={ticket} line={line} change={change} />
      )}
    </div>
  )
}

interface FieldsProps {
  readonly handoff: HandoffDetail
  readonly ticket: HandoffTicket
  readonly line: TicketLineValues
  readonly change: LineDraft['change']
}

function Fields({ handoff, ticket, line, change }: FieldsProps) {
  const suggested = { suggestions: ticket.suggestions, line, onTake: change }
  return (
    <>
      <SeverityField severity={line.severity} onChange={(severity) => change({ severity })} />
      <div data-field="story" className={styles.oneLine}>
        <TextArea
          label="Story in one line"
          data-focus="story"
          rows={2}
          spellCheck
          maxLength={longestStory}
          hint={`${line.story.length} of ${longestStory} letters`}
          value={line.story}
          onChange={(event) => change({ story: event.target.value.replaceAll(/\s*\n\s*/g, ' ') })}
        />
        <Suggested field="story" {...suggested} />
      </div>
      <NextAction handoff={handoff} ticket={ticket} line={line} change={change} />
      <div data-field="contingencies">
        <ContingencyRows handoff={handoff} ticketId={ticket.ticketId} line={line} change={change} />
        <Suggested field="contingency" {...suggested} />
      </div>
      <div data-field="askWhom">
        <TextField
          label="Whom to ask"
          data-focus="askWhom"
          maxLength={500}
          value={line.askWhom}
          onChange={(event) => change({ askWhom: event.target.value })}
        />
        <Suggested field="askWhom" {...suggested} />
      </div>
    </>
  )
}

/** What is to be done next, by whom, by when. */
function NextAction({ handoff, ticket, line, change }: FieldsProps) {
  const suggested = { suggestions: ticket.suggestions, line, onTake: change }
  const owners = [handoff.aseName, ...handoff.coverNames, ticket.facts.assigneeName, 'The customer']
  const names = [...new Set(owners.filter((name) => name !== null))]
  return (
    <div className={styles.next}>
      <div data-field="nextAction">
        <TextField
          label="Next action"
          data-focus="nextAction"
          spellCheck
          maxLength={1000}
          value={line.nextAction}
          onChange={(event) => change({ nextAction: event.target.value })}
        />
        <Suggested field="nextAction" {...suggested} />
      </div>
      <div data-field="nextOwner">
        <TextField
          label="Who does it"
          data-focus="nextOwner"
          maxLength={200}
          list="next-owners"
          value={line.nextOwner}
          onChange={(event) => change({ nextOwner: event.target.value })}
        />
        <datalist id="next-owners">
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </datalist>
      </div>
      <div data-field="nextBy">
        <TextField
          label="By when"
          type="date"
          data-focus="nextBy"
          value={line.nextBy}
          onChange={(event) => change({ nextBy: event.target.value })}
        />
        <Suggested field="nextBy" {...suggested} />
      </div>
    </div>
  )
}

/** The keys of the form: a number chooses the severity, Alt and Enter take what is suggested for the field. */
function useTaking(form: RefObject<HTMLElement | null>, ticket: HandoffTicket, draft: LineDraft): void {
  const { document: line, change, other } = draft
  const choose = (severity: TicketLineValues['severity']) => () => other === null && change({ severity })
  useShortcuts([
    { keys: '1', words: 'Unstable', group: 'Ticket of the handoff', run: choose('unstable') },
    { keys: '2', words: 'Watcher', group: 'Ticket of the handoff', run: choose('watcher') },
    { keys: '3', words: 'Stable', group: 'Ticket of the handoff', run: choose('stable') },
    {
      keys: 'alt+Enter',
      words: 'Take what is suggested for the field',
      group: 'Ticket of the handoff',
      run() {
        const field = focused(form.current)
        const part = field === undefined ? undefined : taken(ticket.suggestions, field, line)
        if (part && other === null) change(part)
      },
    },
  ])
}

/** The field that has the focus; undefined where none has. */
function focused(form: HTMLElement | null): string | undefined {
  const { activeElement } = document
  if (!form?.contains(activeElement)) return undefined
  return activeElement?.closest<HTMLElement>('[data-field]')?.dataset['field']
}
