import { agoWords } from '../age-words.ts'
import { instantWords } from '../coverage/plan-words.ts'
import type { InstantMs } from '../instant.ts'
import { metricWord } from '../tickets/metric-word.ts'
import type { TicketFacts } from './handoff-document.ts'

/** One thing of a ticket that is otherwise since it was gone over. */
export interface StaleChange {
  readonly what: 'status' | 'priority' | 'assignee' | 'customer' | 'reply' | 'note' | 'clock' | 'issue'
  /** As people read it: `Priority: normal → urgent`. */
  readonly words: string
  /** Who wrote what when, where that is the difference: `The customer wrote`; null where it is another. */
  readonly said: { readonly who: string; readonly at: InstantMs; readonly text: string } | null
}

/** For whom and when a difference is written. */
export interface StaleReader {
  readonly timeZone: string
  readonly now: InstantMs
}

/**
 * What of a ticket is otherwise since it was gone over, in words; empty while nothing is that matters. Names on Cc and the subject do
 * not matter.
 */
export function staleDifferences(then: TicketFacts, is: TicketFacts, reader: StaleReader): string[] {
  return staleChanges(then, is, reader).map(({ words }) => words)
}

/** The same, each with what it is of. */
export function staleChanges(then: TicketFacts, is: TicketFacts, { timeZone, now }: StaleReader): StaleChange[] {
  const plain = (what: StaleChange['what'], words: string): StaleChange => ({ what, words, said: null })
  const newer = (
    what: StaleChange['what'],
    field: 'lastCustomer' | 'lastPublicReply' | 'lastNote',
    who: (byName: string) => string,
  ): StaleChange[] => {
    const message = is[field]
    if (message === null || message.at <= (then[field]?.at ?? -Infinity)) return []
    const said = { who: who(message.byName), at: message.at, text: message.words }
    return [{ what, words: `${said.who} ${agoWords(now - said.at)}: “${said.text}”`, said }]
  }
  return [
    ...(then.status === is.status ? [] : [plain('status', `Status: ${then.status} → ${is.status}`)]),
    ...(then.priority === is.priority
      ? []
      : [plain('priority', `Priority: ${then.priority ?? 'none'} → ${is.priority ?? 'none'}`)]),
    ...(then.assigneeId === is.assigneeId
      ? []
      : [plain('assignee', `Assignee: ${assigneeOf(then)} → ${assigneeOf(is)}`)]),
    ...newer('customer', 'lastCustomer', () => 'The customer wrote'),
    ...newer('reply', 'lastPublicReply', (name) => `${name} answered`),
    ...newer('note', 'lastNote', (name) => `${name} left an internal note`),
    ...clockDifference(then, is, timeZone).map((words) => plain('clock', words)),
    ...issueDifferences(then, is).map((words) => plain('issue', words)),
  ]
}

function assigneeOf({ assigneeId, assigneeName }: TicketFacts): string {
  return assigneeName ?? (assigneeId === null ? 'nobody' : `user ${assigneeId}`)
}

/** A breach that comes earlier than was known, or that none comes any more; one that was put off leaves more time and is no news. */
function clockDifference(then: TicketFacts, is: TicketFacts, timeZone: string): string[] {
  const [before] = then.clocks
  const [next] = is.clocks
  if (before && !next) return ['No clock runs any more']
  if (!next || (before && before.breachAt <= next.breachAt)) return []
  const was = before ? instantWords(before.breachAt, timeZone) : 'no clock ran'
  return [`Next breach: ${was} → ${instantWords(next.breachAt, timeZone)}, ${metricWord(next.metric).toLowerCase()}`]
}

function issueDifferences(then: TicketFacts, is: TicketFacts): string[] {
  const open = new Map(then.issues.map((issue) => [issue.reference, issue.open]))
  return is.issues.flatMap(({ reference, open: isOpen }) => {
    const was = open.get(reference)
    if (was === undefined || was === isOpen) return []
    return [`${reference} was ${isOpen ? 'reopened' : 'closed'}`]
  })
}
