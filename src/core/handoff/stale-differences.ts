import { agoWords } from '../age-words.ts'
import { instantWords } from '../coverage/plan-words.ts'
import type { InstantMs } from '../instant.ts'
import { metricWord } from '../tickets/metric-word.ts'
import type { TicketFacts } from './handoff-document.ts'

/**
 * What of a ticket is otherwise since it was gone over, in words; empty while nothing is that matters. Names on Cc and the subject do
 * not matter.
 */
export function staleDifferences(
  then: TicketFacts,
  is: TicketFacts,
  { timeZone, now }: { readonly timeZone: string; readonly now: InstantMs },
): string[] {
  const said = (who: string, message: NonNullable<TicketFacts['lastNote']>) =>
    `${who} ${agoWords(now - message.at)}: “${message.words}”`
  const isNewer = (before: TicketFacts['lastNote'], message: TicketFacts['lastNote']) =>
    message !== null && message.at > (before?.at ?? -Infinity) ? [message] : []
  return [
    ...(then.status === is.status ? [] : [`Status: ${then.status} → ${is.status}`]),
    ...(then.priority === is.priority ? [] : [`Priority: ${then.priority ?? 'none'} → ${is.priority ?? 'none'}`]),
    ...(then.assigneeId === is.assigneeId ? [] : [`Assignee: ${assigneeOf(then)} → ${assigneeOf(is)}`]),
    ...isNewer(then.lastCustomer, is.lastCustomer).map((message) => said('The customer wrote', message)),
    ...isNewer(then.lastPublicReply, is.lastPublicReply).map((message) => said(`${message.byName} answered`, message)),
    ...isNewer(then.lastNote, is.lastNote).map((message) => said(`${message.byName} left an internal note`, message)),
    ...clockDifference(then, is, timeZone),
    ...issueDifferences(then, is),
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
