import type { DueAlert } from '#core/alerts/alert.ts'
import { contingencyFirings, type WatchedHistory } from '#core/alerts/contingency-firings.ts'
import { nextBreach } from '#core/tickets/ticket.ts'
import type { Trigger } from '#core/handoff/handoff-document.ts'
import {
  contingenciesOf,
  isConversationDue,
  readWatchedIssue,
  recordedSince,
  type WatchedContingency,
} from '../db/alert-handoffs.ts'
import { publicMessagesSince } from '../db/alert-sources.ts'
import type { ReadDb } from '../db/sql.ts'
import { answeredWords, concernOf, due, isCustomers, settledWords, wording, type TicketLook } from './ticket-look.ts'

/** Something that the ASE foresaw, and it happened. */
export interface FiredContingency {
  readonly due: DueAlert
  readonly trigger: Trigger
  /** The issue that was closed: `group/project#12`; null where something else fired it. */
  readonly issue: string | null
}

/** What the ASE foresaw of a ticket and happened while I cover, each once. */
export function contingencyAlerts(look: TicketLook): FiredContingency[] {
  const { db, ticket, account } = look
  if (account.handoffs.length === 0) return []
  const mine = new Set(account.handoffs.map(({ id }) => id))
  return contingenciesOf(db, ticket.id)
    .filter(({ handoffId }) => mine.has(handoffId))
    .flatMap((contingency) => firedOf(look, contingency) ?? [])
}

/** The first time that it happened while the account concerned me as its cover; null while it did not. */
function firedOf(look: TicketLook, contingency: WatchedContingency): FiredContingency | null {
  const { db, ticket, account, situation } = look
  const { id, trigger, since, foreseen, advice } = contingency
  // Who answered, and when, is known when the conversation is read.
  if (trigger.on === 'no-reply-by' && (!ticket.conversationRead || isConversationDue(db, ticket.id))) return null
  const issue = trigger.on === 'issue-closed' ? readWatchedIssue(db, trigger.projectId, trigger.iid) : undefined
  const history = historyOf(look, contingency)
  for (const at of contingencyFirings(trigger, since, history, situation.now)) {
    const concern = concernOf(look, at)
    if (concern?.as !== 'cover') continue
    const alert = due(look, concern, {
      facts: {
        kind: 'contingency',
        ...wording(look),
        clock: nextBreach(ticket.clocks),
        aseName: account.ase?.name ?? 'The ASE',
        foreseen,
        advice,
      },
      instance: `${id} since ${since}`,
      dueAt: at,
      listed: overtakenBy(look, trigger, at, history),
    })
    return { due: alert, trigger, issue: issue?.reference ?? null }
  }
  return null
}

/** What happened to a ticket, or to the issue that is watched, since the watch began. */
function historyOf({ db, ticket }: TicketLook, { trigger, since }: WatchedContingency): WatchedHistory {
  const isTalk = trigger.on === 'customer-replies' || trigger.on === 'no-reply-by'
  const messages = isTalk && ticket.conversationRead ? publicMessagesSince(db, ticket.id, since) : []
  const isChange = trigger.on === 'status' || trigger.on === 'severity-raised'
  const changes = isChange ? recordedSince(db, `ticket:${ticket.id}`, since) : []
  return {
    messages: messages.map((message) => ({ at: message.createdAt, customers: isCustomers(message, ticket) })),
    changes: changes.map((change) => ({ at: change.at, ...change.changes })),
    closed: trigger.on === 'issue-closed' ? closedSince(db, trigger, since) : [],
  }
}

/** When an issue was closed: as it was recorded, or by when, where it was met only as closed. */
function closedSince(
  db: ReadDb,
  { projectId, iid }: Extract<Trigger, { readonly on: 'issue-closed' }>,
  since: number,
): number[] {
  const recorded = recordedSince(db, `issue:${projectId}/${iid}`, Number.MIN_SAFE_INTEGER).filter(
    ({ changes }) => changes['state'] !== undefined,
  )
  const closed = recorded.filter(({ changes }) => changes['state']?.to === 'closed').map(({ at }) => at)
  const issue = recorded.length === 0 ? readWatchedIssue(db, projectId, iid) : undefined
  return [...closed, ...(issue?.state === 'closed' ? [issue.updatedAt] : [])].filter((at) => at > since)
}

/** Why it is only listed: there is nothing left to be done; null where there is. */
function overtakenBy(
  { ticket }: TicketLook,
  trigger: Trigger,
  at: number,
  { messages }: WatchedHistory,
): string | null {
  const isAsForeseen = trigger.on === 'status' && trigger.to === ticket.status
  if (!ticket.live && !isAsForeseen) return settledWords
  const isTalk = trigger.on === 'customer-replies' || trigger.on === 'no-reply-by'
  return isTalk && messages.some((message) => !message.customers && message.at > at) ? answeredWords : null
}
