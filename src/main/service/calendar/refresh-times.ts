const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const firstBackOffMs = 10 * minuteMs

/** Between 0 and 1. */
export type Random = () => number

/** In how many ms a calendar that was read is read again: each hour, not all of them at once. */
export function afterSuccess(random: Random): number {
  return jittered(hourMs, random)
}

/**
 * In how many ms a calendar that could not be read is tried again: after ten minutes, then twice as long each time, up to a day.
 *
 * @param failures attempts in a row that failed, this one included.
 * @param retryAfterMs how long the host asked to be left alone, or null.
 */
export function afterFailure(failures: number, retryAfterMs: number | null, random: Random): number {
  const backOff = Math.min(dayMs, firstBackOffMs * 2 ** Math.min(failures - 1, 20))
  return Math.max(jittered(backOff, random), retryAfterMs ?? 0)
}

function jittered(ms: number, random: Random): number {
  return Math.round(ms * (0.9 + 0.2 * random()))
}
