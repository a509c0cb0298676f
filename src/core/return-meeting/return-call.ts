import type { ActionItem, CallDocument, CallTopic } from '../calls/call-document.ts'
import { blankCall } from '../calls/call-document.ts'
import { inlineMarkdown } from '../sharing/inline-markdown.ts'
import { decisionWords, lastCover, type DecidedWhat, type MeetingSides } from './decision-words.ts'
import { lessonWords, type ReturnLessonWords } from './lesson-comment.ts'
import { returnRowKinds, type ReturnRow, type ReturnRowKind } from './return-row.ts'
import { counted } from './row-words.ts'
import { shortened, withRest } from './shortened.ts'

/** Who is to read what a meeting is written down as. */
export type CallAudience = 'customer' | 'internal'

/** What of a row is written down. */
export type CalledRow = Pick<ReturnRow, 'key' | 'kind' | 'ticketId' | 'subject' | 'words' | 'dueOn' | 'evidence'>

/** What was decided of a row, and the row as it was then. */
export interface CalledDecision extends Pick<ReturnRow, 'key' | 'kind' | 'ticketId' | 'subject' | 'words' | 'dueOn'> {
  readonly decision: DecidedWhat & { readonly note: string }
}

/** What the call of a return meeting is written from. */
export interface ReturnCallFacts extends MeetingSides {
  /** Calendar day of the meeting. */
  readonly day: string
  /** The list, in any order. */
  readonly rows: readonly CalledRow[]
  /** In the order of deciding. */
  readonly decisions: readonly CalledDecision[]
  readonly lesson: ReturnLessonWords
}

/** What a call of this kind is for. */
export const returnPurpose = 'Return from PTO'

const most = { line: 1000, notes: 20_000, decisions: 200, actions: 200, dri: 200 }
/** Letters of a subject or a quote are enough to know it by. */
const longestPart = 200

const headings: Readonly<Record<ReturnRowKind, string>> = {
  gap: 'What could not be seen',
  emergency: 'Emergencies',
  breached: 'Breached',
  'contingency-wrong': 'Not foreseen',
  'contingency-fired': 'Foreseen, and it happened',
  promised: 'Promised',
  reopened: 'Reopened',
  priority: 'Other priority',
  'nearly-missed': 'Answered at the last moment',
  new: 'New',
  gone: 'Gone',
  assignee: 'Assigned by others',
  guard: 'Put back as it was handed over',
  'action-item': 'Action items of calls',
  transferred: 'Assigned by who covered',
  issue: 'Issues',
  status: 'Other status',
  solved: 'Solved',
  replied: 'Replies',
  noted: 'Internal notes',
}

/** About Understudy, the handoff or ourselves, whatever the evidence; and what left the account may be somebody else's. */
const neverForCustomers: ReadonlySet<ReturnRowKind> = new Set([
  ...(['gap', 'contingency-wrong', 'contingency-fired', 'nearly-missed', 'guard', 'action-item'] as const),
  ...(['gone', 'noted'] as const),
])

/**
 * The call that a return meeting is written down as (rule 18): what happened, the gravest first, what was decided, and what is still to be
 * done.
 *
 * SECURITY: what a customer will see has nothing in it that only colleagues know: no internal notes, no notes of the meeting, nothing of
 * the handoff, no row of which all evidence is private.
 */
export function returnCall(facts: ReturnCallFacts, audience: CallAudience): CallDocument {
  const shown = audience === 'internal' ? facts : forCustomers(facts)
  const isInternal = audience === 'internal'
  const lesson = isInternal ? lessonWords(facts.lesson) : ''
  return {
    ...blankCall({ about: 'other', day: facts.day, tickets: [] }),
    purpose: returnPurpose,
    ours: [facts.aseName, ...facts.coverNames].map((name) => shortened(name, most.line)),
    topics: [
      ...topicsOf(shown.rows, isInternal),
      ...(lesson === '' ? [] : [{ title: 'Whether the handoff helped', notes: inlineMarkdown(lesson) }]),
    ],
    decisions: withRest(decisionLines(shown, isInternal), most.decisions),
    actions: actionsOf(shown, isInternal),
  }
}

/** What a customer may see of it. */
function forCustomers(facts: ReturnCallFacts): ReturnCallFacts {
  const rows = facts.rows.filter(
    ({ kind, evidence }) => !neverForCustomers.has(kind) && evidence.some(({ isPrivate }) => !isPrivate),
  )
  const keys = new Set(rows.map(({ key }) => key))
  // Of a row that is not on the list any more nobody can tell what of it was private.
  return { ...facts, rows, decisions: facts.decisions.filter(({ key }) => keys.has(key)) }
}

function topicsOf(rows: readonly CalledRow[], isInternal: boolean): CallTopic[] {
  const byKind = Map.groupBy(rows, ({ kind }) => kind)
  return returnRowKinds.flatMap((kind) => {
    const all = (byKind.get(kind) ?? []).toSorted(
      (a, b) => (a.ticketId ?? 0) - (b.ticketId ?? 0) || (a.key < b.key ? -1 : 1),
    )
    return all.length === 0 ? [] : [{ title: headings[kind], notes: notesOf(all, isInternal) }]
  })
}

function notesOf(rows: readonly CalledRow[], isInternal: boolean): string {
  const lines = rows.map((row) => {
    const quote = quoteOf(row, isInternal)
    return `- ${about(row)}: ${inlineMarkdown(row.words)}${quote === '' ? '' : ` – “${inlineMarkdown(quote)}”`}`
  })
  const room = most.notes - 40
  let length = 0
  const fitting = lines.filter((line) => (length += line.length + 1) <= room)
  const rest = lines.length - fitting.length
  return [...fitting, ...(rest === 0 ? [] : [`- and ${rest} more`])].join('\n')
}

/** What was promised was said to the customer; what is in an internal note was not. */
function quoteOf({ kind, evidence }: CalledRow, isInternal: boolean): string {
  const isQuoted = kind === 'promised' || (kind === 'noted' && isInternal)
  const last = isQuoted ? evidence.findLast(({ isPrivate }) => isInternal || !isPrivate) : undefined
  return shortened(last?.quote ?? '', longestPart)
}

/** `Ticket 712004 “Runners time out”`: a bare number would be an issue's, where this is written. */
function about({ ticketId, subject }: Pick<CalledRow, 'ticketId' | 'subject'>): string {
  const name = inlineMarkdown(shortened(subject, longestPart))
  return ticketId === null ? name : `Ticket ${ticketId} “${name}”`
}

/** One line for each thing decided of a ticket; what is only known is told above. */
function decisionLines({ decisions, ...sides }: ReturnCallFacts, isInternal: boolean): string[] {
  const told = decisions.filter(
    ({ decision: { kind, note } }) => kind !== 'follow-up' && (kind !== 'know' || (isInternal && note.trim() !== '')),
  )
  const groups = Map.groupBy(told, ({ key, ticketId, decision }) => `${decision.kind} ${ticketId ?? key}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const notes = isInternal ? group.map(({ decision }) => decision.note.trim()).filter((note) => note !== '') : []
    const noted = notes.length === 0 ? '' : `: ${inlineMarkdown(notes.join(' '))}`
    return [shortened(`${about(first)} ${decisionWords(first.decision, sides)}${noted}`, most.line)]
  })
}

/** What somebody follows up on, and promises to the customer, by whoever has the ticket from now on. */
function actionsOf({ rows, decisions, ...sides }: ReturnCallFacts, isInternal: boolean): ActionItem[] {
  const quotes = new Map(rows.map((row) => [row.key, quoteOf(row, isInternal)]))
  const items = decisions.flatMap((decided): ActionItem[] => {
    const { kind, key, words, dueOn, decision } = decided
    const isPromise = kind === 'promised'
    const quote = quotes.get(key) ?? ''
    const said = isPromise && quote !== '' ? `keep the promise “${inlineMarkdown(quote)}”` : inlineMarkdown(words)
    const note = isInternal ? inlineMarkdown(decision.note.trim()) : ''
    const item = (what: string, dri: string, day: string) => [
      {
        ...{ what: shortened(`${about(decided)}: ${what}`, most.line), dri: shortened(dri, most.dri) },
        ...{ dueOn: day, done: false },
      },
    ]
    if (decision.kind === 'follow-up') return item(note === '' ? said : note, decision.owner, decision.dueOn)
    if (!isPromise) return []
    if (decision.kind === 'transfer') return item(said, sides.aseName, dueOn)
    return decision.kind === 'keep' ? item(said, lastCover(sides), dueOn) : []
  })
  if (items.length <= most.actions) return items
  const shown = items.slice(0, most.actions - 1)
  const rest = counted(items.length - shown.length, 'more action item', 'more action items')
  return [...shown, { what: `Look up ${rest} in the return meeting`, dri: '', dueOn: '', done: false }]
}
