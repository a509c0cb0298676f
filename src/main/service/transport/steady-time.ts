import type { Clock } from '../ports.ts'

/** Time that never goes back. */
export interface SteadyTime {
  now(): number
  /** The same instant as the clock shows it, in whole ms. */
  onClock(at: number): number
  /** Calls back once when it is `at`. Returns a function that cancels. */
  wakeAt(at: number, wake: () => void): () => void
}

/**
 * Makes steady time of a clock that may be set back: it stands still at that moment and goes on from there, so that a pause
 * keeps its length. Set forward, or after a sleep, the clock is believed.
 */
export function createSteadyTime(clock: Pick<Clock, 'now' | 'wakeAt'>): SteadyTime {
  let latest = clock.now()
  let ahead = 0
  return {
    now() {
      const shown = clock.now()
      if (shown + ahead < latest) ahead = latest - shown
      latest = shown + ahead
      return latest
    },
    onClock: (at) => Math.ceil(at - ahead),
    wakeAt: (at, wake) => clock.wakeAt(at - ahead, wake),
  }
}
