import { agoWords } from '../age-words.ts'
import { instantWords, isoDay } from '../coverage/plan-words.ts'
import type { InstantMs } from '../instant.ts'
import { findPromise, sentencesOf } from './find-promise.ts'
import { longestStory, type TicketLine } from './handoff-document.ts'

/** Something that is known already for a field of a line, and where it is from. A person takes it or does not. */
export interface LineSuggestion {
  /** A contingency is a sentence: `If it happens again, then restart Sidekiq`. */
  readonly field: 'story' | 'nextAction' | 'nextBy' | 'contingency' | 'askWhom'
  readonly value: string
  /** `The last internal note, Dana Whitfield, 3 days ago`. */
  readonly from: string
}

/** A message with all of its text. */
export interface SaidText {
  readonly at: InstantMs
  readonly byName: string
  readonly text: string
}

/** What suggestions are made from. */
export interface SuggestionSources {
  /** What the ASE wrote so far: what is written needs no suggestion. */
  readonly line: TicketLine
  readonly lastNote: SaidText | null
  readonly lastPublicReply: SaidText | null
  /** The line of the same ticket in the handoff before this one. */
  readonly before: { readonly line: TicketLine; readonly endsAt: InstantMs } | null
  /** Where the ASE is: days are meant by their calendar. */
  readonly timeZone: string
  readonly now: InstantMs
}

/** What the ticket, and the handoff before this one, suggest for the fields of a line that are empty. */
export function suggestLine(sources: SuggestionSources): LineSuggestion[] {
  const { line } = sources
  const isEmpty = {
    story: line.story.trim() === '',
    nextAction: line.nextAction.trim() === '',
    nextBy: line.nextBy === '',
    contingency: line.contingencies.length === 0 && !line.nothingForeseen,
    askWhom: line.askWhom.trim() === '',
  }
  const seen = new Set<string>()
  return [...fromTicket(sources), ...fromBefore(sources)].filter(({ field, value }) => {
    const isNew = isEmpty[field] && value.trim() !== '' && !seen.has(`${field} ${value}`)
    seen.add(`${field} ${value}`)
    return isNew
  })
}

function fromTicket({ lastNote, lastPublicReply, timeZone, now }: SuggestionSources): LineSuggestion[] {
  const today = isoDay(now, timeZone)
  const said = [
    ...(lastNote ? [{ ...lastNote, what: 'The last internal note' }] : []),
    ...(lastPublicReply ? [{ ...lastPublicReply, what: 'Our last public reply' }] : []),
  ]
  const from = ({ what, byName, at }: (typeof said)[number]) => `${what}, ${byName}, ${agoWords(now - at)}`
  const promised = said
    .flatMap((message) => {
      const promise = findPromise(message.text, message.at, timeZone)
      return promise ? [{ ...promise, from: from(message), at: message.at }] : []
    })
    .toSorted((a, b) => b.at - a.at)
    .at(0)
  return [
    ...said
      .filter(({ text }) => text === lastNote?.text)
      .map((message) => ({ field: 'story' as const, value: firstSentence(message.text), from: from(message) })),
    ...(promised
      ? [
          { field: 'nextAction' as const, value: shortened(promised.words, 1000), from: promised.from },
          // A day that has passed is no day to set.
          ...(promised.by >= today ? [{ field: 'nextBy' as const, value: promised.by, from: promised.from }] : []),
        ]
      : []),
    ...said.flatMap((message) => {
      const foreseen = sentencesOf(message.text).findLast((sentence) => /^if\s/i.test(sentence))
      return foreseen ? [{ field: 'contingency' as const, value: shortened(foreseen, 500), from: from(message) }] : []
    }),
  ]
}

function fromBefore({ before, timeZone, now }: SuggestionSources): LineSuggestion[] {
  if (!before) return []
  const { line, endsAt } = before
  const from = `The handoff of the absence until ${instantWords(endsAt, timeZone)}`
  const isAhead = line.nextBy >= isoDay(now, timeZone)
  return [
    { field: 'story', value: line.story, from },
    { field: 'nextAction', value: line.nextAction, from },
    { field: 'nextBy', value: isAhead ? line.nextBy : '', from },
    { field: 'askWhom', value: line.askWhom, from },
    ...line.contingencies.map((each) => ({
      field: 'contingency' as const,
      value: `If ${each.if}, then ${each.then}`,
      from,
    })),
  ]
}

/** The first sentence that says something: a greeting does not. */
function firstSentence(text: string): string {
  const sentences = sentencesOf(text)
  const first = sentences.find(
    (sentence) => sentence.length >= 12 && !/^(?:hi|hello|hey|dear)\b[^.!?]*[,!]?$/i.test(sentence),
  )
  return shortened(first ?? sentences[0] ?? '', longestStory)
}

function shortened(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`
}
