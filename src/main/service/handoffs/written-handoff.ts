import { datedWords } from '#core/coverage/plan-words.ts'
import { absenceOfHandoff } from '#core/handoff/change-handoff.ts'
import type { WrittenHandoff } from '#core/handoff/handoff-blocks.ts'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { openOf, ownerWords } from '#core/handoff/handoff-state.ts'
import { findAbsence } from './handoff-absences.ts'
import { hashOfHandoff, wordsForHandoff, type HandoffDesk } from './handoff-desk.ts'
import { readingOf } from './read-handoffs.ts'

/** A handoff as it is written for people elsewhere, also one that is not stored here as it is. Times are those of its ASE. */
export function writtenHandoff(document: HandoffDocument, desk: HandoffDesk): WrittenHandoff {
  const absence = findAbsence(desk, absenceOfHandoff(document.id), () => [document])
  if (!absence) throw new Error('A handoff is of no absence')
  const words = wordsForHandoff(document, desk)
  const { row, standing, tickets } = readingOf(desk, absence, document.accountId, document)
  return {
    ...{ document, words, coverNames: row.coverNames, now: desk.now, hash: hashOfHandoff(document) },
    ownerWords: ownerWords({ ...standing, instant: (at) => datedWords(at, words.timeZone) }),
    open: openOf(standing),
    tickets: tickets.map(({ ticketId, known, reading, gone, stale, standing: ticket }) => ({
      ...{ ticketId, gone, reading, stale },
      facts: known?.facts ?? reading.reviewed?.value ?? null,
      missing: ticket.active ? ticket.missing : [],
    })),
  }
}
