import { useId } from 'react'
import type { CallDocumentValues } from '#contract/calls.ts'
import { Button } from '../../ui/button.tsx'
import { handleLineKey } from './line-keys.ts'
import type { FocusLine } from './use-line-focus.ts'
import styles from './calls.module.css'

type Actions = CallDocumentValues['actions']

/** What is to be done after a call: what, who is responsible, by when. Enter begins the next. */
export function ActionList(props: {
  readonly actions: Actions
  /** Who may be responsible. */
  readonly people: readonly string[]
  readonly focusLine: FocusLine
  readonly onAdd: () => void
  readonly onChange: (actions: Actions) => void
}) {
  const { actions, people, focusLine, onAdd, onChange } = props
  const id = useId()
  const keys = {
    ...{ name: 'actions', lines: actions, focusLine, onChange },
    blank: { what: '', dri: '', dueOn: '', done: false },
    isBlank: ({ what, dri }: Actions[number]) => what === '' && dri === '',
  }
  const put = (index: number, part: Partial<Actions[number]>) =>
    onChange(actions.map((item, at) => (at === index ? { ...item, ...part } : item)))
  return (
    <section aria-labelledby="call-actions" className={styles.section}>
      <h3 id="call-actions">Action items</h3>
      <ul className={styles.lines}>
        {actions.map(({ what, dri, dueOn, done }, index) => (
          <li key={index} className={styles.action} onKeyDown={(event) => handleLineKey(event, index, keys)}>
            <input
              type="checkbox"
              aria-label={`Action item ${index + 1} is done`}
              checked={done}
              onChange={(event) => put(index, { done: event.target.checked })}
            />
            <input
              className={styles.input}
              aria-label={`Action item ${index + 1}`}
              data-line={`actions ${index}`}
              placeholder="What is to be done"
              maxLength={1000}
              autoComplete="off"
              value={what}
              onChange={(event) => put(index, { what: event.target.value })}
            />
            <input
              className={styles.input}
              aria-label={`Who is responsible for action item ${index + 1}`}
              placeholder="DRI"
              maxLength={200}
              autoComplete="off"
              list={`${id}-people`}
              value={dri}
              onChange={(event) => put(index, { dri: event.target.value })}
            />
            <input
              type="date"
              className={styles.input}
              aria-label={`Day by which action item ${index + 1} is due`}
              value={dueOn}
              onChange={(event) => put(index, { dueOn: event.target.value })}
            />
          </li>
        ))}
      </ul>
      <datalist id={`${id}-people`}>
        {people.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
      <p className={styles.chips}>
        <Button look="quiet" icon="plus" aria-label="Add: Action item" title="Key: Alt A" onClick={onAdd}>
          Action item
        </Button>
      </p>
    </section>
  )
}
