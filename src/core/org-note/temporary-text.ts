import { Temporal } from 'temporal-polyfill'
import { readSentences, type NoteSentence } from './read-sentences.ts'

/** A sentence that holds for the time of an absence. */
export interface TemporarySentence extends NoteSentence {
  /** The last day it holds, `YYYY-MM-DD`; null where none can be read. */
  readonly until: string | null
}

const monthNames = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
]
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*'
const dates = [
  { pattern: /\b(\d{4})-(\d\d)-(\d\d)\b/g, order: [1, 2, 3] },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\.? (?:of )?${month}\\.?,? (\\d{4})\\b`, 'gi'),
    order: [3, 2, 1],
  },
  { pattern: new RegExp(`\\b${month}\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'gi'), order: [3, 1, 2] },
] as const
const untilWord = /\b(?:until|till|through|thru|up to|ends? on|ending|expires?)\b/i
const temporaryWord = /\btemporar(?:y|ily)\b/i
const coversWord = /\b(?:covers|is covering|are covering|will cover|(?:is|are|be) covered by)\b/i
const awayWord = /\b(?:away|absent|absence|leave|out|PTO|OOO|vacation|holiday)\b/i
/** A rule for whenever it happens, not for one absence. */
const rule = /^(?:if|when|whenever|while|during|in case)\b/i

/** The sentences of a note that hold for the time of an absence only. */
export function temporarySentences(note: string): readonly TemporarySentence[] {
  return readSentences(note).flatMap((sentence) => {
    const until = endDateOf(sentence.text)
    return isTemporary(sentence.text, until) ? [{ ...sentence, until }] : []
  })
}

function isTemporary(text: string, until: string | null): boolean {
  if (until !== null || temporaryWord.test(text)) return true
  if (rule.test(text)) return false
  return coversWord.test(text) || (untilWord.test(text) && awayWord.test(text))
}

/** The day after a word like “until”, the last one where there are several. */
function endDateOf(text: string): string | null {
  const from = untilWord.exec(text)?.index
  if (from === undefined) return null
  const found = dates.flatMap(({ pattern, order }) =>
    [...text.slice(from).matchAll(pattern)].flatMap((match) => {
      const [year, monthOf, day] = order.map((part) => match[part] ?? '')
      const date = dateOf(year ?? '', monthOf ?? '', day ?? '')
      return date === null ? [] : [date]
    }),
  )
  return found.toSorted().at(-1) ?? null
}

function dateOf(year: string, monthOf: string, day: string): string | null {
  const named = monthNames.findIndex((name) => name.startsWith(monthOf.slice(0, 3).toLowerCase())) + 1
  const values = { year: Number(year), month: named || Number(monthOf), day: Number(day) }
  try {
    return Temporal.PlainDate.from(values, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}

/** A note without what holds for the time of an absence; lines and paragraphs that were nothing else go too, the rest stays as it is. */
export function withoutTemporaryText(note: string): string {
  return temporarySentences(note).toReversed().reduce(withoutSentence, note)
}

function withoutSentence(note: string, { start, end }: NoteSentence): string {
  const lineStart = note.lastIndexOf('\n', start - 1) + 1
  const lineEnd = /^[*_]*[ \t]*(?:\n|$)/.exec(note.slice(end))
  const isAlone = /^\s*(?:(?:[-*+]|\d{1,3}[.)])\s+)?[*_]*$/.test(note.slice(lineStart, start))
  if (isAlone && lineEnd) {
    const [before, after] = [note.slice(0, lineStart), note.slice(end + lineEnd[0].length)]
    const isParagraph = before === '' || before.endsWith('\n\n')
    return before + (isParagraph ? after.replace(/^\n+/, '') : after)
  }
  if (lineEnd) return note.slice(0, start).trimEnd() + note.slice(end)
  return note.slice(0, start) + note.slice(end).replace(/^\s+/, '')
}
