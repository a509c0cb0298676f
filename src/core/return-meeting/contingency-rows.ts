import { contingencyFirings } from '../alerts/contingency-firings.ts'
import { triggerWords } from '../handoff/handoff-words.ts'
import { isWithin } from '../instant.ts'
import { rankOf } from './order-rows.ts'
import type { ReturnRow, ReturnRowKind, WatchedTrigger } from './return-row.ts'
import { evidenceOf, rowOf } from './row-parts.ts'
import type { HandedTicket, TicketLook } from './ticket-look.ts'

/** What a handoff should have foreseen. */
const grave: ReadonlySet<ReturnRowKind> = new Set(['emergency', 'breached', 'reopened', 'priority'])

/**
 * What the ASE foresaw and happened, and where something grave happened that they had not foreseen. Where only people can tell whether
 * what was foreseen happened, nothing is said to be wrong.
 */
export function contingencyRows(look: TicketLook, handed: HandedTicket, others: readonly ReturnRow[]): ReturnRow[] {
  const fired = handed.watched.flatMap((watched) => firedRow(look, handed, watched))
  const { line } = handed
  if (!line || fired.length > 0 || line.contingencies.some(({ trigger }) => trigger === null)) return fired
  const evidence = others
    .filter(({ kind, rank }) => grave.has(kind) && rank < rankOf('status'))
    .flatMap((row) => row.evidence)
  const isForeseen = line.contingencies.length > 0
  const stable = line.severity === 'stable' ? 'It was handed over as stable' : 'Nothing was foreseen'
  const words = isForeseen ? 'None of what was foreseen happened, and this did' : `${stable}, and this happened`
  return rowOf(look.head({ kind: 'contingency-wrong', words }), evidence, look.setting)
}

function firedRow(
  { history, changes, setting, head }: TicketLook,
  { closedAt }: HandedTicket,
  { id, if: foreseen, then: advice, trigger, since }: WatchedTrigger,
): ReturnRow[] {
  const watched = {
    messages: history.messages
      .filter((message) => message.public)
      .map(({ at, customers }) => ({ at, customers }))
      .toSorted((a, b) => a.at - b.at),
    changes: changes.map(({ field, at, from, to }) => ({ at, ...(isWatched(field) ? { [field]: { from, to } } : {}) })),
    closed: trigger.on === 'issue-closed' ? closedAt(trigger) : [],
  }
  // That nobody answered is known as far as the conversation is.
  const evidence = contingencyFirings(trigger, since, watched, history.messagesUntil ?? -Infinity)
    .filter((at) => isWithin(at, setting))
    .map((at) => evidenceOf({ at, words: triggerWords(trigger, setting.timeZone) }, setting))
  return rowOf(head({ kind: 'contingency-fired', words: `If ${foreseen}, then ${advice}`, of: id }), evidence, setting)
}

function isWatched(field: string): field is 'status' | 'priority' {
  return field === 'status' || field === 'priority'
}
