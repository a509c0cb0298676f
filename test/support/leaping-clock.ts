import type { Clock } from '#service/ports.ts'

/** A clock on which waiting takes no time: whoever waits is woken in the next turn, and it is then what they waited for. */
export interface LeapingClock extends Clock {
  /** Moves on by some ms, or back. */
  step(ms: number): void
  /** How long everything that was waited for took, in ms of this clock. */
  readonly waits: number[]
}

/** Creates a leaping clock that shows `start`. */
export function createLeapingClock(start: number): LeapingClock {
  let time = start
  const waits: number[] = []
  return {
    speed: 0,
    waits,
    now: () => time,
    step: (ms) => void (time += ms),
    wakeAt(at, wake) {
      const turn = setImmediate(() => {
        waits.push(Math.max(0, at - time))
        time = Math.max(time, at)
        wake()
      })
      return () => clearImmediate(turn)
    },
  }
}
