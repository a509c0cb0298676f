import { useState } from 'react'
import type { MeetingRow } from '#contract/returns.ts'
import { changesOf, nextUndecided, placeAfter, placeToBegin, stepFrom } from './place-in-list.ts'
import { fullName } from './row-looks.ts'

/** Where a list is gone over, and what is said of it on the way. */
export interface RunPlace {
  /** Key of the row; null at the end. */
  readonly at: string | null
  /** The row as it is, or as it was before it left the list. */
  readonly row: MeetingRow | undefined
  /** Whether it left the list while somebody was typing in it. */
  readonly hasLeft: boolean
  /** What happened last, in a line. */
  readonly said: string
  readonly say: (words: string) => void
  readonly goTo: (key: string | null) => void
  /** The same, unless somebody is typing: then nothing is moved under their hands. */
  readonly comeBackTo: (key: string) => void
  readonly step: (steps: number) => void
  /** To the next row that is undecided, or to the end. */
  readonly goOn: () => void
}

/**
 * Holds the place in a list that changes under one's hands: by the row, wherever it stands now. When the row leaves the list, what came
 * after it is next; only whoever is typing stays with what they see.
 *
 * @param rows with what is on its way.
 * @param stored as the service has them.
 */
export function useRunPlace(
  rows: readonly MeetingRow[],
  stored: readonly MeetingRow[],
  stoodAt: string | null,
): RunPlace {
  const [at, goTo] = useState(() => placeToBegin(rows, stoodAt))
  const [said, say] = useState('')
  const [seen, setSeen] = useState(stored)
  const [kept, keep] = useState<LeftRow | null>(null)
  if (seen !== stored) {
    setSeen(stored)
    const changes = changesOf(seen, stored)
    if (changes.length > 0) say(changes.join(' '))
    const row = seen.find(({ key }) => key === at)
    const hasLeft = row && !stored.some(({ key }) => key === at)
    const gone = hasLeft ? { row, order: seen.map(({ key }) => key) } : null
    if (gone && !isTyping()) {
      say(`${fullName(gone.row)} is not on the list any more.`)
      goTo(placeAfter(gone.order, rows, gone.row.key))
    } else if (row) keep(gone)
  }
  const found = rows.find(({ key }) => key === at)
  const left = !found && kept?.row.key === at ? kept : null
  const goOnAfter = (gone: LeftRow) => goTo(placeAfter(gone.order, rows, gone.row.key))
  return {
    ...{ at, said, say, goTo },
    row: found ?? left?.row,
    hasLeft: left !== null,
    comeBackTo(key) {
      if (!isTyping()) goTo(key)
    },
    step: (steps) => (left ? goOnAfter(left) : goTo(stepFrom(rows, at, steps))),
    goOn: () => (left ? goOnAfter(left) : goTo(nextUndecided(rows, at))),
  }
}

/** A row that left the list, and the list it left. */
interface LeftRow {
  readonly row: MeetingRow
  readonly order: readonly string[]
}

/** Whether what is typed now goes into a field. */
function isTyping(): boolean {
  return document.activeElement?.matches('input, textarea, select') ?? false
}
