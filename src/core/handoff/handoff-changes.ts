import { canonical, shownOf, type JsonValue, type Sibling, type Versioned } from '../sharing/versioned.ts'
import { accountTexts, type Acceptance, type HandoffDocument, type TicketPart } from './handoff-document.ts'
import { accountTextNames, lineWords, teachBackWords, windowWords, type HandoffWords } from './handoff-words.ts'
import { blankPart } from './read-ticket-part.ts'

/**
 * What another copy brought to a handoff, a sentence for each change.
 *
 * @param before null where the handoff was not known.
 */
export function handoffChanges(before: HandoffDocument | null, after: HandoffDocument, words: HandoffWords): string[] {
  const lines = Object.values(after.tickets).filter(({ line }) => line.length > 0).length
  const window = news(before?.window, after.window)
  const acceptance = news(before?.acceptance, after.acceptance)
  const when = window ? windowWords(window.value, words) : ''
  return [
    ...(before
      ? window
        ? [`${words.ase} is away ${when}.`]
        : []
      : [`New: the handoff of ${words.account} for ${words.ase}’s absence ${when}, with ${countWords(lines)}.`]),
    ...accountTexts.flatMap((name) => {
      const text = news(before?.texts[name], after.texts[name] ?? [])
      if (!text) return []
      return [`${accountTextNames[name]}: ${text.value.trim() === '' ? 'emptied.' : `“${shortened(text.value)}”`}`]
    }),
    ...Object.entries(after.tickets).flatMap(([id, part]) =>
      ticketChanges(Number(id), before?.tickets[id] ?? blankPart, part, words),
    ),
    ...(acceptance ? [acceptanceSentence(acceptance.value, words)] : []),
  ]
}

function ticketChanges(id: number, before: TicketPart, after: TicketPart, words: HandoffWords): string[] {
  const ticket = words.ticket(id)
  const [line, teachBack] = [news(before.line, after.line), news(before.teachBack, after.teachBack)]
  const [verdict, reviewed] = [news(before.verdict, after.verdict), news(before.reviewed, after.reviewed)]
  return [
    ...(line ? [`${ticket}: ${lineWords(line.value, words)}`] : []),
    ...(teachBack ? [`${ticket}: said back by ${teachBackWords(teachBack.value)}`] : []),
    ...(verdict ? [`${ticket}: ${verdictSentence(verdict.value)}`] : []),
    // Whoever says something back has gone over it.
    ...(reviewed && !teachBack ? [`${ticket}: gone over by ${reviewed.by ?? 'somebody'}.`] : []),
  ]
}

function verdictSentence({
  accepted,
  words,
  speaker,
}: {
  readonly accepted: boolean
  readonly words: string
  readonly speaker: { readonly name: string }
}): string {
  const answer = accepted ? 'says that this is it' : 'says: not yet'
  return `${speaker.name} ${answer}.${words === '' ? '' : ` “${words}”`}`
}

function acceptanceSentence({ state, words: reason, speaker }: Acceptance, { account }: HandoffWords): string {
  const verb = { accepted: 'accepted', delayed: 'put off', withdrawn: 'took back the acceptance of' }[state]
  return `${speaker.name} ${verb} the handoff of ${account}.${reason === '' ? '' : ` “${reason}”`}`
}

/** What a field shows now, where that is another value than before; undefined where it is not. */
function news<Value extends JsonValue>(
  before: Versioned<Value> | undefined,
  after: Versioned<Value>,
): Sibling<Value> | undefined {
  const [then, now] = [shownOf(before ?? []), shownOf(after)]
  return now && canonical(then?.value) !== canonical(now.value) ? now : undefined
}

function countWords(lines: number): string {
  return lines === 0 ? 'no ticket in it yet' : `${lines} ${lines === 1 ? 'ticket' : 'tickets'}`
}

/** Letters of a text of an account in a sentence about it. */
const longestQuote = 200

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= longestQuote ? line : `${line.slice(0, longestQuote - 1).trimEnd()}…`
}
