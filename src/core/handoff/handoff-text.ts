import type { PartLayout } from '../sharing/issue-part.ts'
import { beginningOf, cleanLines, endOfObject, sharedJson, type SharedMark } from '../sharing/embedded-text.ts'
import type { HandoffDocument } from './handoff-document.ts'

/** What marks a handoff inside a text, and the form it is written in. */
export const handoffMark = { kind: 'account-handoff', format: 1 } as const satisfies SharedMark

/** How a handoff stands in the text of an issue. */
export const handoffLayout: PartLayout = {
  mark: handoffMark,
  opening: '<!-- From here on Understudy writes the handoff. Write above this line, or below the handoff. -->',
  heading: /^# Handoff of /gm,
  endOf: endOfHandoff,
}

/** Handoffs that a text may hold. */
export const mostHandoffs = 200

/** A line of a handoff as it was found in a text. */
export interface FoundLine {
  /** Null of the first line, which is of the handoff itself. */
  readonly ticketId: string | null
  /** Undefined where it is no JSON any more. */
  readonly value: unknown
  /** As it stood. */
  readonly text: string
}

/** A handoff as it was found in a text, nothing of it judged. */
export interface FoundHandoff {
  readonly head: FoundLine
  readonly lines: readonly FoundLine[]
  /** What stands among its lines and is none of them. */
  readonly strays: readonly string[]
}

/**
 * A handoff as lines of JSON: one of the handoff itself, which counts its tickets, and one of each ticket. A line that somebody damages
 * takes no other with it.
 */
export function writeHandoffLines(document: HandoffDocument): string {
  const { tickets, ...handoff } = document
  const head = { understudy: handoffMark.kind, format: handoffMark.format, handoff, tickets: Object.keys(tickets) }
  const lines = Object.entries(tickets).map(([ticket, part]) => ({ ticket, ...part }))
  return [head, ...lines].map((line) => `${sharedJson(line)}\n`).join('')
}

/**
 * Finds handoffs in what `writeHandoffLines` or `writeHandoffMarkdown` wrote, also after mail programs and editors had it, and also
 * where lines of it are damaged.
 *
 * @returns one more than `mostHandoffs` where there are more.
 */
export function findHandoffs(text: string): FoundHandoff[] {
  const clean = cleanLines(text)
  const starts = [...clean.matchAll(new RegExp(beginningOf(handoffMark), 'g'))].map(({ index }) => index)
  return starts.slice(0, mostHandoffs + 1).map((start) => handoffAt(clean, start))
}

/** Where a line begins; inside of strings these signs stand otherwise. */
const lineBeginning = /\{\s*"(?:understudy"\s*:\s*"account-handoff"|ticket"\s*:)/g
/** What ends the fold that a handoff stands in: none of its lines has these signs. */
const foldEnd = /```|<!--|<\/details/

function handoffAt(text: string, start: number): FoundHandoff {
  const { pieces, isFolded } = piecesOf(text, start)
  const strays: string[] = []
  const found = pieces.map(({ text: piece, closed }, nth) => {
    const value = closed === undefined ? undefined : jsonOf(piece.slice(0, closed))
    const rest = value === undefined ? '' : piece.slice(closed).trim()
    // Below a handoff that is not folded anything may stand.
    if (rest !== '' && (isFolded || nth < pieces.length - 1)) strays.push(rest)
    const ticketId = /^\{\s*"ticket"\s*:\s*"?(\d{1,16})/.exec(piece)?.[1] ?? null
    return { ticketId, value, text: value === undefined ? piece.trim() : piece.slice(0, closed) }
  })
  const [head = { ticketId: null, value: undefined, text: '' }, ...lines] = found
  return { head, lines, strays }
}

/** Where the handoff that begins somewhere ends: with its fold, or with its last line that is whole; undefined where none is. */
function endOfHandoff(text: string, start: number): number | undefined {
  const { pieces, isFolded, end } = piecesOf(text, start)
  if (isFolded) return end
  return pieces.flatMap(({ at, closed }) => (closed === undefined ? [] : [at + closed])).at(-1)
}

interface Piece {
  readonly at: number
  /** From the beginning of a line to that of the next. */
  readonly text: string
  /** Where in it the line ends; undefined where it is cut off. */
  readonly closed: number | undefined
}

/** The lines of the handoff that begins somewhere, as far as its fold reaches, or to the next handoff. */
function piecesOf(text: string, start: number) {
  const next = text.slice(start + 1).search(beginningOf(handoffMark))
  const reach = text.slice(start, next === -1 ? undefined : start + 1 + next)
  const fold = reach.search(foldEnd)
  const stretch = fold === -1 ? reach : reach.slice(0, fold)
  const places = [...stretch.matchAll(lineBeginning)].map(({ index }) => index)
  const pieces = places.map((place, nth): Piece => {
    const piece = stretch.slice(place, places[nth + 1] ?? stretch.length)
    return { at: start + place, text: piece, closed: endOfObject(piece, 0) }
  })
  return { pieces, end: start + stretch.length, isFolded: fold !== -1 }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
