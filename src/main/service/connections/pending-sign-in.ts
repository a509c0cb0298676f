import type { Log } from '../ports.ts'
import { Problem } from '../problem.ts'
import { Refusal } from '../refusal.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'

/** How a sign-in that goes on elsewhere stands. */
interface Standing {
  readonly state: 'waiting' | 'failed'
  readonly problem: string | null
}

/** A sign-in that was begun elsewhere: what the person is told of it, where they go above all, and what comes of it. */
export interface BegunSignIn<Pending extends Standing> {
  readonly shown: Omit<Pending, keyof Standing>
  readonly done: Promise<unknown>
}

/** The sign-in that waits for the person elsewhere; a newer one takes its place. */
export interface PendingSignIns<Pending extends Standing> {
  present(): Pending | null
  /**
   * Begins one, after cancelling the one that waits.
   *
   * @throws {Refusal} when yet another one was begun meanwhile, and what `start` throws.
   */
  begin(start: (cancelled: AbortSignal) => Promise<BegunSignIn<Pending>>): Promise<Pending>
  /** Cancels the one that waits, and forgets one that failed. */
  cancel(): void
  /** Cancels, and answers when nothing of it is left. */
  stop(): Promise<void>
}

/** Creates the place of the sign-in that waits. `changed` is told whenever it is another. */
export function createPendingSignIns<Pending extends Standing>(log: Log, changed: () => void): PendingSignIns<Pending> {
  let pending: Pending | null = null
  let present = new AbortController()
  const underWay = new Set<Promise<unknown>>()

  const set = (next: Pending | null) => {
    if (pending === next) return
    pending = next
    changed()
  }
  const cancel = () => {
    present.abort()
    set(null)
  }

  function follow(waiting: Pending, done: Promise<unknown>): void {
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
    async begin(start) {
      cancel()
      const own = new AbortController()
      present = own
      const { shown, done } = await start(own.signal)
      // The compiler does not put a generic shape together again that was taken apart.
      const waiting = { ...shown, state: 'waiting', problem: null } as unknown as Pending
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
