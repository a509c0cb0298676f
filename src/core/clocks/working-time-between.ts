import type { InstantMs, Window } from '../instant.ts'
import { workingStretches, type WorkingTimes } from './working-stretches.ts'

/**
 * How long a person works from one instant to another, in ms: within working hours of their own zone, without absences and days
 * off. An hour the clocks repeat counts twice and one they skip not at all; shifts that overlap count once.
 *
 * @param absences the person's own absences.
 */
export function workingTimeBetween(
  person: WorkingTimes,
  absences: readonly Window[],
  from: InstantMs,
  to: InstantMs,
): number {
  let sum = 0
  for (const stretch of workingStretches(person, absences, from, to)) sum += stretch.endsAt - stretch.startsAt
  return sum
}
