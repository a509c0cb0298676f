import { RemoteFailure } from '../transport/remote-failure.ts'
import type { RemoteRequest, RemoteResponse } from '../transport/transport.ts'

/** Whether calls get through; `problem` is a sentence for the person. */
export interface Standing {
  readonly state: 'ready' | 'sign-in-needed' | 'unreachable'
  readonly problem: string | null
}

/** Calls, and how the latest of them ended, as far as it says something about the connection. */
export interface WatchedCalls {
  send(request: RemoteRequest): Promise<RemoteResponse>
  standing(): Standing
}

/** Watches how signed calls end; `changed` is told when they begin to fail or to succeed again. */
export function watchStanding(
  signed: (request: RemoteRequest) => Promise<RemoteResponse>,
  changed: () => void,
): WatchedCalls {
  let standing: Standing = { state: 'ready', problem: null }
  const note = (next: Standing) => {
    const isOther = next.state !== standing.state
    standing = next
    if (isOther) changed()
  }
  return {
    async send(request) {
      try {
        const response = await signed(request)
        note({ state: 'ready', problem: null })
        return response
      } catch (error) {
        const next = error instanceof RemoteFailure ? standingAfter(error) : null
        if (next) note(next)
        throw error
      }
    },
    standing: () => standing,
  }
}

/** What a failure says about the connection; null where it concerns only what was asked. */
function standingAfter({ kind, message }: RemoteFailure): Standing | null {
  if (kind === 'unauthorized') return { state: 'sign-in-needed', problem: message }
  if (kind === 'offline' || kind === 'timeout' || kind === 'untrusted' || kind === 'server') {
    return { state: 'unreachable', problem: message }
  }
  return kind === 'aborted' || kind === 'rate-limited' ? null : { state: 'ready', problem: null }
}
