import { datedWords, listed } from '../coverage/plan-words.ts'
import type { InstantMs } from '../instant.ts'
import { shownOf, type Sibling } from '../sharing/versioned.ts'
import { metricWord } from '../tickets/metric-word.ts'
import { changesSince } from './accepted-text.ts'
import { handoffConflicts } from './handoff-conflicts.ts'
import {
  accountTexts,
  severities,
  type Acceptance,
  type HandoffDocument,
  type TicketFacts,
  type TicketLine,
} from './handoff-document.ts'
import {
  accountTextNames,
  contingencyWords,
  nextWords,
  severityNames,
  teachBackWords,
  verdictWords,
  type HandoffWords,
} from './handoff-words.ts'
import type { TicketReading } from './read-ticket-part.ts'

/** A handoff as it is read out of context, with what is known around it. */
export interface WrittenHandoff {
  readonly document: HandoffDocument
  readonly words: HandoffWords
  /** Who owns the account now, in a sentence. */
  readonly ownerWords: string
  readonly coverNames: readonly string[]
  /** What has to be done before it can be accepted, in words. */
  readonly open: readonly string[]
  /** Of what is written now. */
  readonly hash: string
  /** In the order of the review. */
  readonly tickets: readonly WrittenTicket[]
  readonly now: InstantMs
}

/** A ticket of such a handoff. */
export interface WrittenTicket {
  readonly ticketId: number
  /** As it is stored here, else as it was gone over; null where nothing is known. */
  readonly facts: TicketFacts | null
  /** Why it is not worked on any more, or not stored here; null where all is as it should be. */
  readonly gone: string | null
  readonly reading: TicketReading
  /** What its line lacks, in words. */
  readonly missing: readonly string[]
  /** What is otherwise since it was gone over, in words. */
  readonly stale: readonly string[]
}

/** A piece of what people read, however it is written. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'subheading'; readonly words: string }
  /** As many lines as people wrote. */
  | { readonly kind: 'text' | 'strong'; readonly words: string }
  | { readonly kind: 'list'; readonly items: readonly Item[] }

/** What something is, and what it says. */
export type Item = readonly [label: string, words: string]

/** All that a handoff says, for people who have nothing but it: the account, then its tickets in the order of the review. */
export function handoffBlocks(reading: WrittenHandoff, title: string): Block[] {
  const { document, words, ownerWords, coverNames, open, now } = reading
  const instant = (at: InstantMs) => datedWords(at, words.timeZone)
  const window = shownOf(document.window)?.value
  const away = window ? `${words.ase} is away from ${instant(window.startsAt)} until ${instant(window.endsAt)}.` : ''
  const covers = coverNames.length === 0 ? 'Nobody has accepted to cover it yet' : `Covered by ${listed(coverNames)}`
  const acceptance = shownOf(document.acceptance)
  return [
    { kind: 'title', words: title },
    { kind: 'text', words: `${away} ${covers}. All times are those of ${words.timeZone}.` },
    { kind: 'strong', words: ownerWords },
    ...(acceptance ? [{ kind: 'text' as const, words: acceptanceText(acceptance, reading) }] : []),
    ...listOf(
      'Still open',
      open.map((each): Item => ['', each]),
    ),
    ...listOf('Written twice, without knowing of each other', conflictItems(reading)),
    ...accountTexts.flatMap((name): Block[] => {
      const text = shownOf(document.texts[name] ?? [])?.value.trim() ?? ''
      return text === ''
        ? []
        : [
            { kind: 'heading', words: accountTextNames[name] },
            { kind: 'text', words: text },
          ]
    }),
    ...ticketBlocks(reading),
    { kind: 'text', words: `What is known of the tickets is as of ${instant(now)}.` },
  ]
}

function acceptanceText({ value, at }: Sibling<Acceptance>, { document, words, hash }: WrittenHandoff): string {
  const verb = { accepted: 'Accepted', delayed: 'Put off', withdrawn: 'Taken back' }[value.state]
  const said = value.words === '' ? '' : `: “${value.words}”`
  const print = value.state === 'accepted' ? ` What was accepted has the print ${value.hash.slice(0, 16)}.` : ''
  const since = changesSince(value, document, hash, words)
  const changes = since.length === 0 ? '' : ` Written since: ${since.join(' ')}`
  return `${verb} by ${value.speaker.name} on ${datedWords(at, words.timeZone)}${said}.${print}${changes}`
}

function conflictItems({ document, words }: WrittenHandoff): Item[] {
  return handoffConflicts(document, words).map(({ about, sides }) => [
    about,
    sides.map(({ words: said, byName }) => `${byName ?? 'Somebody'}: ${said}`).join(' / '),
  ])
}

function ticketBlocks(reading: WrittenHandoff): Block[] {
  return [...severities, null].flatMap((severity) => {
    const those = reading.tickets.filter(({ reading: { line } }) => (line?.value.severity ?? null) === severity)
    if (those.length === 0) return []
    const heading = severity === null ? 'Nothing decided yet' : severityNames[severity]
    return [
      { kind: 'heading' as const, words: `${heading}: ${those.length} ${those.length === 1 ? 'ticket' : 'tickets'}` },
      ...those.flatMap((ticket) => oneTicket(ticket, reading)),
    ]
  })
}

function oneTicket(
  { ticketId, facts, gone, stale, reading, missing }: WrittenTicket,
  { words }: WrittenHandoff,
): Block[] {
  const { line, teachBack, verdict, reviewed } = reading
  const instant = (at: InstantMs) => datedWords(at, words.timeZone)
  const of = (current: boolean, what: string) => (current ? '' : ` (of ${what} as it was before)`)
  const said = teachBack ? `${teachBackWords(teachBack.value)}${of(teachBack.current, 'the line')}` : ''
  const answer = verdict
    ? `${verdict.value.speaker.name}: ${verdictWords(verdict.value)}${of(verdict.current, 'what was said back')}`
    : ''
  return [
    { kind: 'subheading', words: words.ticket(ticketId) },
    ...itemsOf([['Note', gone ?? ''], ...(facts ? factItems(facts, instant) : [])]),
    ...itemsOf([
      ...(line ? lineItems(line.value, words) : []),
      ['Missing', missing.join('; ')],
      ['Said back', said],
      ['Answer', answer],
      ['Gone over', reviewed ? `${reviewed.by ?? 'somebody'}, ${instant(reviewed.at)}` : ''],
      ['Changed since', stale.join('; ')],
    ]),
  ]
}

function factItems(facts: TicketFacts, instant: (at: InstantMs) => string): Item[] {
  const { status, priority, assigneeName, createdAt, clocks, ccNames, issues } = facts
  const message = (said: TicketFacts['lastNote']) =>
    said ? `${said.byName}, ${instant(said.at)}: “${said.words}”` : ''
  return [
    [
      'Status',
      `${status}, priority ${priority ?? 'none'}, ${assigneeName ? `assigned to ${assigneeName}` : 'assigned to nobody'}`,
    ],
    ['Opened', instant(createdAt)],
    ['Customer', message(facts.lastCustomer)],
    ['Our last reply', message(facts.lastPublicReply)],
    ['Last internal note', message(facts.lastNote)],
    ['Breaches', clocks.map(({ metric, breachAt }) => `${metricWord(metric)} ${instant(breachAt)}`).join('; ')],
    ['On Cc', ccNames.join(', ')],
    [
      'Issues',
      issues.map(({ reference, title, open }) => `${reference} ${title} (${open ? 'open' : 'closed'})`).join('; '),
    ],
  ]
}

function lineItems(line: TicketLine, { timeZone }: HandoffWords): Item[] {
  const { story, contingencies, nothingForeseen, askWhom } = line
  return [
    ['Story', story],
    ['Next', nextWords(line)],
    ...contingencies.map((each): Item => ['If', contingencyWords(each, timeZone)]),
    ['Foreseen', nothingForeseen ? 'nothing' : ''],
    ['Ask', askWhom],
  ]
}

function listOf(heading: string, items: readonly Item[]): Block[] {
  return items.length === 0
    ? []
    : [
        { kind: 'heading', words: heading },
        { kind: 'list', items },
      ]
}

function itemsOf(all: readonly Item[]): Block[] {
  const items = all.filter(([, words]) => words !== '')
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}
