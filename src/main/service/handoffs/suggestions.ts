import type { Suggestion } from '#contract/handoffs.ts'
import { blankLine, type HandoffDocument } from '#core/handoff/handoff-document.ts'
import { readTicketPart } from '#core/handoff/read-ticket-part.ts'
import { suggestLine } from '#core/handoff/suggest-line.ts'
import { shownOf } from '#core/sharing/versioned.ts'
import type { HandoffAbsence } from './handoff-absences.ts'
import type { HandedTicket } from './handoff-tickets.ts'

/** What a ticket, and the handoff before this one, suggest for what is not written of it yet; nothing for one that is not worked on. */
export function suggestionsFor(
  { ticketId, reading, known }: HandedTicket,
  {
    before,
    absence,
    now,
  }: {
    readonly before: HandoffDocument | null
    readonly absence: HandoffAbsence
    readonly now: number
  },
): Suggestion[] {
  if (!known || known.gone !== null) return []
  const former = readTicketPart(before?.tickets[ticketId]).line?.value
  const endsAt = shownOf(before?.window ?? [])?.value.endsAt
  return suggestLine({
    line: reading.line?.value ?? blankLine,
    lastNote: known.lastNote,
    lastPublicReply: known.lastPublicReply,
    before: former && endsAt !== undefined ? { line: former, endsAt } : null,
    timeZone: absence.aseTimeZone,
    now,
  })
}
