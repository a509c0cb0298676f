import { HOUR } from '../time.ts'
import type { Ticket } from './ticket.ts'

/** The longest that a search index can lag behind, in ms. */
export const longestLag = HOUR

interface EarlierState {
  readonly until: number
  readonly ticket: Ticket
}

/** Remembers for an hour what tickets looked like before they changed: what a search index that lags still shows. */
export function createEarlierStates(live: ReadonlyMap<number, Ticket>) {
  const earlier = new Map<number, readonly EarlierState[]>()
  return {
    /** To be called before a ticket changes at `at`. */
    keep(ticket: Ticket, at: number): void {
      const known = (earlier.get(ticket.id) ?? []).filter(({ until }) => until >= at - longestLag)
      earlier.set(ticket.id, [...known, { until: at, ticket: { ...ticket } }])
    },
    /** Every ticket in motion as it was at `instant`, which is no longer ago than an hour. */
    at: (instant: number): readonly Ticket[] =>
      [...live.values()]
        .filter(({ createdAt }) => createdAt <= instant)
        .map((ticket) => earlier.get(ticket.id)?.find(({ until }) => until > instant)?.ticket ?? ticket),
  }
}
