import { z } from 'zod'
import { handoffDocumentSchema, ticketPartSchema } from '#contract/handoff-document.ts'
import { idOfZendesk } from '#contract/versioned.ts'
import {
  findHandoffs,
  handoffMark,
  mostHandoffs,
  type FoundHandoff,
  type FoundLine,
} from '#core/handoff/handoff-text.ts'
import type { HandoffDocument } from '#core/handoff/handoff-document.ts'
import { mergeHandoffs } from '#core/handoff/merge-handoffs.ts'
import { Refusal } from '../refusal.ts'
import type { SharedText, UnreadPiece } from '../sharing/document-kind.ts'

const envelope = z.object({ understudy: z.literal(handoffMark.kind), format: z.number().int().min(1) })
const headSchema = z.strictObject({
  ...envelope.shape,
  handoff: handoffDocumentSchema.omit({ tickets: true }),
  tickets: z.array(idOfZendesk).max(1000),
})
const lineSchema = ticketPartSchema.extend({ ticket: idOfZendesk })

/** A handoff with what of its text could not be read. */
export interface ReadHandoff {
  readonly document: HandoffDocument
  readonly unread: readonly UnreadPiece[]
}

/**
 * Reads the one handoff that a text holds. What of it parses is kept, and what does not is named.
 *
 * SECURITY: the text comes from outside; a line that is not of the known shape is not taken.
 */
export function judgeHandoffText(text: string): SharedText<HandoffDocument> {
  const found = findHandoffs(text)
  const [only, another] = found
  if (!only) {
    const words = 'There is no handoff in this text. Take all of what you were given, from its first line to its last.'
    return { kind: 'none', words, unread: [] }
  }
  if (another) return { kind: 'several', words: 'There is more than one handoff in this text.', unread: [] }
  return judged(only)
}

/**
 * Reads all handoffs that a text holds: a file or Markdown, also after an editor or a mail program had it.
 *
 * @throws {Refusal} that says what to do, where none can be read or one is of a newer Understudy.
 */
export function readHandoffTexts(text: string): {
  readonly handoffs: readonly ReadHandoff[]
  readonly unread: readonly string[]
} {
  const found = findHandoffs(text)
  if (found.length > mostHandoffs) {
    throw new Refusal('refused', `There are more than ${mostHandoffs} handoffs in this text. Import it in parts.`)
  }
  const read = found.map(judged)
  const newer = read.find(({ kind }) => kind === 'newer')
  const handoffs = read.filter((each) => each.kind === 'read')
  if (newer?.kind === 'newer') throw new Refusal('refused', newer.words)
  const lost = read.flatMap((each) => (each.kind === 'read' ? [] : [each.words]))
  if (handoffs.length > 0) return { handoffs, unread: lost }
  const nothing = judgeHandoffText(text)
  throw new Refusal('refused', lost[0] ?? (nothing.kind === 'read' ? '' : nothing.words))
}

function judged(found: FoundHandoff): SharedText<HandoffDocument> {
  const all = [found.head, ...found.lines].map(({ text }) => text)
  const format = envelope.safeParse(found.head.value)
  if (format.success && format.data.format > handoffMark.format) {
    const words = 'This handoff was written by a newer Understudy. Install that one, and import it then.'
    return { kind: 'newer', words, unread: [] }
  }
  const head = headSchema.safeParse(found.head.value)
  if (!head.success) {
    const words = 'A handoff in this text is cut off or damaged. Ask for it again, as a file.'
    return { kind: 'damaged', words, unread: [{ words, text: [...all, ...found.strays].join('\n') }] }
  }
  const bare: HandoffDocument = { ...head.data.handoff, tickets: {} }
  const unread: UnreadPiece[] = []
  let document = bare
  for (const line of found.lines) {
    const read = lineSchema.safeParse(line.value)
    if (!read.success) {
      unread.push(unreadLine(line, bare))
      continue
    }
    const { ticket, ...part } = read.data
    document = mergeHandoffs(document, { ...bare, tickets: { [ticket]: part } }) ?? document
  }
  return { kind: 'read', document, unread: [...unread, ...lostOf(found, head.data.tickets, document)] }
}

function unreadLine({ ticketId, text }: FoundLine, { names }: HandoffDocument): UnreadPiece {
  const which = ticketId === null ? 'A ticket' : `Ticket ${ticketId}`
  return { words: `${which} of the handoff of ${names.account} cannot be read.`, text }
}

/** Tickets that the handoff counts and that are in none of its lines, and what stands among those and is none. */
function lostOf({ lines, strays }: FoundHandoff, counted: readonly string[], document: HandoffDocument): UnreadPiece[] {
  const named = new Set([...Object.keys(document.tickets), ...lines.map(({ ticketId }) => ticketId)])
  const missing = counted.filter((id) => !named.has(id))
  const text = strays.join('\n')
  const { account } = document.names
  const lost = missing.map((id, nth) => ({
    words: `Ticket ${id} of the handoff of ${account} cannot be read.`,
    text: nth === 0 ? text : '',
  }))
  if (lost.length > 0 || text === '') return lost
  return [{ words: `Something stands in the handoff of ${account} that is no part of it.`, text }]
}
