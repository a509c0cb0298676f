import type { Window } from '#core/instant.ts'
import type { TicketHistory } from '#core/return-meeting/ticket-changes.ts'
import { organizationScope, readCursor } from '../db/cursors.ts'
import {
  auditsOf,
  clocksOf,
  messagesOf,
  recordedOf,
  touchedTickets,
  type HandedBackTicket,
} from '../db/return-facts.ts'
import type { ReadDb } from '../db/sql.ts'

/**
 * All that is stored of the tickets of an account to which anything can have happened in a window.
 *
 * @param tickets those, where they were read already.
 */
export function ticketHistories(
  db: ReadDb,
  accountId: number,
  window: Window,
  tickets: readonly HandedBackTicket[] = touchedTickets(db, accountId, window),
): TicketHistory[] {
  const ids = tickets.map(({ id }) => id)
  const events = recordedOf(
    db,
    ids.map((id) => `ticket:${id}`),
  )
  const audits = auditsOf(db, ids)
  const messages = messagesOf(db, ids, window)
  const clocks = clocksOf(db, ids)
  const completedAt = readCursor(db, 'zendesk', organizationScope(accountId)).completedAt ?? 0
  return tickets.map(({ tags, fetchedAt, updatedAt, auditsAsOf, commentsAsOf, ...facts }) => {
    const isHere = facts.organizationId === accountId && facts.fate === null
    const readUntil = isHere ? Math.max(fetchedAt, completedAt) : fetchedAt
    return {
      ...facts,
      tags: JSON.parse(tags) as string[],
      readUntil,
      auditsUntil: auditsAsOf,
      messagesUntil: commentsAsOf !== null && commentsAsOf >= updatedAt ? readUntil : commentsAsOf,
      events: events.get(`ticket:${facts.id}`) ?? [],
      audits: audits.get(facts.id) ?? [],
      messages: messages.get(facts.id) ?? [],
      clocks: clocks.get(facts.id) ?? [],
    }
  })
}
