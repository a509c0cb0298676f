import type { ClientLink } from '@orpc/client'

/** What carries one procedure call to the service. */
export type Link = ClientLink<Record<never, never>>

/** What a door tells of its one way to the service. */
export type DoorEvent =
  | { readonly kind: 'open'; readonly link: Link }
  /** The way is gone, or never came to be. `refused`: the service is there and does not let this window in. */
  | { readonly kind: 'closed'; readonly refused: boolean }

/** How a window reaches the service: a message port (desktop) or a socket (web). */
export interface Door {
  /** Whether a lost way is asked for again by the window; else the host brings a new one by itself. */
  readonly retries: boolean
  /** Tries once, and says what becomes of it. Returns a function that gives the way up. */
  open(listener: (event: DoorEvent) => void): () => void
}
