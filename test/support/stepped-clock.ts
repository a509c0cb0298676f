import type { Clock } from '#service/ports.ts'

/** A clock that moves only when a test moves it, and then wakes whoever is due, in order. */
export interface SteppedClock extends Clock {
  /** Moves on by some ms. */
  step(ms: number): void
  /** Instants somebody waits for. */
  readonly waitingFor: readonly number[]
}

/** Creates a stepped clock that shows `start`. */
export function createSteppedClock(start: number): SteppedClock {
  let time = start
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>()
  return {
    speed: 0,
    now: () => time,
    wakeAt(at, wake) {
      const entry = { at, wake }
      waiting.add(entry)
      return () => void waiting.delete(entry)
    },
    step(ms) {
      time += ms
      for (const entry of [...waiting].toSorted((a, b) => a.at - b.at)) {
        if (entry.at <= time && waiting.delete(entry)) entry.wake()
      }
    },
    get waitingFor() {
      return [...waiting].map((entry) => entry.at)
    },
  }
}
