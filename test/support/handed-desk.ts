import { createHandoff, putAcceptance, putLine, putReviewed } from '#core/handoff/change-handoff.ts'
import type { Contingency, HandoffDocument, Trigger } from '#core/handoff/handoff-document.ts'
import { readHandoff, storeHandoffs } from '#service/db/handoffs.ts'
import { markCommentsRead, storeComments } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeUsers } from '#service/db/workspace.ts'
import { ticketFactsHere } from '#service/handoffs/handoff-facts.ts'
import { anAlertDesk, type AlertDesk, type DeskOptions } from './alert-desk.ts'
import { aLine, anIf } from './handoff-values.ts'
import { aComment, aSighting, dayMs, wednesday } from './work-values.ts'

/** A desk of Ines (11), who covers Acme (1) for Anna (12), with its handoff. */
export interface HandedDesk extends AlertDesk {
  /** A page tells of a ticket, as it is from now on, with its whole conversation. */
  page(id: number, parts?: object, breachAt?: number | null): void
  /** Somebody writes on a ticket now: Carla (501) is the customer. */
  say(ticketId: number, authorId: number, parts?: object): void
  /** Ines goes over a ticket as it is now. */
  review(ticketId: number): void
  /** Anna writes what she foresees of a ticket; again, it takes the place of what she wrote. */
  foresee(ticketId: number, ...contingencies: readonly Partial<Contingency>[]): void
  /** The same with one trigger. */
  watch(ticketId: number, trigger: Trigger): void
  accept(state: 'accepted' | 'withdrawn', speakerId?: number): void
  /** `state: reason` of the alerts of a kind, oldest first. */
  states(kind: string): string[]
}

/** Sets such a desk up; its ticket 101 is old, open and has a message of Carla. */
export async function aHandedDesk(options: DeskOptions = {}): Promise<HandedDesk> {
  const desk = await anAlertDesk(options)
  const { db, clock } = desk
  let lastId = 0
  let vendorNow = wednesday
  const stamp = () => (vendorNow = Math.max(clock.now(), vendorNow + 1000))
  const hand = (write: (handoff: HandoffDocument, at: number) => HandoffDocument) => {
    const stored = readHandoff(db, 'anna-away--1') ?? { document: emptyHandoff(), author: 'here' }
    const at = clock.now()
    storeHandoffs(db, [{ ...stored, document: write(stored.document, at) }], at)
  }
  const known = new Map<number, object>()
  const handed: HandedDesk = {
    ...desk,
    page(id, parts = {}, breachAt = null) {
      const at = stamp()
      const whole = { createdAt: wednesday - 10 * dayMs, ...known.get(id), ...parts }
      known.set(id, whole)
      const clocks = breachAt === null ? [] : [{ metric: 'next_reply_time', stage: 'active', breachAt }]
      storeTicket(db, aSighting({ id, assigneeId: 12, ...whole, updatedAt: at, generatedAt: at }, { clocks }), at)
      markCommentsRead(db, id, at)
    },
    say(ticketId, authorId, parts = {}) {
      lastId += 1
      const createdAt = stamp()
      storeComments(db, [aComment({ id: ticketId * 1000 + lastId, ticketId, authorId, createdAt, ...parts })])
      handed.page(ticketId)
    },
    review(ticketId) {
      const emergencyMark = { by: 'tag', value: 'emergency' } as const
      const facts = ticketFactsHere(db, ticketId, { accountId: 1, emergencyMark, withIssues: true })
      if (!facts) throw new Error(`Ticket ${ticketId} is not stored`)
      hand((handoff, at) => putReviewed(handoff, ticketId, facts, { author: 'here', by: 'Ines', at }))
    },
    foresee(ticketId, ...contingencies) {
      const line = aLine({ contingencies: contingencies.map((each) => anIf(each)) })
      hand((handoff, at) => putLine(handoff, ticketId, line, { author: 'there', by: 'Anna', at }))
    },
    watch: (ticketId, trigger) => handed.foresee(ticketId, { trigger }),
    accept(state, id = 11) {
      const said = { state, hash: '', words: '', speaker: { id, name: 'Somebody' } }
      hand((handoff, at) => putAcceptance(handoff, said, { author: 'here', by: 'Ines', at }))
    },
    states: (kind) =>
      desk
        .ledger()
        .filter((alert) => alert.kind === kind)
        .map(({ state, heldBy }) => (heldBy === null ? state : `${state}: ${heldBy}`)),
  }
  storeUsers(db, [
    { id: 501, name: 'Carla', role: 'end-user' },
    { id: 11, name: 'Ines', role: 'agent' },
    { id: 12, name: 'Anna', role: 'agent' },
    { id: 13, name: 'Ben', role: 'agent' },
  ])
  handed.page(101)
  storeComments(db, [aComment({ id: 101_000, ticketId: 101, createdAt: wednesday - 10 * dayMs })])
  await desk.look()
  desk.news()
  return handed
}

function emptyHandoff(): HandoffDocument {
  const names = { ase: 'Anna', aseTimeZone: 'Europe/Berlin', account: 'Acme', covers: { '11': 'Ines' } }
  const window = { startsAt: wednesday - dayMs, endsAt: wednesday + dayMs }
  const writing = { author: 'there', by: 'Anna', at: wednesday - 2 * dayMs }
  return createHandoff({ planOrAbsenceId: 'anna-away', aseId: 12, accountId: 1, names, window }, writing)
}
