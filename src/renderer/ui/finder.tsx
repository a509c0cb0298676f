import { type KeyboardEvent, type Ref, useId, useState } from 'react'
import { errorWords } from './error-words.ts'
import { TextField } from './text-field.tsx'
import styles from './finder.module.css'

/** One thing that was found. */
export interface Finding {
  readonly id: number
  readonly words: string
  readonly hint?: string
  /** Cannot be chosen; its hint says why. */
  readonly barred?: boolean
}

/** Letters that are needed before anything is asked for. */
export const fewestLetters = 2

/** What a finder shows and tells. Who uses it does the looking. */
export interface FinderProps {
  readonly label: string
  readonly hint: string
  readonly nothingFound: string
  readonly text: string
  readonly onText: (text: string) => void
  /** Undefined while an answer is on its way. */
  readonly findings: readonly Finding[] | undefined
  readonly error: Error | null
  readonly onChoose: (finding: Finding) => void
  readonly ref?: Ref<HTMLInputElement> | undefined
}

/** A field that finds things while one types; arrow keys choose among them and Enter takes one. */
export function Finder(props: FinderProps) {
  const { label, hint, nothingFound, text, onText, findings, error, onChoose, ref } = props
  const id = useId()
  const [at, setAt] = useState(0)
  const asked = text.trim().length >= fewestLetters
  const shown = asked && !error ? (findings ?? []) : []
  const current = Math.max(0, Math.min(at, shown.length - 1))
  const choose = (finding: Finding | undefined) => finding && !finding.barred && onChoose(finding)
  const handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
    if (event.key === 'Enter') choose(shown[current])
    else if (event.key === 'ArrowDown') setAt((current + 1) % Math.max(1, shown.length))
    else if (event.key === 'ArrowUp') setAt((current - 1 + shown.length) % Math.max(1, shown.length))
    else return
    event.preventDefault()
  }
  return (
    <div>
      <TextField
        ref={ref}
        label={label}
        hint={asked ? undefined : hint}
        problem={error && asked ? errorWords(error) : undefined}
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={id}
        aria-activedescendant={shown[current] && `${id}-${current}`}
        value={text}
        onChange={(event) => {
          onText(event.target.value)
          setAt(0)
        }}
        onKeyDown={handleKey}
      />
      <div id={id} role="listbox" aria-label={label} className={styles.options}>
        {shown.map((finding, index) => (
          // The field above has the keys; options only ever take the mouse.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={finding.id}
            id={`${id}-${index}`}
            ref={index === current ? scrollIntoSight : undefined}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            aria-disabled={finding.barred ?? false}
            className={styles.option}
            onMouseMove={() => setAt(index)}
            onClick={() => choose(finding)}
          >
            <span className={styles.words}>{finding.words}</span>
            {finding.hint && <span className={styles.hint}>{finding.hint}</span>}
          </div>
        ))}
      </div>
      <p role="status" className={styles.standing}>
        {asked && !error && (findings === undefined ? 'Asking Zendesk…' : shown.length === 0 ? nothingFound : '')}
      </p>
    </div>
  )
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
