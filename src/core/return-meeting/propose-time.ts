import { nextAvailable } from '../clocks/next-available.ts'
import { workingStretches, type WorkingTimes } from '../clocks/working-stretches.ts'
import type { InstantMs, Window } from '../instant.ts'

/** Somebody who comes to the meeting. */
export interface MeetingGuest {
  readonly times: WorkingTimes
  /** Their own absences, in any order. */
  readonly absences: readonly Window[]
}

/** What the time of a return meeting follows from. */
export interface MeetingPlan {
  readonly ase: MeetingGuest
  /** Who covered last; null where nothing is known of them. */
  readonly cover: MeetingGuest | null
  /** When the absence ends: nobody meets before. */
  readonly endsAt: InstantMs
  readonly now: InstantMs
  readonly minutes: number
}

/** When two people could meet. `overlap`: both work then. `outside`: they have no hours in common, and it is the ASE's first morning. */
export interface ProposedTime extends Window {
  readonly basis: 'overlap' | 'outside'
}

const minuteMs = 60_000
/** Clocks of every zone are whole quarters of an hour apart, so that a round time is one for both. */
const quarterMs = 15 * minuteMs
/** So far ahead hours in common are looked for. */
const lookAheadMs = 14 * 24 * 60 * minuteMs

/**
 * When the return meeting could be held: the first round time after the absence, and not in the past, at which both work for as long as it
 * takes, by the clocks of their own zones. Without any within two weeks, when the ASE is first at work for as long; where that is not known, at once.
 */
export function proposeTime({ ase, cover, endsAt, now, minutes }: MeetingPlan): ProposedTime {
  const from = Math.max(endsAt, now)
  const lengthMs = minutes * minuteMs
  const window = { startsAt: from, endsAt: from + lookAheadMs }
  const at = cover && firstCommon(ase, cover, window, lengthMs)
  const alone = () => firstCommon(ase, ase, window, lengthMs) ?? nextAvailable(ase.times, ase.absences, from) ?? from
  const startsAt = at ?? roundTime(alone())
  return { startsAt, endsAt: startsAt + lengthMs, basis: at === null ? 'outside' : 'overlap' }
}

/** Walks the working time of both side by side, and no further than it has to. */
function firstCommon(
  one: MeetingGuest,
  other: MeetingGuest,
  { startsAt, endsAt }: Window,
  lengthMs: number,
): InstantMs | null {
  const stretches = ({ times, absences }: MeetingGuest) =>
    joined(workingStretches(times, absences, startsAt, endsAt + lengthMs))
  const [ones, others] = [stretches(one), stretches(other)]
  let [a, b] = [ones.next(), others.next()]
  while (!a.done && !b.done) {
    const at = roundTime(Math.max(a.value.startsAt, b.value.startsAt))
    if (at >= endsAt) return null
    if (at + lengthMs <= Math.min(a.value.endsAt, b.value.endsAt)) return at
    if (a.value.endsAt < b.value.endsAt) a = ones.next()
    else b = others.next()
  }
  return null
}

/** Stretches that meet as one: a night shift goes on at midnight. They come in order. */
function* joined(stretches: Iterable<Window>): Generator<Window, void, void> {
  let last: Window | null = null
  for (const stretch of stretches) {
    if (last && stretch.startsAt <= last.endsAt) {
      last = { startsAt: last.startsAt, endsAt: Math.max(last.endsAt, stretch.endsAt) }
      continue
    }
    if (last) yield last
    last = stretch
  }
  if (last) yield last
}

function roundTime(at: InstantMs): InstantMs {
  return Math.ceil(at / quarterMs) * quarterMs
}
