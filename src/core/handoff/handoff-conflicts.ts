import { isConflict, sidesOf, written, type JsonValue, type Versioned, type Writing } from '../sharing/versioned.ts'
import { accountTexts, type HandoffDocument, type TicketPart } from './handoff-document.ts'
import {
  acceptanceWords,
  accountTextNames,
  lineWords,
  teachBackWords,
  verdictWords,
  windowWords,
  type HandoffWords,
} from './handoff-words.ts'

/** A part that people wrote without knowing of each other, with all sides in words. */
export interface HandoffConflict {
  /** Names the part for `resolveHandoff`. */
  readonly field: string
  /** Null where it is of the account. */
  readonly ticketId: number | null
  readonly about: string
  /** The one that is shown until somebody chooses comes first. */
  readonly sides: readonly { readonly words: string; readonly byName: string | null; readonly at: number }[]
}

/**
 * The parts of a handoff that wait for somebody to choose. Nobody decides over what was gone over: of two looks at a ticket the later
 * one counts.
 */
export function handoffConflicts(document: HandoffDocument, words: HandoffWords): HandoffConflict[] {
  return [
    ...conflictOf(
      document.window,
      'window',
      null,
      () => `When ${words.ase} is away`,
      (window) => windowWords(window, words),
    ),
    ...accountTexts.flatMap((name) =>
      conflictOf(
        document.texts[name] ?? [],
        `text:${name}`,
        null,
        () => accountTextNames[name],
        (text) => text.trim() || 'Nothing is written.',
      ),
    ),
    ...Object.entries(document.tickets).flatMap(([id, part]) => ticketConflicts(Number(id), part, words)),
    ...conflictOf(document.acceptance, 'acceptance', null, () => `The handoff of ${words.account}`, acceptanceWords),
  ]
}

function ticketConflicts(id: number, part: TicketPart, words: HandoffWords): HandoffConflict[] {
  const named = (name: string) => `ticket:${id}:${name}`
  return [
    ...conflictOf(
      part.line,
      named('line'),
      id,
      () => `${words.ticket(id)}: its line`,
      (line) => lineWords(line, words),
    ),
    ...conflictOf(
      part.teachBack,
      named('teachBack'),
      id,
      () => `${words.ticket(id)}: what was said back`,
      teachBackWords,
    ),
    ...conflictOf(
      part.verdict,
      named('verdict'),
      id,
      () => `${words.ticket(id)}: the answer to what was said back`,
      verdictWords,
    ),
  ]
}

function conflictOf<Value extends JsonValue>(
  field: Versioned<Value>,
  name: string,
  ticketId: number | null,
  about: () => string,
  words: (value: Value) => string,
): HandoffConflict[] {
  if (!isConflict(field)) return []
  const sides = sidesOf(field).map(({ value, by, at }) => ({ words: words(value), byName: by, at }))
  return [{ field: name, ticketId, about: about(), sides }]
}

/**
 * Chooses a side of a part in conflict.
 *
 * @param field as `handoffConflicts` names it.
 * @param side its place among the sides.
 * @returns undefined when the part is not in conflict, or has no such side.
 */
export function resolveHandoff(
  document: HandoffDocument,
  field: string,
  side: number,
  writing: Writing,
): HandoffDocument | undefined {
  const [area = '', id = '', name = ''] = field.split(':')
  const choose = <Value extends JsonValue>(versioned: Versioned<Value>) => {
    const chosen = isConflict(versioned) ? sidesOf(versioned)[side] : undefined
    return chosen && written(versioned, chosen.value, writing)
  }
  if (area === 'window') {
    const window = choose(document.window)
    return window && { ...document, window }
  }
  if (area === 'acceptance') {
    const acceptance = choose(document.acceptance)
    return acceptance && { ...document, acceptance }
  }
  if (area === 'text') {
    const text = Object.hasOwn(document.texts, id) ? choose(document.texts[id] ?? []) : undefined
    return text && { ...document, texts: { ...document.texts, [id]: text } }
  }
  const part = area === 'ticket' && Object.hasOwn(document.tickets, id) ? document.tickets[id] : undefined
  if (!part || (name !== 'line' && name !== 'teachBack' && name !== 'verdict')) return undefined
  const chosen = choose<JsonValue>(part[name])
  return chosen && { ...document, tickets: { ...document.tickets, [id]: { ...part, [name]: chosen } } }
}
