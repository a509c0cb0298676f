import { isPassing, type RemoteFailure } from './remote-failure.ts'

const failuresToOpen = 5
const firstPauseMs = 30_000
const longestPauseMs = 300_000

/** Stops asking a host that has failed again and again, and lets one call look every now and then. */
export interface CircuitBreaker {
  /** Until when calls fail at once; a past instant means that they may go out. */
  readonly openUntil: number
  /** What the last call failed with; null while all is well. */
  readonly lastFailure: RemoteFailure | null
  /** Takes note of how a call went: null or a refusal shows that the host is there. */
  ended(failure: RemoteFailure | null, now: number): void
  /** Forgets all failures: the network came back. */
  reset(): void
}

/**
 * Creates a breaker that opens after five passing failures without an answer between. It stays open for 30 s, then one call
 * may look; as long as that one fails the pause doubles, up to five minutes. An answer closes it.
 */
export function createCircuitBreaker(): CircuitBreaker {
  let failures = 0
  let pauseMs = 0
  let openUntil = 0
  let lastFailure: RemoteFailure | null = null

  function reset(): void {
    failures = 0
    pauseMs = 0
    openUntil = 0
    lastFailure = null
  }

  return {
    get openUntil() {
      return openUntil
    },
    get lastFailure() {
      return lastFailure
    },
    ended(failure, now) {
      // Neither shows whether the host works: the one never got as far, the other was ended by us.
      if (failure?.kind === 'untrusted' || failure?.kind === 'aborted') return
      if (failure === null || !isPassing(failure)) {
        reset()
        return
      }
      failures += 1
      lastFailure = failure
      // A person who looked in between does not make everybody else wait longer.
      if (failures < failuresToOpen || now < openUntil) return
      pauseMs = pauseMs === 0 ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs)
      openUntil = now + pauseMs
    },
    reset,
  }
}
