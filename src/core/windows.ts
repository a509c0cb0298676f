import type { Window } from './instant.ts'

/** Windows brought together where they meet or overlap, in order. */
export function joinedWindows(windows: readonly Window[]): Window[] {
  const whole: Window[] = []
  for (const { startsAt, endsAt } of windows.toSorted((a, b) => a.startsAt - b.startsAt)) {
    const last = whole.at(-1)
    if (last && startsAt <= last.endsAt) {
      whole[whole.length - 1] = { startsAt: last.startsAt, endsAt: Math.max(last.endsAt, endsAt) }
    } else whole.push({ startsAt, endsAt })
  }
  return whole
}

/** What other windows leave of some, in order and apart from each other. */
export function windowsWithout(windows: readonly Window[], taken: readonly Window[]): Window[] {
  const gone = joinedWindows(taken)
  return joinedWindows(windows).flatMap(({ startsAt, endsAt }) => {
    const left: Window[] = []
    let at = startsAt
    for (const window of gone) {
      if (window.endsAt <= at) continue
      if (window.startsAt >= endsAt) break
      if (window.startsAt > at) left.push({ startsAt: at, endsAt: window.startsAt })
      at = window.endsAt
    }
    if (at < endsAt) left.push({ startsAt: at, endsAt })
    return left
  })
}
