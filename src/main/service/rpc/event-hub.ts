import type { ChangeEvent, EventKind } from '#contract/events.ts'

/** Hands change notices to everyone who listens, and to those who come back after a short absence. */
export interface EventHub {
  readonly epoch: string
  publish(kind: EventKind, ids?: readonly (string | number)[]): void
  /** Calls back for each notice from now on. Returns a function that stops it. */
  listen(listener: (event: ChangeEvent) => void): () => void
  /**
   * Notices after `since` of this epoch, then those that come, until `signal` is aborted. Begins with `reset` when what
   * the reader missed is no longer known.
   */
  stream(epoch: string | null, since: number, signal: AbortSignal | undefined): AsyncGenerator<ChangeEvent, void, void>
  /** How many listeners and streams there are; a stream that ended must not stay behind. */
  readonly listenerCount: number
}

/** How many notices are kept for readers that come back. */
const remembered = 256

/** Creates the hub of one run of the service. */
export function createEventHub(epoch: string): EventHub {
  const listeners = new Set<(event: ChangeEvent) => void>()
  const recent: ChangeEvent[] = []
  let seq = 0

  function missed(since: number): ChangeEvent[] | null {
    const first = recent[0]?.seq ?? seq + 1
    if (since > seq || since + 1 < first) return null
    return recent.filter((event) => event.seq > since)
  }

  return {
    epoch,
    publish(kind, ids = []) {
      seq += 1
      const event: ChangeEvent = { epoch, seq, kind, ids: ids.map(String) }
      recent.push(event)
      if (recent.length > remembered) recent.shift()
      for (const listener of listeners) listener(event)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stream(readerEpoch, since, signal) {
      let ended = false
      let wake: (() => void) | null = null
      const end = () => {
        ended = true
        wake?.()
      }
      async function* notices(): AsyncGenerator<ChangeEvent, void, void> {
        const waiting: ChangeEvent[] = (readerEpoch === epoch ? missed(since) : null) ?? [
          { epoch, seq, kind: 'reset', ids: [] },
        ]
        const listener = (event: ChangeEvent) => {
          waiting.push(event)
          wake?.()
        }
        if (signal?.aborted) return
        listeners.add(listener)
        signal?.addEventListener('abort', end)
        try {
          while (!ended) {
            const event = waiting.shift()
            if (event) {
              yield event
              continue
            }
            await new Promise<void>((resolve) => (wake = resolve))
            wake = null
          }
        } finally {
          listeners.delete(listener)
          signal?.removeEventListener('abort', end)
        }
      }
      const stream = notices()
      // A generator's own return waits behind a pending next, which waits for a notice that may never come.
      const finish = stream.return.bind(stream)
      return Object.assign(stream, {
        return(value: void | PromiseLike<void>) {
          end()
          return finish(value)
        },
      })
    },
    get listenerCount() {
      return listeners.size
    },
  }
}
