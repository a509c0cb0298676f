import type { DueAlert } from '#core/alerts/alert.ts'
import { breachAlerts } from '#core/alerts/breach-alerts.ts'
import { concernAt } from '#core/alerts/scope.ts'
import { toldAs } from '#core/alerts/told-otherwise.ts'
import { breachesBeforeOnline } from '#core/clocks/breaches-before-online.ts'
import { isEmergency } from '#core/tickets/emergency-mark.ts'
import { isRunning, nextBreach, type SlaClock } from '#core/tickets/ticket.ts'
import type { Settings } from '#contract/settings.ts'
import {
  assigneeChangesSince,
  becameEmergencyAt,
  publicMessagesSince,
  userNamed,
  wasClockSetAfter,
  type AlertingTicket,
} from '../db/alert-sources.ts'
import { isInLedger } from '../db/alerts.ts'
import type { ReadDb } from '../db/sql.ts'
import { contingencyAlerts, type FiredContingency } from './contingency-alerts.ts'
import { handoffAlerts } from './handoff-alerts.ts'
import type { Situation } from './situation.ts'
import {
  answeredWords,
  concernOf,
  due,
  isCustomers,
  isTold,
  lookAtTicket,
  settledWords,
  wording,
  type TicketLook,
} from './ticket-look.ts'

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
  /** One of its alerts waits and is decided anew: that nothing else tells it was found out when it was raised. */
  readonly decided?: boolean | undefined
}

/** A warning that was due already when its ticket came in. */
const newTicketWords = 'The alert of the new ticket says it.'

/** Everything that is to be told of a ticket by now, whether or not it was told. */
export function ticketAlerts(
  db: ReadDb,
  ticket: AlertingTicket,
  situation: Situation,
  seen: SeenOnTicket = {},
): DueAlert[] {
  const account = ticket.accountId === null ? undefined : situation.accounts.get(ticket.accountId)
  const look = lookAtTicket(db, ticket, account, situation)
  if (seen.timeOnly) return look ? clockAlerts(look, seen) : []
  const foreseen = look ? contingencyAlerts(look) : []
  const others = look ? accountAlerts(look, seen, foreseen) : []
  const stale = handoffAlerts({ db, ticket, situation, look, decided: seen.decided ?? false }, foreseen, others)
  return [...foreseen.map((one) => one.due), ...others, ...stale]
}

/** What is to be told of a ticket of an account of mine, whatever was handed over. */
function accountAlerts(look: TicketLook, seen: SeenOnTicket, foreseen: readonly FiredContingency[]): DueAlert[] {
  const emergencies = emergencyAlerts(look, seen)
  const main = [
    ...newTicketAlerts(look, emergencies.length > 0),
    ...emergencies,
    ...replyAlerts(look, seen, foreseen),
    ...clockAlerts(look, seen),
  ]
  return [...main, ...beforeAseAlerts(look, main, seen), ...aseRemovedAlerts(look), ...ccRemovedAlerts(look, seen)]
}

function newTicketAlerts(look: TicketLook, isToldAsEmergency: boolean): DueAlert[] {
  const { ticket } = look
  const concern = concernOf(look, ticket.createdAt)
  if (!concern) return []
  return [
    due(look, concern, {
      facts: { kind: 'new-ticket', ...wording(look), clock: nextBreach(ticket.clocks) },
      instance: 'created',
      dueAt: ticket.createdAt,
      listed: !ticket.live ? settledWords : isToldAsEmergency ? toldAs.emergency : null,
    }),
  ]
}

/** Once in the life of a ticket, whatever marks emergencies; one that was solved before it could be told is listed, and told when it is open again. */
function emergencyAlerts(look: TicketLook, { emergencyAt }: SeenOnTicket): DueAlert[] {
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
function replyAlerts(look: TicketLook, { decided }: SeenOnTicket, foreseen: readonly FiredContingency[]): DueAlert[] {
  const { db, ticket, since } = look
  const isForeseen = (at: number) =>
    !decided &&
    foreseen.some((one) => one.trigger.on === 'customer-replies' && one.due.dueAt === at && isTold(look, one.due))
  if (!ticket.conversationRead) return []
  const messages = publicMessagesSince(db, ticket.id, since)
  return messages.flatMap((message, index) => {
    const concern = isCustomers(message, ticket) ? concernOf(look, message.createdAt) : null
    if (!concern) return []
    const later = messages.slice(index + 1)
    const listed = !ticket.live
      ? settledWords
      : later.some((one) => !isCustomers(one, ticket))
        ? answeredWords
        : later.length > 0
          ? 'A later message of the customer came with it.'
          : isForeseen(message.createdAt)
            ? toldAs.foreseen
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

function clockAlerts(look: TicketLook, seen: SeenOnTicket): DueAlert[] {
  const { ticket, account, knownSince, situation } = look
  if (!ticket.live) return []
  const isSaid = saidByNewTicket(look, seen)
  return ticket.clocks.filter(isRunning).flatMap((clock) =>
    breachAlerts(clock, {
      leadMinutes: leadsOf(ticket.priority, situation.settings),
      concerns: account.concerns,
      knownSince,
      now: situation.now,
    }).due.flatMap(({ kind, instance, clockAt, dueAt, listed }) => {
      const concern = concernAt(account.concerns, account.account.id, dueAt)
      if (!concern) return []
      const words = kind === 'breach-coming' && isSaid(clock, clockAt) ? newTicketWords : null
      return [
        due(look, concern, { facts: { kind, ...wording(look), clock }, instance, dueAt, listed: listed ?? words }),
      ]
    }),
  )
}

/**
 * Which warnings the alert of a new ticket says with it: those whose time had come when the ticket came in, of clocks it came with.
 */
function saidByNewTicket(look: TicketLook, seen: SeenOnTicket): (clock: SlaClock, leadAt: number) => boolean {
  const { db, ticket } = look
  let isNewTold: boolean | null = null
  return (clock, leadAt) => {
    if (seen.decided || leadAt > ticket.createdAt) return false
    isNewTold ??= newTicketAlerts(look, emergencyAlerts(look, seen).length > 0).some(
      (one) => one.listed === null && isTold(look, one),
    )
    return isNewTold && !wasClockSetAfter(db, ticket.id, clock, ticket.createdAt)
  }
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
function beforeAseAlerts(
  look: TicketLook,
  others: readonly DueAlert[],
  { newClock = false }: SeenOnTicket,
): DueAlert[] {
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
function aseRemovedAlerts(look: TicketLook): DueAlert[] {
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

function ccRemovedAlerts(look: TicketLook, { offCcAt }: SeenOnTicket): DueAlert[] {
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
