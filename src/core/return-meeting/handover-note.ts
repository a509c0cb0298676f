import { instantWords, listed, spanWords } from '../coverage/plan-words.ts'
import type { InstantMs, Window } from '../instant.ts'
import { decisionWords, type DecidedWhat, type MeetingSides } from './decision-words.ts'
import type { ReturnRow, ReturnRowKind } from './return-row.ts'
import { shortened, withRest } from './shortened.ts'

/** What a note that hands a ticket over is made of. */
export interface HandoverFacts extends MeetingSides {
  /** What is told about. */
  readonly window: Window
  /** Of the ASE, who reads it. */
  readonly timeZone: string
  /** Rows of the ticket. */
  readonly rows: readonly Pick<ReturnRow, 'kind' | 'words' | 'at' | 'dueOn' | 'evidence'>[]
  /** What was decided of rows of the ticket, and what those rows said. */
  readonly decisions: readonly { readonly words: string; readonly decision: DecidedWhat & { readonly note: string } }[]
}

/** So many lines of each kind are enough; the ticket has the rest. */
const mostLines = 24
/** Letters of a line. */
const longestLine = 500

/** Told in other words, or in a part of its own. */
const toldElsewhere: ReadonlySet<ReturnRowKind> = new Set(['promised', 'contingency-wrong'])

/**
 * The internal note with which a ticket goes back to its ASE, as it would be begun: what happened, what the customer was promised, what was
 * decided. For colleagues only: it tells what was foreseen and noted. Plain text.
 */
export function handoverNote(facts: HandoverFacts): string {
  const { aseName, coverNames, window, timeZone } = facts
  const whom = coverNames.length === 0 ? '' : ` from ${listed(coverNames)}`
  const head = `Handed back to ${aseName}${whom}, who covered ${spanWords(window, timeZone)} (times are ${timeZone}).`
  const parts = [
    part('What happened', happened(facts)),
    part('Promised to the customer', promised(facts)),
    part('Decided in the return meeting', decided(facts)),
  ]
  return [head, ...parts.filter((text) => text !== '')].join('\n\n')
}

function part(heading: string, lines: readonly string[]): string {
  const shown = withRest(lines, mostLines).map((line) => `- ${shortened(line, longestLine)}`)
  return lines.length === 0 ? '' : `${heading}:\n${shown.join('\n')}`
}

function happened({ rows, timeZone }: HandoverFacts): string[] {
  return byTime(rows.filter(({ kind }) => !toldElsewhere.has(kind))).map(({ kind, words, at }) => {
    const foreseen = kind === 'contingency-fired' ? 'As foreseen: ' : ''
    return `${instantWords(at, timeZone)}: ${foreseen}${words}`
  })
}

function promised({ rows }: HandoverFacts): string[] {
  return rows
    .filter(({ kind }) => kind === 'promised')
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
    .map(({ dueOn, evidence }) => `By ${dueOn}: “${evidence.at(-1)?.quote ?? ''}”`)
}

function decided({ decisions, ...sides }: HandoverFacts): string[] {
  return decisions
    .filter(({ decision }) => decision.kind !== 'know' || decision.note.trim() !== '')
    .map(({ words, decision }) => {
      const note = decision.note.trim()
      return `${words}: ${decisionWords(decision, sides)}${note === '' ? '' : `. ${note}`}`
    })
}

function byTime<Row extends { readonly at: InstantMs }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => a.at - b.at)
}
