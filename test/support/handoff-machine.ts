import { changeLinks } from '#service/db/accounts.ts'
import { storePlan } from '#service/db/plans.ts'
import { storeComments } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { transaction, type WriteDb } from '#service/db/sql.ts'
import { readRoster, storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import type { HandoffDesk } from '#service/handoffs/handoff-desk.ts'
import type { Ticket, TicketComment } from '#core/tickets/ticket.ts'
import { memoryDatabase } from './memory-database.ts'
import { aPlanDocument, monday, type EntryParts } from './plan-values.ts'
import { aComment, aSighting, aWorkspace, dayMs } from './work-values.ts'

/** A machine on which handoffs are worked on. */
export interface HandoffMachine {
  readonly db: WriteDb
  /** The desk of this moment; a second later with each look. */
  desk(): HandoffDesk
  /** Moves the clock. */
  at(instant: number): void
  /** Makes the plan another one: who covers Acme (1), and Cormorant (3). */
  plan(entries: readonly EntryParts[], days?: number): void
  /** Stores a ticket of Acme, with a clock where it ends. */
  ticket(parts: Partial<Ticket> & { readonly id: number }, breachAt?: number): void
  /** Stores a message. */
  comment(parts: Partial<TicketComment> & { readonly id: number; readonly ticketId: number }): void
}

/**
 * A machine of somebody (11 Ines, 12 Anna, 13 Ben), three days before Anna's week of `plan-values`, in which Ines accepted to cover
 * Acme (1); Cormorant (3) is Anna's, too, and nobody covers it. Acme has ticket 101, quiet, and 102, whose clock runs.
 */
export function handoffMachine(meId: number, db = memoryDatabase()): HandoffMachine {
  let now = monday - 3 * dayMs
  const machine: HandoffMachine = {
    db,
    desk: () => ({ db, roster: readRoster(db), now: (now += 1000), emergencyMark: { by: 'tag', value: 'emergency' } }),
    at: (instant) => void (now = instant),
    plan: (entries, days = 7) =>
      storePlan(db, { document: aPlanDocument(entries, { accountIds: [1, 3], days }), author: 'a' }, now),
    ticket(parts, breachAt) {
      const clocks = breachAt === undefined ? [] : [{ metric: 'next_reply_time', stage: 'active', breachAt }]
      // Told anew each time, so that what is older than what is stored is not passed over.
      now += 1000
      transaction(db, () => storeTicket(db, aSighting({ updatedAt: now, generatedAt: now, ...parts }, { clocks }), now))
    },
    comment: (parts) => void transaction(db, () => storeComments(db, [aComment({ createdAt: now, ...parts })])),
  }
  storeWorkspace(db, aWorkspace({ meId, absences: [], coverages: [] }))
  changeLinks(db, 3, { aseId: 12 })
  const people = [
    { id: 11, name: 'Ines', role: 'agent' },
    { id: 12, name: 'Anna', role: 'agent' },
    { id: 501, name: 'Carla', role: 'end-user' },
  ]
  transaction(db, () => storeUsers(db, people))
  machine.plan([{ id: 'e1', state: 'accepted' }])
  machine.ticket({ id: 101 })
  machine.ticket({ id: 102, subject: 'Geo lags' }, monday + dayMs)
  return machine
}
