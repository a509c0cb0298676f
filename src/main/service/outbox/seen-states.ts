import { Refusal } from '../refusal.ts'

/** What people saw in previews, by a name: what they order is compared with it later. */
export interface SeenStates<State> {
  get(name: string): State | undefined
  set(name: string, state: State): void
}

/** How many previews are remembered, for what the person saw at the time. */
const mostRemembered = 4000

/** Creates the memory of one outbox; the oldest go first. */
export function createSeenStates<State>(most = mostRemembered): SeenStates<State> {
  const seen = new Map<string, State>()
  return {
    get: (name) => seen.get(name),
    set(name, state) {
      seen.delete(name)
      seen.set(name, state)
      for (const oldest of seen.keys()) {
        if (seen.size <= most) break
        seen.delete(oldest)
      }
    },
  }
}

/** Says that something is not any more what a person saw of it, and nobody remembers what that was. */
export function changedSince(name: string): Refusal {
  return new Refusal('refused', `${name} has changed since you looked. Look at what would be changed once more.`)
}
