import type { Clock } from '../ports.ts'

/** Remembers, until the app ends, what is not to be tried before when. A key names a row, a job or a kind of trouble. */
export interface Pace {
  /** Until when nothing at all goes out. */
  readonly heldUntil: number
  /** Holds everything back: for `ms`, or longer each time until something works. */
  hold(ms: number | null): void
  /** Something worked: the next hold is a short one again. */
  worked(): void
  /** Puts one thing off: for `ms`, or longer each time. */
  postpone(key: string, ms?: number): void
  readyAt(key: string): number
  /** How often something was put off. */
  timesPostponed(key: string): number
  forget(key: string): void
  /** Everything may be tried now. How often it failed is not forgotten. */
  ready(): void
}

const firstPauseMs = 5000
const longestPauseMs = 5 * 60_000

/** Creates the pace of one outbox; its pauses are on the given clock. */
export function createPace(clock: Pick<Clock, 'now'>): Pace {
  const postponed = new Map<string, { readyAt: number; times: number }>()
  let heldUntil = 0
  let holds = 0
  return {
    get heldUntil() {
      return heldUntil
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock.now() + (ms ?? pauseMs(holds)))
      holds += 1
    },
    worked() {
      holds = 0
    },
    postpone(key, ms) {
      const times = postponed.get(key)?.times ?? 0
      postponed.set(key, { readyAt: clock.now() + (ms ?? pauseMs(times)), times: times + 1 })
    },
    readyAt: (key) => postponed.get(key)?.readyAt ?? 0,
    timesPostponed: (key) => postponed.get(key)?.times ?? 0,
    forget: (key) => void postponed.delete(key),
    ready() {
      heldUntil = 0
      for (const one of postponed.values()) one.readyAt = 0
    },
  }
}

function pauseMs(times: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 3 ** Math.min(times, 10))
}
