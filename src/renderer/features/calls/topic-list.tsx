import type { CallDocumentValues } from '#contract/calls.ts'
import { Button } from '../../ui/button.tsx'
import { handleLineKey } from './line-keys.ts'
import type { FocusLine } from './use-line-focus.ts'
import styles from './calls.module.css'

type Topics = CallDocumentValues['topics']

/** What was talked about: a title and notes each. Enter in a title leads to its notes. */
export function TopicList(props: {
  readonly topics: Topics
  readonly focusLine: FocusLine
  readonly onAdd: () => void
  readonly onChange: (topics: Topics) => void
}) {
  const { topics, focusLine, onAdd, onChange } = props
  const keys = {
    ...{ name: 'topics', lines: topics, blank: { title: '', notes: '' }, focusLine, onChange },
    isBlank: ({ title, notes }: Topics[number]) => title === '' && notes === '',
  }
  const put = (index: number, part: Partial<Topics[number]>) =>
    onChange(topics.map((topic, at) => (at === index ? { ...topic, ...part } : topic)))
  return (
    <section aria-labelledby="call-topics" className={styles.section}>
      <h3 id="call-topics">Topics</h3>
      <ul className={styles.lines}>
        {topics.map(({ title, notes }, index) => (
          <li key={index} className={styles.topic}>
            <input
              className={styles.input}
              aria-label={`Topic ${index + 1}`}
              data-line={`topics ${index}`}
              placeholder="Topic"
              maxLength={1000}
              autoComplete="off"
              value={title}
              onChange={(event) => put(index, { title: event.target.value })}
              onKeyDown={(event) => {
                const isPlainEnter = event.key === 'Enter' && !event.ctrlKey && !event.metaKey
                if (!isPlainEnter || event.nativeEvent.isComposing) return handleLineKey(event, index, keys)
                event.preventDefault()
                focusLine(`notes ${index}`)
              }}
            />
            <textarea
              className={styles.notes}
              aria-label={`Notes on topic ${index + 1}`}
              data-line={`notes ${index}`}
              placeholder="Notes"
              rows={Math.min(14, Math.max(2, notes.split('\n').length + 1))}
              maxLength={20_000}
              value={notes}
              onChange={(event) => put(index, { notes: event.target.value })}
            />
          </li>
        ))}
      </ul>
      <p className={styles.chips}>
        <Button look="quiet" icon="plus" aria-label="Add: Topic" title="Key: Alt T" onClick={onAdd}>
          Topic
        </Button>
      </p>
    </section>
  )
}
