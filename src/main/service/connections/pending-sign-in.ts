import type { PendingSignIn } from '#contract/connections.ts'
import type { Log } from '../ports.ts'
import { Problem } from '../problem.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'

/** A sign-in that was begun elsewhere: where the person goes, and what comes of it. */
export interface BegunSignIn {
  readonly signInUrl: string | null
  readonly done: Promise<unknown>
}

/** The sign-in that waits for the person elsewhere; a newer one takes its place. */
export interface PendingSignIns {
  present(): PendingSignIn | null
  /**
   * Begins one, after cancelling the one that waits.
   *
   * @throws {Refusal} when yet another one was begun meanwhile, and what `start` throws.
   */
  begin(
    about: Pick<PendingSignIn, 'kind' | 'url' | 'warning'>,
    start: (cancelled: AbortSignal) => Promise<BegunSignIn>,
  ): Promise<PendingSignIn>
  /** Cancels the one that waits, and forgets one that failed. */
  cancel(): void
  /** Cancels, and answers when nothing of it is left. */
  stop(): Promise<void>
}

/** Creates the place of the sign-in that waits. `changed` is told whenever it is another. */
export function createPendingSignIns(log: Log, changed: () => void): PendingSignIns {
  let pending: PendingSignIn | null = null
  let present = new AbortController()
  const underWay = new Set<Promise<unknown>>()

  const set = (next: PendingSignIn | null) => {
    if (pending === next) return
    pending = next
    changed()
  }
  const cancel = () => {
    present.abort()
    set(null)
  }

  function follow(waiting: PendingSignIn, done: Promise<unknown>): void {
    const ended = done.then(
      () => pending === waiting && set(null),
      (error: unknown) => {
        if (pending !== waiting) return
        const foreseen = error instanceof Refusal || error instanceof RemoteFailure || error instanceof Problem
        if (!foreseen) log.error({ err: error }, 'the sign-in failed')
        const problem = foreseen ? error.message : 'The sign-in failed in a way nobody foresaw. The log says why.'
        set({ ...waiting, state: 'failed', problem })
      },
    )
    underWay.add(ended)
    void ended.then(() => underWay.delete(ended))
  }

  return {
    present: () => pending,
    async begin(about, start) {
      cancel()
      const own = new AbortController()
      present = own
      const { signInUrl, done } = await start(own.signal)
      const waiting: PendingSignIn = { ...about, signInUrl, state: 'waiting', problem: null }
      if (!own.signal.aborted) set(waiting)
      follow(waiting, done)
      if (own.signal.aborted) throw new Refusal('refused', 'This sign-in was cancelled. Begin again.')
      return waiting
    },
    cancel,
    async stop() {
      cancel()
      await Promise.all(underWay)
    },
  }
}
