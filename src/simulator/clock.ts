/** The simulated clock: runs at a fixed speed and can be stepped forward, never back. */
export interface SimulatedClock {
  /** Simulated time in ms since the epoch. */
  now(): number
  /** Moves the clock forward at once. Throws when `ms` is negative. */
  advanceBy(ms: number): void
}

/** Starts a clock at `start`. `speed` is simulated seconds per real second; 0 never moves by itself. */
export function createClock(start: number, speed: number, realNow: () => number = Date.now): SimulatedClock {
  const startedAt = realNow()
  let stepped = 0
  let passed = 0
  return {
    now() {
      // The wall clock goes on while a laptop sleeps, but may also be set back.
      passed = Math.max(passed, realNow() - startedAt)
      return Math.floor(start + stepped + passed * speed)
    },
    advanceBy(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new Error('the clock cannot go back')
      stepped += ms
    },
  }
}
