import type { InstantMs, Window } from '../instant.ts'
import { workingStretches, type WorkingTimes } from './working-stretches.ts'

/** Further than this, 400 days, after the last absence nobody's plans are known. */
const horizonMs = 400 * 24 * 3_600_000

/**
 * When a person is next at work (rule 12): within working hours of their own zone, on no day off and outside their absences.
 * `from` itself, when they are at work then; undefined when their working hours do not say, or days off leave nothing of them.
 *
 * @param absences the person's own absences.
 */
export function nextAvailable(
  person: WorkingTimes,
  absences: readonly Window[],
  from: InstantMs,
): InstantMs | undefined {
  const earliest = afterAbsences(absences, from)
  const last = Math.max(earliest, ...absences.map(({ endsAt }) => endsAt))
  const [first] = workingStretches(person, absences, earliest, last + horizonMs)
  return first?.startsAt
}

/** The first instant, not before `from`, that no absence takes: its days need not be walked. */
function afterAbsences(absences: readonly Window[], from: InstantMs): InstantMs {
  let instant = from
  for (const { startsAt, endsAt } of absences.toSorted((a, b) => a.startsAt - b.startsAt)) {
    if (startsAt <= instant && endsAt > instant) instant = endsAt
  }
  return instant
}
