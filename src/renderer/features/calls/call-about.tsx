import type { CallDetail, CallDocumentValues } from '#contract/calls.ts'
import { SelectField } from '../../ui/select-field.tsx'
import styles from './calls.module.css'

/** What a call was about, which decides what it becomes: a summary in each ticket, or an issue. */
export function CallAbout(props: {
  readonly call: CallDetail
  readonly document: CallDocumentValues
  readonly onChange: (part: Partial<CallDocumentValues>) => void
}) {
  const { call, document, onChange } = props
  const choices = [
    { value: 'tickets', word: 'Tickets', means: 'becomes a call summary in each of them' },
    { value: 'other', word: 'Something else', means: 'becomes an issue with its action items as tasks' },
  ] as const
  return (
    <section aria-labelledby="call-about" className={styles.section}>
      <h3 id="call-about">What it was about</h3>
      <div className={styles.choices}>
        {choices.map(({ value, word, means }) => (
          <label key={value} className={styles.choice}>
            <input
              type="radio"
              name="call-about"
              checked={document.about === value}
              onChange={() => onChange({ about: value })}
            />
            <span>
              {word}: <span className={styles.soft}>{means}</span>
            </span>
          </label>
        ))}
      </div>
      {document.about === 'tickets' && <TicketChoice call={call} document={document} onChange={onChange} />}
    </section>
  )
}

function TicketChoice(props: {
  readonly call: CallDetail
  readonly document: CallDocumentValues
  readonly onChange: (part: Partial<CallDocumentValues>) => void
}) {
  const { call, onChange } = props
  const { tickets } = props.document
  const chosen = tickets.map(({ id }) => id)
  const left = call.tickets.filter(({ id }) => !chosen.includes(id))
  const subjectOf = (id: number) => call.tickets.find((ticket) => ticket.id === id)?.subject ?? ''
  return (
    <>
      <ul className={styles.tickets}>
        {tickets.map(({ id, how }) => (
          <li key={id} className={styles.ticket}>
            <span className={styles.grow}>
              <strong>#{id}</strong> {subjectOf(id)}
            </span>
            <select
              className={styles.input}
              aria-label={`Who reads the summary on #${id}`}
              value={how}
              onChange={(event) => {
                const next = event.target.value === 'public' ? 'public' : 'internal'
                onChange({ tickets: tickets.map((ticket) => (ticket.id === id ? { id, how: next } : ticket)) })
              }}
            >
              <option value="internal">Internal note</option>
              <option value="public">For the customer: a text to copy</option>
            </select>
            <button
              type="button"
              className={styles.link}
              aria-label={`Leave out #${id}`}
              onClick={() => onChange({ tickets: tickets.filter((ticket) => ticket.id !== id) })}
            >
              Leave out
            </button>
          </li>
        ))}
      </ul>
      <SelectField
        label="Add a ticket"
        hint="Understudy writes internal notes only. What the customer is to read you post yourself, from the text that filing shows."
        value=""
        onChange={(event) => onChange({ tickets: [...tickets, { id: Number(event.target.value), how: 'internal' }] })}
      >
        <option value="" disabled>
          {left.length === 0 ? 'No other open ticket' : 'Choose'}
        </option>
        {left.map(({ id, subject }) => (
          <option key={id} value={id}>
            #{id} {subject}
          </option>
        ))}
      </SelectField>
    </>
  )
}
