import type { Window } from '../instant.ts'
import { changed, written, type Writing } from '../sharing/versioned.ts'
import type {
  Acceptance,
  AccountText,
  HandoffDocument,
  HandoffNames,
  Speaker,
  TicketFacts,
  TicketLine,
  TicketPart,
} from './handoff-document.ts'
import { acceptedPrints } from './accepted-text.ts'
import { blankPart, linePrint, readTicketPart, teachBackPrint } from './read-ticket-part.ts'

/** The id that the handoff of an account has in every copy. */
export function handoffIdOf(planOrAbsenceId: string, accountId: number): string {
  return `${planOrAbsenceId}--${accountId}`
}

/** The plan or absence that a handoff is for, from its id. */
export function absenceOfHandoff(handoffId: string): string {
  const end = handoffId.lastIndexOf('--')
  return end < 0 ? handoffId : handoffId.slice(0, end)
}

/** Begins the handoff of an account. Nothing is written in it but when the absence is. */
export function createHandoff(
  handoff: Pick<HandoffDocument, 'aseId' | 'accountId' | 'names'> & {
    readonly planOrAbsenceId: string
    readonly window: Window
  },
  writing: Writing,
): HandoffDocument {
  const { planOrAbsenceId, aseId, accountId, window, names } = handoff
  return putWindow(
    {
      id: handoffIdOf(planOrAbsenceId, accountId),
      ...{ aseId, accountId, names },
      ...{ window: [], texts: {}, tickets: {}, acceptance: [] },
    },
    window,
    writing,
  )
}

/** Says when the absence is. */
export function putWindow(document: HandoffDocument, { startsAt, endsAt }: Window, writing: Writing): HandoffDocument {
  return { ...document, window: changed(document.window, { startsAt, endsAt }, writing) }
}

/** Writes a text of the account. */
export function putText(
  document: HandoffDocument,
  text: AccountText,
  value: string,
  writing: Writing,
): HandoffDocument {
  return { ...document, texts: { ...document.texts, [text]: changed(document.texts[text] ?? [], value, writing) } }
}

/** Writes the line of a ticket as a whole. */
export function putLine(
  document: HandoffDocument,
  ticketId: number,
  line: TicketLine,
  writing: Writing,
): HandoffDocument {
  return withPart(document, ticketId, (part) => ({ ...part, line: changed(part.line, line, writing) }))
}

/**
 * Stores what was said back of the line as it is. The same words again are said anew where the line is another one.
 *
 * @returns undefined where there is no line to say back.
 */
export function putTeachBack(
  document: HandoffDocument,
  ticketId: number,
  { words, speaker }: { readonly words: string; readonly speaker: Speaker },
  writing: Writing,
): HandoffDocument | undefined {
  const { line } = readTicketPart(document.tickets[ticketId])
  if (!line) return undefined
  const value = { words, speaker: { id: speaker.id, name: speaker.name }, ofLine: linePrint(line.value) }
  return withPart(document, ticketId, (part) => ({ ...part, teachBack: changed(part.teachBack, value, writing) }))
}

/**
 * Stores what the ASE said to the teach-back as it is.
 *
 * @returns undefined where there is none of the line as it is.
 */
export function putVerdict(
  document: HandoffDocument,
  ticketId: number,
  { accepted, words, speaker }: { readonly accepted: boolean; readonly words: string; readonly speaker: Speaker },
  writing: Writing,
): HandoffDocument | undefined {
  const { teachBack } = readTicketPart(document.tickets[ticketId])
  if (!teachBack?.current) return undefined
  const ofWords = teachBackPrint(teachBack.value)
  const value = { accepted, words, speaker: { id: speaker.id, name: speaker.name }, ofWords }
  return withPart(document, ticketId, (part) => ({ ...part, verdict: changed(part.verdict, value, writing) }))
}

/** Stores that a ticket was gone over as it is now. Doing so again is a look of its own. */
export function putReviewed(
  document: HandoffDocument,
  ticketId: number,
  facts: TicketFacts,
  writing: Writing,
): HandoffDocument {
  return withPart(document, ticketId, (part) => ({ ...part, reviewed: written(part.reviewed, facts, writing) }))
}

/**
 * Accepts the handoff as it is, puts it off or takes an acceptance back.
 *
 * @param hash of `acceptedText`; empty where nothing is accepted.
 */
export function putAcceptance(
  document: HandoffDocument,
  said: Pick<Acceptance, 'state' | 'hash' | 'words' | 'speaker'>,
  writing: Writing,
): HandoffDocument {
  const { state, words, speaker } = said
  const [hash, lines] = state === 'accepted' ? [said.hash, acceptedPrints(document)] : ['', {}]
  const value = { state, hash, lines, words, speaker: { id: speaker.id, name: speaker.name } }
  return { ...document, acceptance: written(document.acceptance, value, writing) }
}

/** Adds the names of who covers, by their ids: another machine may not know them. */
export function withCovers(document: HandoffDocument, covers: HandoffNames['covers']): HandoffDocument {
  return { ...document, names: { ...document.names, covers: { ...document.names.covers, ...covers } } }
}

function withPart(
  document: HandoffDocument,
  ticketId: number,
  change: (part: TicketPart) => TicketPart,
): HandoffDocument {
  const part = change(document.tickets[ticketId] ?? blankPart)
  return { ...document, tickets: { ...document.tickets, [ticketId]: part } }
}
