import type { TicketSighting } from '../db/store-tickets.ts'

/** When tickets were last seen at the source; kept in memory, since looking once more after a start does no harm. */
export interface Sightings {
  /** Notes that a ticket was seen. Without clocks it was seen, and its clocks were not. */
  seen(sighting: TicketSighting, at: number): void
  /** Notes that a ticket was asked for, whatever the answer told; its clocks may not have been. */
  asked(ticketId: number, at: number): void
  /** Notes that its clocks were asked for. */
  clocksAsked(ticketId: number, at: number): void
  /** When the ticket was last seen or asked for, ms; 0 when it was not. */
  at(ticketId: number): number
  /** When its clocks were last told or asked for, ms; 0 when they were not. */
  clocksAt(ticketId: number): number
  /** Forgets all tickets but these. */
  keepOnly(ticketIds: ReadonlySet<number>): void
}

/** Creates an empty memory of sightings. */
export function createSightings(): Sightings {
  const tickets = new Map<number, number>()
  const clocks = new Map<number, number>()
  return {
    seen({ ticket, clocks: told }, at) {
      tickets.set(ticket.id, at)
      if (told !== null) clocks.set(ticket.id, at)
    },
    asked: (ticketId, at) => void tickets.set(ticketId, at),
    clocksAsked: (ticketId, at) => void clocks.set(ticketId, at),
    at: (ticketId) => tickets.get(ticketId) ?? 0,
    clocksAt: (ticketId) => clocks.get(ticketId) ?? 0,
    keepOnly(ticketIds) {
      for (const memory of [tickets, clocks]) {
        for (const id of memory.keys()) if (!ticketIds.has(id)) memory.delete(id)
      }
    },
  }
}
