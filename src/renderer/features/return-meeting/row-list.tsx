import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { MeetingRow, ReturnDecided } from '#contract/returns.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { decisionText } from './decision-bar.tsx'
import { isUndecided } from './place-in-list.ts'
import { decisionLooks, fullName, rowKindWord, rowLooks, shortName } from './row-looks.ts'
import type { ListFold } from './use-list-fold.ts'
import { withoutPrivate } from './without-private.ts'
import styles from './run.module.css'

/** Every row of a meeting in its order, each with how far it is; a press leads there, and so do a number or words. */
export function RowList(props: {
  readonly rows: readonly MeetingRow[]
  readonly past: readonly ReturnDecided[]
  readonly at: string | null
  readonly hidden: boolean
  readonly fold: ListFold
  readonly onGo: (key: string) => void
  /** Back to the keys. */
  readonly onFocus: () => void
}) {
  const { rows, past, at, hidden, fold, onGo, onFocus } = props
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (fold.asked > 0) field.current?.focus()
  }, [fold.asked])
  const shown = (hidden ? rows.map(withoutPrivate) : rows).filter((row) => matches(row, text))
  const handleKey = ({ key }: KeyboardEvent) => {
    const [first] = shown
    if (key !== 'Escape' && !(key === 'Enter' && first)) return
    setText('')
    onFocus()
    if (key === 'Enter' && first) onGo(first.key)
  }
  return (
    <nav className={styles.list} aria-label="Rows of the meeting">
      <input
        ref={field}
        type="search"
        className={styles.find}
        aria-label="Find a row by its number or words"
        placeholder="Number or words   /"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={handleKey}
      />
      <ol>
        {shown.map((row) => (
          <Item key={row.key} row={row} isHere={row.key === at} onPress={() => onGo(row.key)} />
        ))}
      </ol>
      {shown.length === 0 && <p className={styles.none}>No row matches.</p>}
      {past.length > 0 && !hidden && <Past past={past} />}
    </nav>
  )
}

function Item(props: { readonly row: MeetingRow; readonly isHere: boolean; readonly onPress: () => void }) {
  const { row, isHere, onPress } = props
  const { kind, decided } = row
  const [icon, words] = progressOf(row)
  return (
    <li>
      <button
        ref={isHere ? scrollIntoSight : undefined}
        type="button"
        className={styles.listItem}
        aria-current={isHere ? 'step' : undefined}
        data-open={isUndecided(row)}
        data-changed={decided?.changed}
        onClick={onPress}
      >
        <span className={styles.itemKind} data-tone={rowLooks[kind].tone}>
          <Icon name={rowLooks[kind].icon} size={14} />
          <span>{rowKindWord(kind)}</span>
        </span>
        <span className={styles.itemState}>
          <Icon name={icon} size={12} />
          {words}
        </span>
        <span className={styles.itemName}>{fullName(row)}</span>
      </button>
    </li>
  )
}

/** How far a row is, as a sign and in words. */
function progressOf({ decided }: MeetingRow): readonly [IconName, string] {
  if (decided === null) return ['dash', 'Undecided']
  return decided.changed ? ['alert', 'Changed'] : ['check', decisionLooks[decided.decision.kind].word]
}

/** What was decided of rows that the list does not have any more. */
export function Past({ past }: { readonly past: readonly ReturnDecided[] }) {
  return (
    <section className={styles.past}>
      <h3>Decided, and not on the list any more</h3>
      <ul>
        {past.map((decided) => (
          <li key={decided.key}>
            <strong>{decisionText(decided.decision)}</strong> {shortName(decided)}{' '}
            <span className={styles.soft}>
              {rowKindWord(decided.kind)}: {decided.words}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function matches(row: MeetingRow, text: string): boolean {
  const searched = `${fullName(row)} ${rowKindWord(row.kind)} ${progressOf(row)[1]}`.toLocaleLowerCase()
  return text
    .toLocaleLowerCase()
    .trim()
    .split(/\s+/)
    .every((word) => searched.includes(word))
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
