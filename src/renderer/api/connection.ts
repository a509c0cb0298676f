import { createORPCClient, DynamicLink } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#contract/contract.ts'
import type { Door, DoorEvent, Link } from './door.ts'

/** Every procedure of the service, as functions. */
export type ServiceClient = ContractRouterClient<Contract>

/**
 * `connecting` before the first success, `lost` after one, `refused` when the service is there and does not know this
 * window's token: trying again would not help.
 */
export type ConnectionStatus = 'connecting' | 'open' | 'lost' | 'refused'

/** The window's one connection to the service. */
export interface Connection {
  /** Calls wait until the connection is open; those under way when it breaks fail. */
  readonly client: ServiceClient
  status(): ConnectionStatus
  /** Calls back on each change of the status. Returns a function that stops it. */
  subscribe(listener: () => void): () => void
  start(): void
  /** Tries now instead of when the back-off says. */
  retryNow(): void
  stop(): void
}

/** Calls back after a while; returns a function that cancels. Tests bring their own. */
export type Delay = (ms: number, run: () => void) => () => void

const firstRetryMs = 250
const longestRetryMs = 10_000
/** Refusals in a row before they are believed: a server that is just starting may refuse one. */
const refusalsBelieved = 2

/** Keeps a door open: opens it again after it closed, waiting longer from try to try, with jitter. */
export function createConnection(door: Door, delay: Delay = browserDelay): Connection {
  const listeners = new Set<() => void>()
  const waiting = new Set<() => void>()
  let status: ConnectionStatus = 'connecting'
  let link: Link | undefined
  let failures = 0
  let refusals = 0
  let cancelRetry: (() => void) | undefined
  let giveUp: (() => void) | undefined

  const change = (next: ConnectionStatus) => {
    if (status === next) return
    status = next
    for (const listener of listeners) listener()
  }
  const tryOnce = () => {
    cancelRetry = undefined
    giveUp?.()
    giveUp = door.open(hear)
  }
  function hear(event: DoorEvent): void {
    if (event.kind === 'open') {
      link = event.link
      failures = 0
      refusals = 0
      change('open')
      for (const release of waiting) release()
      waiting.clear()
      return
    }
    const wasOpen = link !== undefined
    link = undefined
    refusals = event.refused ? refusals + 1 : 0
    if (refusals >= refusalsBelieved) return change('refused')
    change(wasOpen || status === 'lost' ? 'lost' : 'connecting')
    if (!door.retries) return
    cancelRetry?.()
    cancelRetry = delay(retryDelayMs(failures++), tryOnce)
  }

  const openLink = async (signal: AbortSignal | undefined): Promise<Link> => {
    while (!link) await nextOpening(waiting, signal)
    return link
  }
  return {
    client: createORPCClient<ServiceClient>(new DynamicLink((options) => openLink(options.signal))),
    status: () => status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: tryOnce,
    retryNow() {
      if (link || !door.retries) return
      cancelRetry?.()
      failures = 0
      tryOnce()
    },
    stop() {
      cancelRetry?.()
      giveUp?.()
      giveUp = undefined
      link = undefined
      change('lost')
    },
  }
}

function nextOpening(waiting: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const release = () => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }
    const abort = () => {
      waiting.delete(release)
      reject(signal?.reason as Error)
    }
    if (signal?.aborted) return reject(signal.reason as Error)
    signal?.addEventListener('abort', abort, { once: true })
    waiting.add(release)
  })
}

/** Doubles from a quarter of a second to ten; up to a third less, so that windows do not come back all at once. */
function retryDelayMs(failures: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** failures) * (1 - Math.random() / 3)
}

const browserDelay: Delay = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
