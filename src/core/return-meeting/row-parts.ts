import { isWithin, type InstantMs } from '../instant.ts'
import { rankOf } from './order-rows.ts'
import type { ReturnEvidence, ReturnRow, ReturnRowKind, ReturnSetting } from './return-row.ts'

/** What of a piece of evidence is said; the rest follows. */
export interface SaidEvidence {
  readonly at: InstantMs
  readonly byId?: number | null
  readonly byName?: string | null
  readonly words: string
  readonly quote?: string
  readonly isPrivate?: boolean
  readonly isExact?: boolean
  readonly commentId?: number | null
}

/** Letters of a message that are shown. */
const mostLetters = 280

/** Makes a piece of evidence of what is known. */
export function evidenceOf(said: SaidEvidence, { coverName, nameOf }: ReturnSetting): ReturnEvidence {
  const byId = said.byId ?? null
  return {
    at: said.at,
    byId,
    byName: said.byName ?? (byId === null ? null : (nameOf(byId) ?? `User ${byId}`)),
    coverName: coverName(said.at),
    words: said.words,
    quote: beginningOf(said.quote ?? ''),
    isPrivate: said.isPrivate ?? false,
    isExact: said.isExact ?? true,
    commentId: said.commentId ?? null,
  }
}

/** What a row is about and says, beside its evidence. */
export type RowHead = Pick<ReturnRow, 'ticketId' | 'issue' | 'subject' | 'words'> & {
  readonly key: string
  readonly kind: ReturnRowKind
  readonly dueOn?: string
  /** Whether it is less grave than its kind. */
  readonly isLight?: boolean
}

/**
 * Makes the row of what happened inside of the window, oldest first; of the same thing told twice, one. No row where nothing is left.
 */
export function rowOf(
  { kind, dueOn = '', isLight = false, ...head }: RowHead,
  evidence: readonly ReturnEvidence[],
  window: Pick<ReturnSetting, 'startsAt' | 'endsAt'>,
): ReturnRow[] {
  const sorted = eachOnce(evidence.filter(({ at }) => isWithin(at, window)))
  const last = sorted.at(-1)
  return last ? [{ ...head, kind, dueOn, rank: rankOf(kind, isLight), at: last.at, evidence: sorted }] : []
}

/** Oldest first. */
function eachOnce(evidence: readonly ReturnEvidence[]): readonly ReturnEvidence[] {
  if (evidence.length <= 1) return evidence
  const once = new Map(evidence.map((each) => [nameOfEvidence(each), each]))
  return [...once].toSorted(([one, a], [other, b]) => a.at - b.at || (one < other ? -1 : 1)).map(([, each]) => each)
}

/** The same for the same evidence. Written out, because there is much of it. */
function nameOfEvidence({ at, byId, byName, words, quote, isExact, commentId }: ReturnEvidence): string {
  return `${at} ${commentId} ${byId} ${byName} ${isExact} ${words} ${quote}`
}

/** The beginning of a text, in one line. */
function beginningOf(text: string): string {
  // A log that somebody pasted is long, and of most texts less than that is enough.
  const short = inOneLine(text.slice(0, 2 * mostLetters))
  const line = short.length > mostLetters ? short : inOneLine(text.slice(0, 8 * mostLetters))
  return line.length <= mostLetters ? line : `${line.slice(0, mostLetters - 1).trimEnd()}…`
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
