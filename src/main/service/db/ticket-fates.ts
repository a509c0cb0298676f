import type { ActivityEvent } from '#contract/activity.ts'
import { recordEvent } from './events.ts'
import { hasListCaughtUp } from './list-lag.ts'
import { noteLookUps } from './look-ups.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** Why no list shows a ticket any more, or why it takes no answers: it was merged into another one. */
export type TicketFate = 'deleted' | 'merged' | 'archived' | 'forbidden'

/** Where a ticket was seen: in a list of the database, asked for by its id, or in the search index, which lags behind. */
export type SeenIn = 'list' | 'id' | 'search'

const eventOf = {
  deleted: 'ticket-deleted',
  merged: 'ticket-merged',
  archived: 'ticket-archived',
  forbidden: 'ticket-forbidden',
} as const satisfies Record<TicketFate, ActivityEvent['kind']>

interface StoredFate {
  readonly fate: TicketFate | null
  readonly mergedInto: number | null
  readonly updatedAt: number
}

/** What became of a stored ticket, or undefined when it is not stored. */
export function readFate(db: ReadDb, ticketId: number): StoredFate | undefined {
  return prepared<[number], StoredFate>(
    db,
    'SELECT fate, merged_into AS mergedInto, updated_at AS updatedAt FROM tickets WHERE id = ?',
  ).get(ticketId)
}

/**
 * Notes what became of a ticket, and the one event that follows. The same again records nothing; where a merged ticket went
 * may become known later.
 *
 * @param at when it was found out, ms.
 * @returns whether anything stored has changed.
 */
export function settleFate(
  db: WriteDb,
  ticketId: number,
  fate: TicketFate,
  at: number,
  mergedInto: number | null = null,
): boolean {
  const stored = readFate(db, ticketId)
  if (!stored) return false
  const target = fate === 'merged' ? (mergedInto ?? (stored.fate === 'merged' ? stored.mergedInto : null)) : null
  if (stored.fate === fate && stored.mergedInto === target) return false
  prepared<[TicketFate, number | null, number, number]>(
    db,
    'UPDATE tickets SET fate = ?, merged_into = ?, fetched_at = ? WHERE id = ?',
  ).run(fate, target, at, ticketId)
  if (stored.fate === fate) return true
  recordEvent(db, {
    kind: eventOf[fate],
    subject: `ticket:${ticketId}`,
    at: fate === 'merged' ? stored.updatedAt : at,
    changes: {
      fate: { from: stored.fate, to: fate },
      ...(fate === 'merged' ? { mergedInto: { from: null, to: target } } : {}),
    },
  })
  return true
}

/**
 * Takes a ticket's fate back when it was seen again, and records that. An archived ticket is back only when a list shows it;
 * the search index and lists that lag behind prove nothing: a change they show may be from before it went, so the ticket
 * itself is looked up.
 *
 * @param seen whether the ticket has changed since, and what `fetched_at` says of when its fate was found out.
 * @returns whether it is back.
 */
export function clearFate(
  db: WriteDb,
  ticketId: number,
  fate: TicketFate,
  seen: { readonly in: SeenIn; readonly changed: boolean; readonly closed: boolean; readonly foundOutAt: number },
  at: number,
): boolean {
  if (fate === 'merged' && seen.closed) return false
  const isProof = seen.in === 'list' ? hasListCaughtUp(seen.foundOutAt, at) : seen.in === 'id' && fate !== 'archived'
  if (!isProof) {
    if (seen.in === 'list' && seen.changed) noteLookUps(db, [ticketId], 'gone')
    return false
  }
  prepared<[number, number]>(db, 'UPDATE tickets SET fate = NULL, merged_into = NULL, fetched_at = ? WHERE id = ?').run(
    at,
    ticketId,
  )
  recordEvent(db, {
    kind: 'ticket-back',
    subject: `ticket:${ticketId}`,
    at,
    changes: { fate: { from: fate, to: null } },
  })
  return true
}
