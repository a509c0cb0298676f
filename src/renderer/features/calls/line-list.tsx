import { type ReactNode, useId } from 'react'
import { Button } from '../../ui/button.tsx'
import { handleLineKey } from './line-keys.ts'
import type { FocusLine } from './use-line-focus.ts'
import styles from './calls.module.css'

/** Lines of text under a heading: who was present, decisions, an order. Enter begins the next. */
export function LineList(props: {
  /** Names the list for the focus. */
  readonly name: string
  readonly heading: string
  /** What one line is, for screen readers and the button: `Decision`. */
  readonly one: string
  readonly lines: readonly string[]
  readonly numbered?: boolean
  readonly hint?: ReactNode
  /** The key that adds one. */
  readonly shortcut?: string
  /** What may stand in a line. */
  readonly suggestions?: readonly string[]
  readonly focusLine: FocusLine
  readonly onChange: (lines: readonly string[]) => void
}) {
  const { name, heading, one, lines, numbered = false, hint, shortcut, suggestions = [], focusLine, onChange } = props
  const id = useId()
  const keys = { name, lines, blank: '', isBlank: (line: string) => line === '', onChange, focusLine }
  const left = suggestions.filter((suggestion) => !lines.includes(suggestion))
  const add = (line: string) => {
    const kept = lines.filter((other) => other !== '')
    onChange([...kept, line])
    if (line === '') focusLine(`${name} ${kept.length}`)
  }
  return (
    <section aria-labelledby={`${id}-heading`} className={styles.section}>
      <h3 id={`${id}-heading`}>{heading}</h3>
      {hint && <p className={styles.soft}>{hint}</p>}
      <ul className={styles.lines}>
        {lines.map((line, index) => (
          <li key={index} className={styles.line}>
            <span className={styles.mark}>{numbered ? `${index + 1}.` : '•'}</span>
            <input
              className={styles.input}
              aria-label={`${one} ${index + 1}`}
              data-line={`${name} ${index}`}
              maxLength={1000}
              autoComplete="off"
              list={left.length > 0 ? `${id}-suggestions` : undefined}
              value={line}
              onChange={(event) => onChange(lines.with(index, event.target.value))}
              onKeyDown={(event) => handleLineKey(event, index, keys)}
            />
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <datalist id={`${id}-suggestions`}>
          {left.map((suggestion) => (
            <option key={suggestion}>{suggestion}</option>
          ))}
        </datalist>
      )}
      <p className={styles.chips}>
        <Button
          look="quiet"
          icon="plus"
          aria-label={`Add: ${one}`}
          title={shortcut && `Key: ${shortcut}`}
          onClick={() => add('')}
        >
          {one}
        </Button>
        {left.slice(0, 6).map((suggestion) => (
          <Button key={suggestion} aria-label={`Add ${suggestion}`} onClick={() => add(suggestion)}>
            {suggestion}
          </Button>
        ))}
      </p>
    </section>
  )
}
