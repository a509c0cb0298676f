import { createHandoff, putLine, putTeachBack, putVerdict } from '#core/handoff/change-handoff.ts'
import {
  blankLine,
  type Contingency,
  type HandoffDocument,
  type TicketFacts,
  type TicketLine,
} from '#core/handoff/handoff-document.ts'
import type { HandoffWords } from '#core/handoff/handoff-words.ts'
import { anna, ines, monday } from './plan-values.ts'
import { dayMs, hourMs } from './work-values.ts'

/** Who speaks in these values: Anna (12) is the ASE, Ines (11) covers. */
export const annaSpeaks = { id: 12, name: 'Anna' }
export const inesSpeaks = { id: 11, name: 'Ines' }

/** How things in these values are called. */
export const handoffWords: HandoffWords = {
  timeZone: 'Europe/Berlin',
  ase: 'Anna',
  account: 'Acme',
  ticket: (id) => `Ticket ${id}`,
}

/** An *if … then …* of a line. */
export function anIf(parts: Partial<Contingency> = {}): Contingency {
  // oxlint-disable-next-line unicorn/no-thenable -- it is a field of the line, and nobody waits for one
  return { id: 'c1', if: 'it happens again', then: 'restart Sidekiq', trigger: null, ...parts }
}

/** A complete line of a ticket that may blow up. */
export function aLine(parts: Partial<TicketLine> = {}): TicketLine {
  return {
    ...blankLine,
    severity: 'unstable',
    story: 'Runners time out since the upgrade',
    nextAction: 'Send the patch',
    nextOwner: 'Ines',
    nextBy: '2026-12-22',
    contingencies: [anIf()],
    ...parts,
  }
}

/** Facts of a quiet open ticket. */
export function someFacts(parts: Partial<TicketFacts> = {}): TicketFacts {
  return {
    subject: 'Runners time out',
    status: 'open',
    priority: 'normal',
    assigneeId: 12,
    assigneeName: 'Anna',
    createdAt: monday - 30 * dayMs,
    lastCustomer: { at: monday - 25 * dayMs, byName: 'Carla', words: 'It is slow.' },
    lastPublicReply: { at: monday - 24 * dayMs, byName: 'Anna', words: 'We look into it.' },
    lastNote: null,
    clocks: [{ metric: 'next_reply_time', breachAt: monday + hourMs }],
    ccNames: ['Carla'],
    issues: [{ reference: 'customers/acme#3', title: 'Upgrade', open: true }],
    ...parts,
  }
}

/** The handoff of Acme (1) for Anna's week from the Monday of `plan-values`, covered by Ines, with lines as they are given. */
export function aHandoff(lines: Readonly<Record<number, TicketLine>> = {}): HandoffDocument {
  const names = { ase: 'Anna', aseTimeZone: 'Europe/Berlin', account: 'Acme', covers: { '11': 'Ines' } }
  const window = { startsAt: monday, endsAt: monday + 7 * dayMs }
  const empty = createHandoff({ planOrAbsenceId: 'p1', aseId: 12, accountId: 1, names, window }, anna)
  return Object.entries(lines).reduce((so, [id, line]) => putLine(so, Number(id), line, anna), empty)
}

/** The same after Ines said a ticket back and Anna accepted that. */
export function saidBack(document: HandoffDocument, ticketId: number): HandoffDocument {
  const said = putTeachBack(document, ticketId, { words: 'They wait for the patch', speaker: inesSpeaks }, ines)
  const judged = said && putVerdict(said, ticketId, { accepted: true, words: '', speaker: annaSpeaks }, anna)
  if (!judged) throw new Error(`Ticket ${ticketId} has no line to say back`)
  return judged
}
