import type { MeetingRow, ReturnMeeting } from '#contract/returns.ts'

/** Whether the list of a meeting can be gone over: it grows and changes, and waits for decisions. */
export function isOpenList({ stage, state }: Pick<ReturnMeeting, 'stage' | 'state'>): boolean {
  return stage === 'list' && state !== 'not-begun'
}

/** A row that nothing is decided of, or that something came to since. */
export function isUndecided({ decided }: Pick<MeetingRow, 'decided'>): boolean {
  return decided === null || decided.changed
}

/** Where a list is taken up: at the row it stood at, else at the first that is undecided; null at the end. */
export function placeToBegin(rows: readonly MeetingRow[], stoodAt: string | null): string | null {
  const stood = rows.find(({ key }) => key === stoodAt)
  return stood?.key ?? rows.find(isUndecided)?.key ?? null
}

/** The next row that is undecided, going round; null where none is left but the one it is asked from. */
export function nextUndecided(rows: readonly MeetingRow[], from: string | null): string | null {
  const here = rows.findIndex(({ key }) => key === from)
  const round = [...rows.slice(here + 1), ...rows.slice(0, Math.max(here, 0))]
  return round.find(isUndecided)?.key ?? null
}

/** The row so many steps on; past the last it is the end, which is null, and before the first it stays. */
export function stepFrom(rows: readonly MeetingRow[], from: string | null, steps: number): string | null {
  const here = from === null ? rows.length : rows.findIndex(({ key }) => key === from)
  const there = Math.max(0, here + steps)
  return rows[there]?.key ?? null
}

/** Where to go on when the row one stood at has left the list: at what came after it, else at what is undecided. */
export function placeAfter(before: readonly string[], rows: readonly MeetingRow[], left: string): string | null {
  const there = new Set(rows.map(({ key }) => key))
  const after = before.slice(before.indexOf(left) + 1).find((key) => there.has(key))
  return after ?? nextUndecided(rows, null)
}

/** What came to a list that was built again and what left it, as sentences; nothing where it is the same. */
export function changesOf(before: readonly MeetingRow[], rows: readonly MeetingRow[]): readonly string[] {
  const known = new Map(before.map((row) => [row.key, row]))
  const there = new Set(rows.map(({ key }) => key))
  const come = rows.filter(({ key }) => !known.has(key)).length
  const left = before.filter(({ key }) => !there.has(key)).length
  const again = rows.filter((row) => {
    const old = known.get(row.key)
    return old !== undefined && !isUndecided(old) && row.decided?.changed === true
  }).length
  return [
    ...(come > 0 ? [`${counted(come)} came to the list.`] : []),
    ...(left > 0 ? [`${counted(left)} left the list.`] : []),
    ...(again > 0
      ? [`${counted(again)} changed since the decision, and ${again === 1 ? 'is' : 'are'} open again.`]
      : []),
  ]
}

function counted(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}
