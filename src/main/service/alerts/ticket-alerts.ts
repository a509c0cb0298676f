import type { AlertTicket, DueAlert } from '#core/alerts/alert.ts'
import { breachAlerts, knownBeforeWords } from '#core/alerts/breach-alerts.ts'
import { concernAt, type Concern } from '#core/alerts/scope.ts'
import { breachesBeforeOnline } from '#core/clocks/breaches-before-online.ts'
import { isEmergency } from '#core/tickets/emergency-mark.ts'
import { isRunning, nextBreach } from '#core/tickets/ticket.ts'
import type { Settings } from '#contract/settings.ts'
import {
  assigneeChangesSince,
  becameEmergencyAt,
  publicMessagesSince,
  userNamed,
  type AlertingTicket,
  type PublicMessage,
} from '../db/alert-sources.ts'
import { isInLedger } from '../db/alerts.ts'
import type { ReadDb } from '../db/sql.ts'
import type { AlertingAccount, Situation } from './situation.ts'

/** What was seen to happen to a ticket. */
export interface SeenOnTicket {
  /** When it was found to be an emergency, where that is known; else what was recorded says so. */
  readonly emergencyAt?: number | undefined
  /** When I was taken off Cc. */
  readonly offCcAt?: number | undefined
  /** Nothing but that time went by: only its clocks are looked at. */
  readonly timeOnly?: boolean | undefined
  /** One of its clocks became another one. */
  readonly newClock?: boolean | undefined
}

/** What happened while an account concerned me and was found when it did no more. */
export const overWords = 'It concerned you no more when this was found.'
/** What happened while somebody covered my account for me. */
const coveredWords = 'Somebody covered the account while you were away.'
/** What had come to an end before it could be told. */
export const settledWords = 'It was settled before this could be told.'

interface Look {
  readonly db: ReadDb
  readonly ticket: AlertingTicket
  readonly account: AlertingAccount
  readonly knownSince: number
  readonly situation: Situation
  /** Since when anything about it may concern me. */
  readonly since: number
}

/** Everything that is to be told of a ticket by now, whether or not it was told. */
export function ticketAlerts(
  db: ReadDb,
  ticket: AlertingTicket,
  situation: Situation,
  seen: SeenOnTicket = {},
): DueAlert[] {
  const account = ticket.accountId === null ? undefined : situation.accounts.get(ticket.accountId)
  if (!account || account.knownSince === null) return []
  const { concerns, knownSince } = account
  const since = Math.min(
    ...concerns.map((one) => (one.as === 'ase' ? Math.max(one.startsAt, knownSince) : one.startsAt)),
  )
  const look: Look = { db, ticket, account, knownSince, situation, since }
  if (seen.timeOnly) return clockAlerts(look)
  const emergencies = emergencyAlerts(look, seen)
  const main = [
    ...newTicketAlerts(look, emergencies.length > 0),
    ...emergencies,
    ...replyAlerts(look),
    ...clockAlerts(look),
  ]
  return [...main, ...beforeAseAlerts(look, main, seen), ...aseRemovedAlerts(look), ...ccRemovedAlerts(look, seen)]
}

function newTicketAlerts(look: Look, isToldAsEmergency: boolean): DueAlert[] {
  const { ticket } = look
  const concern = concernOf(look, ticket.createdAt)
  if (!concern) return []
  return [
    due(look, concern, {
      facts: { kind: 'new-ticket', ...wording(look), clock: nextBreach(ticket.clocks) },
      instance: 'created',
      dueAt: ticket.createdAt,
      listed: !ticket.live ? settledWords : isToldAsEmergency ? 'It is told as an emergency.' : null,
    }),
  ]
}

/** Once in the life of a ticket, whatever marks emergencies; one that was solved before it could be told is listed, and told when it is open again. */
function emergencyAlerts(look: Look, { emergencyAt }: SeenOnTicket): DueAlert[] {
  const { db, ticket, situation } = look
  const mark = situation.settings.emergencyMark
  if (!isEmergency(ticket, mark)) return []
  const isTold = isInLedger(db, { kind: 'emergency', subject: `ticket ${ticket.id}`, instance: 'marked' })
  if (!ticket.live && isTold) return []
  const at = emergencyAt ?? becameEmergencyAt(db, ticket.id, mark) ?? ticket.createdAt
  const concern = concernOf(look, at)
  if (!concern) return []
  return [
    due(look, concern, {
      facts: { kind: 'emergency', ...wording(look), clock: nextBreach(ticket.clocks) },
      instance: ticket.live ? 'marked' : 'settled',
      dueAt: at,
      listed: ticket.live ? null : settledWords,
    }),
  ]
}

/** Messages of customers; one that somebody answered, or that a later one came with, is only listed. */
function replyAlerts(look: Look): DueAlert[] {
  const { db, ticket, since } = look
  if (!ticket.conversationRead) return []
  const messages = publicMessagesSince(db, ticket.id, since)
  return messages.flatMap((message, index) => {
    const concern = isCustomers(message, ticket) ? concernOf(look, message.createdAt) : null
    if (!concern) return []
    const later = messages.slice(index + 1)
    const listed = !ticket.live
      ? settledWords
      : later.some((one) => !isCustomers(one, ticket))
        ? 'It was answered before this could be told.'
        : later.length > 0
          ? 'A later message of the customer came with it.'
          : null
    const facts = { ...wording(look), text: message.text, clock: nextBreach(ticket.clocks) }
    return [
      due(look, concern, {
        facts: { kind: 'customer-replied', ...facts },
        instance: `message ${message.id}`,
        dueAt: message.createdAt,
        listed,
      }),
    ]
  })
}

/** Whether a message is the customer's. */
function isCustomers(message: PublicMessage, ticket: Pick<AlertingTicket, 'requesterId'>): boolean {
  return message.authorRole === 'end-user' || (message.authorRole === null && message.authorId === ticket.requesterId)
}

function clockAlerts(look: Look): DueAlert[] {
  const { ticket, account, knownSince, situation } = look
  if (!ticket.live) return []
  return ticket.clocks.filter(isRunning).flatMap((clock) =>
    breachAlerts(clock, {
      leadMinutes: leadsOf(ticket.priority, situation.settings),
      concerns: account.concerns,
      knownSince,
      now: situation.now,
    }).due.flatMap(({ kind, instance, dueAt, listed }) => {
      const concern = concernAt(account.concerns, account.account.id, dueAt)
      if (!concern) return []
      return [due(look, concern, { facts: { kind, ...wording(look), clock }, instance, dueAt, listed })]
    }),
  )
}

/** How many minutes before its end a clock of a ticket is announced; one without a priority counts as normal. */
export function leadsOf(priority: string | null, { breachLeadMinutes }: Settings): readonly number[] {
  return priority === 'urgent' || priority === 'high' || priority === 'low'
    ? breachLeadMinutes[priority]
    : breachLeadMinutes.normal
}

/**
 * Clocks that end before the ASE could answer (rules 11 and 12), where I cover: those that were set meanwhile, for of all others that was
 * clear when the coverage began. What else is told of the ticket says so by itself.
 */
function beforeAseAlerts(look: Look, others: readonly DueAlert[], { newClock = false }: SeenOnTicket): DueAlert[] {
  const { db, ticket, account, situation } = look
  const { concern, ase } = account
  const isFresh = ({ facts: { kind }, subject, instance, listed }: DueAlert) =>
    listed === null && !isInLedger(db, { kind, subject, instance })
  if (!newClock || !ticket.live || concern?.as !== 'cover' || !ase || ticket.assigneeId !== ase.id) return []
  const { now } = situation
  return ticket.clocks
    .filter(isRunning)
    .filter((clock) => clock.breachAt > now && breachesBeforeOnline(clock, account.aseOnlineAt(), now))
    .map((clock) => {
      const isTold = others.some(isFresh) || clock.metric === 'next_reply_time'
      const facts = { ...wording(look), clock, aseName: ase.name, aseOnlineAt: account.aseOnlineAt() ?? null }
      return due(look, concern, {
        facts: { kind: 'breaches-before-ase', ...facts },
        instance: `${clock.metric}@${clock.breachAt}`,
        dueAt: Math.max(ticket.updatedAt, concern.startsAt),
        listed: isTold ? 'What else was told of the ticket says so.' : null,
      })
    })
}

/** Tickets that were taken from their ASE by somebody else than me. */
function aseRemovedAlerts(look: Look): DueAlert[] {
  const { db, ticket, account, situation, since } = look
  const { ase } = account
  if (!ase) return []
  return assigneeChangesSince(db, ticket.id, since).flatMap((change) => {
    const concern = concernOf(look, change.at)
    if (!concern || change.from !== ase.id || change.to === ase.id || change.authorId === situation.me.id) return []
    const to = ticket.assigneeId
    const assigneeName = to === null ? null : (userNamed(db, to) ?? `user ${to}`)
    return [
      due(look, concern, {
        facts: { kind: 'ase-removed', ...wording(look), aseName: ase.name, assigneeName },
        instance: `change ${change.id}`,
        dueAt: change.at,
        listed: !ticket.live || to === ase.id ? settledWords : null,
      }),
    ]
  })
}

function ccRemovedAlerts(look: Look, { offCcAt }: SeenOnTicket): DueAlert[] {
  const { ticket, situation } = look
  const concern = offCcAt === undefined ? null : concernOf(look, offCcAt)
  if (!concern || offCcAt === undefined) return []
  const isBack = ticket.ccIds.includes(situation.me.id)
  return [
    due(look, concern, {
      facts: { kind: 'cc-removed', ...wording(look) },
      instance: `off ${offCcAt}`,
      dueAt: offCcAt,
      listed: !ticket.live || isBack ? settledWords : null,
    }),
  ]
}

/** How an account concerned me when something happened; of one whose ASE I am, only since it is known. */
function concernOf({ account, knownSince, situation }: Look, at: number): Concern | null {
  const { id } = account.account
  const concern = concernAt(account.concerns, id, at) ?? concernAt(account.covered, id, at)
  // By a clock that was set back it has yet to begin.
  if (concern === null || concern.startsAt > situation.now) return null
  return concern.as === 'ase' && at < knownSince ? null : concern
}

function due(
  { ticket, account, knownSince, situation }: Look,
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
    accountId: ticket.accountId,
    why: account.why(concern, situation.reader),
    listed: alert.listed ?? (isCovered ? coveredWords : isKnown ? knownBeforeWords : isOver ? overWords : null),
  }
}

function wording({ ticket, account }: Look): { readonly account: string; readonly ticket: AlertTicket } {
  const { id, subject, priority } = ticket
  return { account: account.account.name, ticket: { id, subject, priority } }
}
