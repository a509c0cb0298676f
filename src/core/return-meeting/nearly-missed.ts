import type { InstantMs } from '../instant.ts'

/** The last part of a clock in which an answer was a near miss. The meeting's own measure: no page of the handbook has one. */
const nearMissShare = 0.1

/** One run of a clock towards one end. */
export interface ClockCourse {
  readonly metric: string
  /** Null where it is not known when it began. */
  readonly startedAt: InstantMs | null
  readonly breachAt: InstantMs
  /** When it was answered, stopped or set anew; null while it runs. */
  readonly endedAt: InstantMs | null
  /** Whether what it waits for was done then. */
  readonly isAnswered: boolean
  /** The message that answered it. */
  readonly answerId: number | null
  readonly answeredBy: number | null
}

/**
 * How a run of a clock ended.
 *
 * @param knownUntil up to when it is known that nothing else ended it; a clock that ran out after that is not said to be breached.
 * @returns `open` while it is not decided, or not known.
 */
export function judgeCourse(
  { startedAt, breachAt, endedAt, isAnswered }: ClockCourse,
  knownUntil: InstantMs,
): 'breached' | 'nearly-missed' | 'kept' | 'open' {
  if (endedAt === null ? breachAt <= knownUntil : breachAt < endedAt) return 'breached'
  if (endedAt === null) return 'open'
  if (!isAnswered || startedAt === null) return 'kept'
  return breachAt - endedAt <= nearMissShare * (breachAt - startedAt) ? 'nearly-missed' : 'kept'
}
