import { readWallClock } from '#core/clocks/read-wall-clock.ts'
import type { Window } from '#core/instant.ts'
import type { Person } from '#core/people/people.ts'
import type { Roster } from '../db/workspace.ts'

/** Beginning and end as a person wrote them, by the clocks where somebody is. */
export interface WrittenWindow {
  readonly startsAt: string
  readonly endsAt: string
}

/** A window, or which field is wrong and why. */
export type WindowReading =
  | { readonly window: Window; readonly wrong: null }
  | { readonly window: null; readonly wrong: { readonly field: 'startsAt' | 'endsAt'; readonly words: string } }

/** Longer than this is a slip of the year. */
const longestMs = 366 * 24 * 3_600_000

/** Reads a window as it was written, by the clocks of a zone. */
export function readWindow({ startsAt, endsAt }: WrittenWindow, timeZone: string): WindowReading {
  const start = readWallClock(startsAt, timeZone)
  if (start.problem !== null) return wrong('startsAt', start.problem)
  const end = readWallClock(endsAt, timeZone)
  if (end.problem !== null) return wrong('endsAt', end.problem)
  if (end.at === start.at) return wrong('endsAt', 'It ends when it begins. Write an end after the beginning.')
  if (end.at < start.at) return wrong('endsAt', 'It ends before it begins. Write an end after the beginning.')
  if (end.at - start.at > longestMs) return wrong('endsAt', 'It takes longer than a year. Check the years.')
  return { window: { startsAt: start.at, endsAt: end.at }, wrong: null }
}

function wrong(field: 'startsAt' | 'endsAt', words: string): WindowReading {
  return { window: null, wrong: { field, words } }
}

/** Whom something is about: the person named, or me where nobody is; in words why that is nobody. */
export function personMeant(
  id: number | undefined,
  { people, me }: Roster,
): { readonly person: Person; readonly problem: null } | { readonly person: null; readonly problem: string } {
  const person = id === undefined ? me : people.find((candidate) => candidate.id === id)
  if (person) return { person, problem: null }
  const problem =
    id === undefined
      ? 'Nobody is signed in here yet. Connect your Zendesk first, or say whom it is about.'
      : `User ${id} is nobody who is known here. Name them as the ASE of an account first.`
  return { person: null, problem }
}
