import type { SeenTicket } from '#core/outbox/judge-wish.ts'
import { historyShowsWish } from '#core/outbox/history-shows-wish.ts'
import type { OutboxRow } from '../db/outbox.ts'
import { storeTicket } from '../db/store-tickets.ts'
import { storeUsers } from '../db/workspace.ts'
import { transaction } from '../db/sql.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import type { FoundTickets } from '../zendesk/zendesk-api.ts'
import { mostInJob } from '../zendesk/zendesk-writes.ts'
import type { OutboxWork } from './outbox-work.ts'

/** A ticket as Zendesk shows it now, or why it does not. */
export type Look =
  | { readonly kind: 'seen'; readonly ticket: SeenTicket & { readonly updatedAt: number } }
  | { readonly kind: 'gone'; readonly why: 'not-found' | 'forbidden' }

/**
 * Looks at tickets by their ids and stores what is seen, so that the queue shows it at once.
 *
 * @returns a look for each id.
 * @throws {RemoteFailure} when Zendesk could not be asked.
 */
export async function lookAtTickets(work: OutboxWork, ids: readonly number[]): Promise<ReadonlyMap<number, Look>> {
  const looks = new Map<number, Look>()
  const wanted = [...new Set(ids)]
  if (wanted.length > 1) {
    for (let at = 0; at < wanted.length; at += mostInJob) {
      store(work, await work.reads.ticketsByIds(wanted.slice(at, at + mostInJob)), looks)
    }
  }
  // Absence from a list proves nothing: what is missing is asked for by itself.
  for (const id of wanted) {
    if (looks.has(id)) continue
    try {
      store(work, await work.reads.ticket(id), looks)
    } catch (error) {
      if (!(error instanceof RemoteFailure) || (error.kind !== 'not-found' && error.kind !== 'forbidden')) throw error
      looks.set(id, { kind: 'gone', why: error.kind })
    }
  }
  return looks
}

function store(work: OutboxWork, { rows: sightings, users }: FoundTickets, looks: Map<number, Look>): void {
  const changed = transaction(work.db, () => {
    storeUsers(work.db, users)
    return sightings
      .filter((sighting) => storeTicket(work.db, sighting, work.clock.now()))
      .map(({ ticket }) => ticket.id)
  })
  for (const { ticket } of sightings) looks.set(ticket.id, { kind: 'seen', ticket })
  if (changed.length > 0) work.onChange([], changed)
}

/**
 * Whether the history of its ticket shows that a change that may have arrived was made: then somebody undid it, and it is not
 * made again without asking. A history that may not be read shows nothing.
 */
export async function wasMade(work: OutboxWork, row: OutboxRow): Promise<boolean> {
  if (row.sentStamp === null) return false
  try {
    return historyShowsWish(row.wish, await work.writes.changesSince(row.wish.ticketId, row.byId, row.sentStamp))
  } catch (error) {
    if (error instanceof RemoteFailure && (error.kind === 'not-found' || error.kind === 'forbidden')) return false
    throw error
  }
}
