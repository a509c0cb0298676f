import { canonical, merged, mergedFields } from '../sharing/versioned.ts'
import type { HandoffDocument, HandoffNames, TicketPart } from './handoff-document.ts'
import { blankPart } from './read-ticket-part.ts'

/**
 * Brings two copies of a handoff together, part by part: what somebody wrote knowing of the other copy stands, and what was written
 * without is kept from both sides. Order and repetition make no difference.
 *
 * @returns undefined when the copies are of different handoffs.
 */
export function mergeHandoffs(one: HandoffDocument, other: HandoffDocument): HandoffDocument | undefined {
  if (one.id !== other.id || one.aseId !== other.aseId || one.accountId !== other.accountId) return undefined
  const ticketIds = [...new Set([...Object.keys(one.tickets), ...Object.keys(other.tickets)])]
  return {
    id: one.id,
    aseId: one.aseId,
    accountId: one.accountId,
    window: merged(one.window, other.window),
    texts: mergedFields(one.texts, other.texts),
    tickets: Object.fromEntries(ticketIds.map((id) => [id, mergeParts(one.tickets[id], other.tickets[id])])),
    acceptance: merged(one.acceptance, other.acceptance),
    names: mergeNames(one.names, other.names),
  }
}

function mergeParts(one: TicketPart = blankPart, other: TicketPart = blankPart): TicketPart {
  return {
    line: merged(one.line, other.line),
    teachBack: merged(one.teachBack, other.teachBack),
    verdict: merged(one.verdict, other.verdict),
    reviewed: merged(one.reviewed, other.reviewed),
  }
}

/** Nobody decides over a name: of two the same one is taken in every copy. */
function mergeNames(one: HandoffNames, other: HandoffNames): HandoffNames {
  const covers = [...Object.entries(one.covers), ...Object.entries(other.covers)].toSorted((a, b) =>
    canonical(a) < canonical(b) ? -1 : 1,
  )
  const later = (name: string, another: string) => (name < another ? another : name)
  return {
    ase: later(one.ase, other.ase),
    aseTimeZone: later(one.aseTimeZone, other.aseTimeZone),
    account: later(one.account, other.account),
    covers: Object.fromEntries(covers),
  }
}
