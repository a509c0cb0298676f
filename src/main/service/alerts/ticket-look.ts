import type { AlertTicket, DueAlert } from '#core/alerts/alert.ts'
import { knownBeforeWords } from '#core/alerts/breach-alerts.ts'
import { concernAt, type Concern } from '#core/alerts/scope.ts'
import type { AlertingTicket, PublicMessage } from '../db/alert-sources.ts'
import type { ReadDb } from '../db/sql.ts'
import type { AlertingAccount, Situation } from './situation.ts'

/** What happened while an account concerned me and was found when it did no more. */
const overWords = 'It concerned you no more when this was found.'
/** What happened while somebody covered my account for me. */
const coveredWords = 'Somebody covered the account while you were away.'
/** What had come to an end before it could be told. */
export const settledWords = 'It was settled before this could be told.'
/** What had been answered. */
export const answeredWords = 'It was answered before this could be told.'

/** A ticket in the eyes of one of my accounts. */
export interface TicketLook {
  readonly db: ReadDb
  readonly ticket: AlertingTicket
  readonly account: AlertingAccount
  readonly knownSince: number
  readonly situation: Situation
  /** Since when anything about it may concern me. */
  readonly since: number
}

/** Looks at a ticket for an account; null where nothing of that account is told yet. */
export function lookAtTicket(
  db: ReadDb,
  ticket: AlertingTicket,
  account: AlertingAccount | undefined,
  situation: Situation,
): TicketLook | null {
  if (!account || account.knownSince === null) return null
  const { concerns, knownSince } = account
  const since = Math.min(
    ...concerns.map((one) => (one.as === 'ase' ? Math.max(one.startsAt, knownSince) : one.startsAt)),
  )
  return { db, ticket, account, knownSince, situation, since }
}

/** How an account concerned me when something happened; of one whose ASE I am, only since it is known. */
export function concernOf({ account, knownSince, situation }: TicketLook, at: number): Concern | null {
  const { id } = account.account
  const concern = concernAt(account.concerns, id, at) ?? concernAt(account.covered, id, at)
  // By a clock that was set back it has yet to begin.
  if (concern === null || concern.startsAt > situation.now) return null
  return concern.as === 'ase' && at < knownSince ? null : concern
}

/** What is due of a ticket. What came before anything could be known, or is over, is listed. */
export function due(
  { ticket, account, knownSince, situation }: TicketLook,
  concern: Concern,
  alert: Pick<DueAlert, 'facts' | 'instance' | 'dueAt' | 'listed'>,
): DueAlert {
  const isKnown = alert.dueAt < knownSince
  const isCovered = account.covered.includes(concern)
  const isOver = account.concern === null || alert.dueAt < account.concern.startsAt
  return {
    ...alert,
    subject: `ticket ${ticket.id}`,
    ticketId: ticket.id,
    accountId: account.account.id,
    why: account.why(concern, situation.reader),
    listed: alert.listed ?? (isCovered ? coveredWords : isKnown ? knownBeforeWords : isOver ? overWords : null),
  }
}

/** How a ticket and its account are called. */
export function wording({ ticket, account }: TicketLook): { readonly account: string; readonly ticket: AlertTicket } {
  const { id, subject, priority } = ticket
  return { account: account.account.name, ticket: { id, subject, priority } }
}

/** Whether an alert is, or was, told by itself: its kind is on, and it is of what is known and concerns me now. */
export function isTold({ situation }: Pick<TicketLook, 'situation'>, { facts, listed }: DueAlert): boolean {
  const isOfNow = listed !== overWords && listed !== coveredWords && listed !== knownBeforeWords
  return isOfNow && !situation.settings.alertKindsOff.includes(facts.kind)
}

/** Whether a message is the customer's. */
export function isCustomers(message: PublicMessage, ticket: Pick<AlertingTicket, 'requesterId'>): boolean {
  return message.authorRole === 'end-user' || (message.authorRole === null && message.authorId === ticket.requesterId)
}
