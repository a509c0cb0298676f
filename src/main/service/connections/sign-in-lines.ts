import { readRequestHistory } from '../db/requests.ts'
import type { Clock, Log } from '../ports.ts'
import { createTransport, type Transport } from '../transport/transport.ts'

/** The ways to call a host that somebody is signing in to. Their calls count like any other. */
export interface SignInLines {
  /** @param fetchInSession what carries the sign-in by itself, where headers do not. */
  to(url: string, fetchInSession?: typeof fetch): Pick<Transport, 'request'>
  /** When this host was called so far over a line of its own; from now on somebody else counts that. */
  takeCalls(url: string): readonly number[]
}

/** What lines need. */
export interface SignInLineOptions {
  /** Word for the vendor in sentences. */
  readonly name: string
  /** The transport of what is connected, if that is at `url`. */
  connectedAt(url: string): Transport | null
  /** The database in which calls to the host at `url`, and its pause, were noted when it was connected last. */
  databaseOf(url: string): string
  readonly clock: Clock
  readonly log: Log
  /** Ends every call. */
  readonly signal: AbortSignal
  readonly perMinute: () => number
}

interface Line {
  readonly transport: Transport
  readonly calledAt: number[]
}

const hourMs = 3_600_000

/** Creates the lines of one run of the service. What is connected is called over the line that is there, so that one pace is kept. */
export function createSignInLines(options: SignInLineOptions): SignInLines {
  const { clock } = options
  const lines = new Map<string, Line>()

  function open(url: string): Line {
    const { origin, host } = new URL(url)
    const stored = readRequestHistory(options.databaseOf(url), host, clock.now() - hourMs)
    const calledAt: number[] = []
    const transport = createTransport({
      name: options.name,
      origin,
      log: options.log,
      signal: options.signal,
      clock,
      perMinute: options.perMinute,
      history: {
        load: () => stored.calledAt,
        loadPause: () => stored.pause,
        add: (at) => void calledAt.push(at),
      },
    })
    return { transport, calledAt }
  }

  function lineTo(url: string): Pick<Transport, 'request'> {
    const connected = options.connectedAt(url)
    if (connected) return connected
    const line = lines.get(url) ?? open(url)
    lines.set(url, line)
    return line.transport
  }

  return {
    // Which line is right may change while a person is in the browser.
    to: (url, fetchInSession = fetch) => ({
      request: (request) => lineTo(url).request({ ...request, fetch: fetchInSession }),
    }),
    takeCalls(url) {
      const { calledAt = [] } = lines.get(url) ?? {}
      lines.delete(url)
      return calledAt
    },
  }
}
