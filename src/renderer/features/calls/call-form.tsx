import { type KeyboardEvent, useRef, useState } from 'react'
import type { CallDetail, CallDocumentValues } from '#contract/calls.ts'
import { takeFocus } from '../../ui/take-focus.ts'
import { TextArea, TextField } from '../../ui/text-field.tsx'
import { ActionList } from './action-list.tsx'
import { CallAbout } from './call-about.tsx'
import { LineList } from './line-list.tsx'
import { TopicList } from './topic-list.tsx'
import type { CallDraft } from './use-call-draft.ts'
import { type FocusLine, useLineFocus } from './use-line-focus.ts'
import styles from './calls.module.css'

/** Where a call is typed while it is held: everything by the keyboard. */
export function CallForm(props: { readonly call: CallDetail; readonly draft: CallDraft; readonly onFile: () => void }) {
  const { call, draft, onFile } = props
  const { document, change } = draft
  const form = useRef<HTMLDivElement>(null)
  const [isNew] = useState(document.purpose === '')
  const focusLine = useLineFocus(form)
  const adders = addersOf(document, change, focusLine)
  const people = [...new Set([...document.customer, ...document.ours, ...call.people.customer, ...call.people.ours])]
  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const isAlt = event.altKey && !event.ctrlKey && !event.metaKey
    const add = isAlt ? Object.entries(adders).find(([code]) => code === event.code)?.[1] : undefined
    const files = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (!add && !files) return
    event.preventDefault()
    if (event.repeat) return
    if (add) add()
    else onFile()
  }
  return (
    <div ref={form} className={styles.form} onKeyDown={handleKey}>
      <KeysLine />
      <div className={styles.head}>
        <TextField
          label="Purpose"
          maxLength={200}
          spellCheck
          data-line="purpose"
          hint="Names the issue and the summary."
          ref={isNew ? takeFocus : undefined}
          value={document.purpose}
          onChange={(event) => change({ purpose: event.target.value })}
        />
        <TextField
          label="Day"
          type="date"
          value={document.day}
          onChange={(event) => change({ day: event.target.value })}
        />
      </div>
      <CallAbout call={call} document={document} onChange={change} />
      <Present call={call} document={document} change={change} focusLine={focusLine} />
      <TopicList
        focusLine={focusLine}
        topics={document.topics}
        onAdd={adders.KeyT}
        onChange={(topics) => change({ topics })}
      />
      <LineList
        focusLine={focusLine}
        name="decisions"
        heading="Decisions"
        one="Decision"
        shortcut="Alt D"
        lines={document.decisions}
        onChange={(decisions) => change({ decisions })}
      />
      <ActionList
        focusLine={focusLine}
        actions={document.actions}
        people={people}
        onAdd={adders.KeyA}
        onChange={(actions) => change({ actions })}
      />
      <Priorities document={document} change={change} focusLine={focusLine} />
    </div>
  )
}

function KeysLine() {
  return (
    <p className={styles.keys}>
      <kbd>Enter</kbd> next line · <kbd>Alt</kbd> <kbd>T</kbd> topic · <kbd>Alt</kbd> <kbd>D</kbd> decision ·{' '}
      <kbd>Alt</kbd> <kbd>A</kbd> action item · <kbd>Alt</kbd> <kbd>O</kbd> order · <kbd>Ctrl</kbd> <kbd>Enter</kbd>{' '}
      file
    </p>
  )
}

interface PartOfForm {
  readonly document: CallDocumentValues
  readonly change: CallDraft['change']
  readonly focusLine: FocusLine
}

/** Who was there, of the customer and of ours. */
function Present({ call, document, change, focusLine }: PartOfForm & { readonly call: CallDetail }) {
  return (
    <div className={styles.pair}>
      <LineList
        name="customer"
        heading={`Present of ${call.accountName}`}
        one="Person"
        lines={document.customer}
        suggestions={call.people.customer}
        focusLine={focusLine}
        onChange={(customer) => change({ customer })}
      />
      <LineList
        name="ours"
        heading="Present of ours"
        one="Colleague"
        lines={document.ours}
        suggestions={call.people.ours}
        focusLine={focusLine}
        onChange={(ours) => change({ ours })}
      />
    </div>
  )
}

/** Where the order of work was talked about: what changed, and the new list. */
function Priorities(props: PartOfForm) {
  const { document, change, focusLine } = props
  return (
    <div className={styles.pair}>
      <section className={styles.section}>
        <TextArea
          label="Priorities: what changed"
          rows={3}
          maxLength={20_000}
          hint="Left out where the order of work was not talked about."
          value={document.prioritiesChanged}
          onChange={(event) => change({ prioritiesChanged: event.target.value })}
        />
      </section>
      <LineList
        name="priorities"
        heading="The new order"
        one="Priority"
        shortcut="Alt O"
        numbered
        hint="Alt with the arrows moves one."
        lines={document.priorities}
        focusLine={focusLine}
        onChange={(priorities) => change({ priorities })}
      />
    </div>
  )
}

/** What Alt with a letter adds, by the key that has it on every layout and system. */
function addersOf(
  { topics, decisions, actions, priorities }: CallDocumentValues,
  change: CallDraft['change'],
  focusLine: FocusLine,
): Readonly<Record<'KeyT' | 'KeyD' | 'KeyA' | 'KeyO', () => void>> {
  const line = (name: string, count: number) => focusLine(`${name} ${count}`)
  const text = (name: 'decisions' | 'priorities', lines: readonly string[]) => () => {
    const kept = lines.filter((other) => other !== '')
    change({ [name]: [...kept, ''] })
    line(name, kept.length)
  }
  return {
    KeyT() {
      const kept = topics.filter(({ title, notes }) => title !== '' || notes !== '')
      change({ topics: [...kept, { title: '', notes: '' }] })
      line('topics', kept.length)
    },
    KeyA() {
      const kept = actions.filter(({ what, dri }) => what !== '' || dri !== '')
      change({ actions: [...kept, { what: '', dri: '', dueOn: '', done: false }] })
      line('actions', kept.length)
    },
    KeyD: text('decisions', decisions),
    KeyO: text('priorities', priorities),
  }
}
