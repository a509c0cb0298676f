import { createHash } from 'node:crypto'
import type { EmergencyMark } from '#contract/settings.ts'
import { acceptedText } from '#core/handoff/accepted-text.ts'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import type { HandoffWords } from '#core/handoff/handoff-words.ts'
import { readTicketPart } from '#core/handoff/read-ticket-part.ts'
import { readSubject } from '../db/handoff-facts.ts'
import type { WriteDb } from '../db/sql.ts'
import type { Roster } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'

/** Where handoffs are kept, and what they are seen in: who and what is known here, when. */
export interface HandoffDesk {
  readonly db: WriteDb
  readonly roster: Roster
  readonly now: number
  readonly emergencyMark: EmergencyMark
}

/** What is said of a handoff that is not there. */
export function noSuchHandoff(id: string): Refusal {
  const words = 'This handoff is not known here. Begin it, or import it from whoever has it.'
  return new Refusal('not-found', words, { missing: { what: 'handoff', id } })
}

/** What everybody and everything in a handoff is called: as it is known here, or as the handoff names it. */
export function wordsForHandoff(
  { aseId, accountId, names, tickets }: HandoffDocument,
  { db, roster }: Pick<HandoffDesk, 'db' | 'roster'>,
): HandoffWords {
  const ase = roster.people.find(({ id }) => id === aseId)
  const subjectOf = (id: number) => readSubject(db, id) ?? readTicketPart(tickets[id]).reviewed?.value.subject ?? ''
  return {
    timeZone: ase?.timeZone ?? names.aseTimeZone,
    ase: ase?.name ?? names.ase,
    account: roster.accounts.find(({ id }) => id === accountId)?.name ?? names.account,
    ticket: (id) => {
      const subject = subjectOf(id)
      return subject === '' ? `Ticket ${id}` : `Ticket ${id} “${subject}”`
    },
  }
}

/** Names exactly what is written in a handoff: an acceptance is of that. */
export function hashOfHandoff(document: HandoffDocument): string {
  return createHash('sha256').update(acceptedText(document)).digest('hex')
}
