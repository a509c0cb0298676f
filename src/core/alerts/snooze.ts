import { Temporal } from 'temporal-polyfill'
import { nextAvailable } from '../clocks/next-available.ts'
import type { WorkingTimes } from '../clocks/working-stretches.ts'
import type { InstantMs, Window } from '../instant.ts'
import { clockWords } from './alert-words.ts'

/** Until when a ticket keeps still. */
export type SnoozeUntil =
  | { readonly kind: 'for'; readonly minutes: number }
  | { readonly kind: 'tomorrow' }
  | { readonly kind: 'reply' }
  | { readonly kind: 'before-breach'; readonly minutes: number }

/** What says when a snoozed ticket wakes. */
export interface SnoozeFacts {
  readonly since: InstantMs
  readonly me: WorkingTimes
  /** My own. */
  readonly absences: readonly Window[]
  /** When the ticket's next clock ends, as of now; null while none runs. */
  readonly nextBreachAt: InstantMs | null
}

/** Why a ticket woke, and since when it is awake. */
export interface Waking {
  readonly at: InstantMs
  /** A sentence. */
  readonly words: string
}

const minuteMs = 60_000
/** For those whose working hours are not known. */
const morning = { hour: 9, minute: 0 }

/** When a ticket wakes by the clock; null while only what happens to it wakes it. */
export function snoozeWakesAt(
  until: SnoozeUntil,
  { since, me, absences, nextBreachAt }: SnoozeFacts,
): InstantMs | null {
  switch (until.kind) {
    case 'for':
      return since + until.minutes * minuteMs
    case 'tomorrow':
      return tomorrowMorning(since, me, absences)
    case 'reply':
      return null
    case 'before-breach':
      return nextBreachAt === null ? null : Math.max(since, nextBreachAt - until.minutes * minuteMs)
  }
}

/** When I am next at work on a day after today, as far as my working hours say; else nine o’clock. */
export function tomorrowMorning(now: InstantMs, me: WorkingTimes, absences: readonly Window[]): InstantMs {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(me.timeZone).toPlainDate()
  const tomorrow = today.add({ days: 1 })
  const midnight = tomorrow.toZonedDateTime(me.timeZone).epochMilliseconds
  return (
    nextAvailable(me, absences, midnight) ??
    tomorrow.toZonedDateTime({ timeZone: me.timeZone, plainTime: morning }).epochMilliseconds
  )
}

/**
 * Why a snoozed ticket is awake by now, or null while it sleeps: its time came, the customer wrote, or something that cannot wait happened.
 * A customer's message wakes one that waits for its clock too: the clock is another one after it.
 *
 * @param happened the customer's first message since it was snoozed, and what cannot wait, each with its instant.
 */
export function wakingOf(
  until: SnoozeUntil,
  facts: SnoozeFacts,
  happened: { readonly repliedAt: InstantMs | null; readonly urgent: Waking | null },
  now: InstantMs,
): Waking | null {
  const at = snoozeWakesAt(until, facts)
  const wakesOnReply = until.kind === 'reply' || until.kind === 'before-breach'
  const wakings = [
    ...(at !== null ? [{ at, words: timeWords(until, at, facts) }] : []),
    ...(wakesOnReply && happened.repliedAt !== null
      ? [{ at: happened.repliedAt, words: 'The customer replied.' }]
      : []),
    ...(happened.urgent ? [happened.urgent] : []),
  ].filter((waking) => waking.at <= now)
  return wakings.toSorted((a, b) => a.at - b.at)[0] ?? null
}

function timeWords(until: SnoozeUntil, at: InstantMs, { me, nextBreachAt }: SnoozeFacts): string {
  if (until.kind === 'before-breach' && nextBreachAt !== null) {
    return `Its clock ends at ${clockWords(nextBreachAt, at, me.timeZone)}.`
  }
  return 'The time you snoozed it for is over.'
}

/** Until when a ticket sleeps, for people: `Until Mon 23 Nov 08:30`, `Until the customer replies`. */
export function snoozeWords(until: SnoozeUntil, facts: SnoozeFacts, now: InstantMs): string {
  const at = snoozeWakesAt(until, facts)
  switch (until.kind) {
    case 'reply':
      return 'Until the customer replies'
    case 'before-breach':
      return at === null
        ? 'Until the customer replies: no clock runs at present'
        : `Until ${clockWords(at, now, facts.me.timeZone)}, ${spanOf(until.minutes)} before its clock ends, or until the customer replies`
    case 'for':
    case 'tomorrow':
      return `Until ${at === null ? 'later' : clockWords(at, now, facts.me.timeZone)}`
  }
}

function spanOf(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`
}
