import type { Log } from '../ports.ts'
import type { SteadyTime } from './steady-time.ts'

/** A pause of the whole host that outlives a restart. */
export interface HostPause {
  /** Ms since the epoch, as the next. */
  readonly since: number
  readonly until: number
  readonly reason: 'asked-to-wait' | 'budget-low'
}

/** Where the calls to a host are remembered over restarts. Instants are ms since the epoch. */
export interface RequestHistory {
  /** Instants of the calls since then, oldest first. */
  load(sinceMs: number): readonly number[]
  /** Notes a call. */
  add(at: number): void
  /** The pause that was last noted; null when there was none. */
  loadPause?(): HostPause | null
  /** Notes until when nothing may go out, or that there is no pause any more. */
  savePause?(pause: HostPause | null): void
}

/** The calls of the last hour to one host. */
export interface RecentCalls {
  /** Notes a call that goes out now. */
  add(): void
  /** When the next call may go out if at most `places` are to fall into any minute; a past instant: at once. */
  freeAt(places: number): number
  /** Calls of the last so many ms, an hour at most. */
  within(ms: number): number
}

const minuteMs = 60_000
const hourMs = 3_600_000
/** Instants that are too old are taken away in one go, once there are so many. */
const heap = 1024

/** Creates the memory of calls, with what is known from before the start. */
export function createRecentCalls(time: SteadyTime, log: Log, history: RequestHistory | undefined): RecentCalls {
  const start = time.now()
  let instants = loaded()

  function loaded(): number[] {
    try {
      // Noted by a clock that was ahead: when they really were is unknown, so they count as just now.
      const before = history?.load(start - hourMs).map((at) => Math.min(at, start)) ?? []
      return before.toSorted((a, b) => a - b)
    } catch (error) {
      log.warn({ err: error }, 'calls of before the start cannot be read')
      return []
    }
  }

  /** Where the calls after `since` begin. */
  function firstAfter(since: number): number {
    let low = 0
    let high = instants.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((instants[middle] ?? 0) > since) high = middle
      else low = middle + 1
    }
    return low
  }

  return {
    add() {
      const now = time.now()
      const old = firstAfter(now - hourMs)
      if (old >= heap) instants = instants.slice(old)
      instants.push(now)
      try {
        history?.add(time.onClock(now))
      } catch (error) {
        // The pace is kept from memory; only a restart would not know of this call.
        log.warn({ err: error }, 'a call could not be noted')
      }
    },
    freeAt(places) {
      const at = instants[instants.length - places]
      return at === undefined ? 0 : at + minuteMs
    },
    within: (ms) => instants.length - firstAfter(time.now() - ms),
  }
}
