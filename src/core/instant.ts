/** A point in time: milliseconds since 1970-01-01T00:00Z, as stored in SQLite. */
export type InstantMs = number

/** A half-open stretch of time: `startsAt` belongs to it, `endsAt` does not. */
export interface Window {
  readonly startsAt: InstantMs
  readonly endsAt: InstantMs
}

/** Whether an instant lies in a half-open window. */
export function isWithin(instant: InstantMs, window: Window): boolean {
  return instant >= window.startsAt && instant < window.endsAt
}

/** The shared part of two windows, or `undefined` where they only touch or miss each other. */
export function overlapOf(a: Window, b: Window): Window | undefined {
  const startsAt = Math.max(a.startsAt, b.startsAt)
  const endsAt = Math.min(a.endsAt, b.endsAt)
  return startsAt < endsAt ? { startsAt, endsAt } : undefined
}
