import type { HandoffDocument, TicketFacts, TicketPart } from '#core/handoff/handoff-document.ts'
import type { TicketStanding } from '#core/handoff/handoff-state.ts'
import { missingOfLine } from '#core/handoff/missing-of-line.ts'
import { readTicketPart, type TicketReading } from '#core/handoff/read-ticket-part.ts'
import { reviewOrder } from '#core/handoff/review-order.ts'
import { staleDifferences } from '#core/handoff/stale-differences.ts'
import { phaseOf, type HandoffAbsence } from './handoff-absences.ts'
import type { HandoffDesk } from './handoff-desk.ts'
import { ticketsKnownHere, type KnownTicket } from './handoff-facts.ts'

/** A ticket of a handoff with what is written of it and what is known of it. */
export interface HandedTicket {
  readonly ticketId: number
  readonly part: TicketPart | undefined
  readonly reading: TicketReading
  /** As it is stored here; undefined where it is not. */
  readonly known: KnownTicket | undefined
  readonly facts: TicketFacts
  readonly gone: string | null
  /** What is otherwise since it was gone over, in words. */
  readonly stale: readonly string[]
  readonly standing: TicketStanding
}

/** A ticket of which nothing is known but that somebody wrote of it. */
export const unknownFacts: TicketFacts = {
  ...{ subject: '', status: 'unknown', priority: null, assigneeId: null, assigneeName: null, createdAt: 0 },
  ...{ lastCustomer: null, lastPublicReply: null, lastNote: null, clocks: [], ccNames: [], issues: [] },
}

/** How much of the tickets of a handoff is told, and how. */
export interface TicketsOptions {
  readonly whole?: boolean
  readonly timeZone?: string | undefined
}

/** Why a ticket has no facts of its own. */
const notHere = 'It is not stored on this machine: what is shown is what the handoff knows.'

/**
 * The tickets of a handoff in the order of the review: those of the account that are worked on, and those of which something is
 * written. Of an absence that is over, only the latter, without what changed since.
 *
 * @param options.whole whether more of messages than their first words is wanted.
 * @param options.timeZone by whose clock times are told; the ASE's where it is left out.
 */
export function ticketsOf(
  desk: HandoffDesk,
  absence: HandoffAbsence,
  accountId: number,
  document: HandoffDocument | null,
  { whole = false, timeZone = absence.aseTimeZone }: TicketsOptions = {},
): HandedTicket[] {
  const { db, emergencyMark, now } = desk
  const isPast = phaseOf(absence, now) === 'past'
  const written = Object.entries(document?.tickets ?? {})
    .filter(([, part]) => [part.line, part.teachBack, part.verdict, part.reviewed].some((field) => field.length > 0))
    .map(([id]) => Number(id))
  const known = ticketsKnownHere(db, { accountId, alsoIds: written, emergencyMark, whole })
  const ids = isPast ? written : [...new Set([...known.keys(), ...written])]
  return ids
    .map((ticketId) => ticketOf(ticketId, document?.tickets[ticketId], known.get(ticketId), { timeZone, now, isPast }))
    .toSorted((a, b) => reviewOrder(orderOf(a), orderOf(b)))
}

function ticketOf(
  ticketId: number,
  part: TicketPart | undefined,
  known: KnownTicket | undefined,
  { timeZone, now, isPast }: { readonly timeZone: string; readonly now: number; readonly isPast: boolean },
): HandedTicket {
  const reading = readTicketPart(part)
  const { line, teachBack, verdict, reviewed } = reading
  const facts = known?.facts ?? reviewed?.value ?? unknownFacts
  const stale = reviewed && known && !isPast ? staleDifferences(reviewed.value, facts, { timeZone, now }) : []
  return {
    ...{ ticketId, part, reading, known, facts, stale },
    gone: known ? known.gone : notHere,
    standing: {
      ticketId,
      // What is not stored here may well be worked on.
      active: known ? known.gone === null : true,
      severity: line?.value.severity ?? null,
      missing: missingOfLine(line?.value ?? null),
      teachBack,
      verdict: verdict && { accepted: verdict.value.accepted, current: verdict.current },
      reviewed: reviewed !== null,
      stale: stale.length > 0,
    },
  }
}

function orderOf({ ticketId, standing, facts }: HandedTicket) {
  return { ticketId, severity: standing.severity, nextBreachAt: facts.clocks[0]?.breachAt ?? null }
}
