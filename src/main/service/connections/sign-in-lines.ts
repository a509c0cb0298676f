import { dirname, join } from 'node:path'
import { readRequestHistory } from '../db/requests.ts'
import type { Clock, Log } from '../ports.ts'
import { databaseName, type Session } from '../session.ts'
import { createTransport, type Transport } from '../transport/transport.ts'
import { zendeskFolder } from '../workspace.ts'

/** The ways to call a Zendesk that somebody is signing in to. Their calls count like any other. */
export interface SignInLines {
  /** @param fetchInSession what carries the sign-in by itself, where headers do not. */
  to(url: string, fetchInSession?: typeof fetch): Pick<Transport, 'request'>
  /** When this Zendesk was called so far over a line of its own; from now on somebody else counts that. */
  takeCalls(url: string): readonly number[]
}

/** What lines need. */
export interface SignInLineOptions {
  readonly session: () => Session
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

/** Creates the lines of one run of the service. A Zendesk that is connected is called over the line that is there, so that one pace is kept. */
export function createSignInLines(options: SignInLineOptions): SignInLines {
  const { clock, session } = options
  const lines = new Map<string, Line>()

  function open(url: string): Line {
    const { origin, host } = new URL(url)
    // Every Zendesk that was ever connected has its calls and its pause on disk.
    const file = join(dirname(session().workspace.folder), zendeskFolder(url), databaseName)
    const stored = readRequestHistory(file, host, clock.now() - hourMs)
    const calledAt: number[] = []
    const transport = createTransport({
      name: 'Zendesk',
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
    const present = session()
    if (urlOf(present) === url && present.sources) return present.sources.zendesk.transport
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

function urlOf({ workspace: { source } }: Session): string | null {
  return source.kind === 'real' ? source.zendesk.url : null
}
