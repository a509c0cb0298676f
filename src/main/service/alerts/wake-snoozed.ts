import type { DueAlert } from '#core/alerts/alert.ts'
import { snoozeWakesAt, wakingOf, type Waking } from '#core/alerts/snooze.ts'
import { whyWords } from '#core/alerts/alert-words.ts'
import { isRunning, nextBreach } from '#core/tickets/ticket.ts'
import type { AlertingTicket } from '../db/alert-sources.ts'
import { insertAlerts, listInstead, waitingOfTicket } from '../db/alerts.ts'
import { removeSnooze, storeSnooze, type StoredSnooze } from '../db/snoozes.ts'
import { wordingOf } from './claim-due.ts'
import { deliveryOf } from './holds.ts'
import type { Look } from './look.ts'
import { settledWords } from './ticket-look.ts'

/** What becomes of a snoozed ticket: it wakes, or it wakes at another time than was thought. */
export interface PlannedWaking {
  readonly ticket: AlertingTicket
  readonly snooze: StoredSnooze
  /** Why it wakes now; null: it sleeps on. */
  readonly waking: (Waking & { readonly urgent: boolean }) | null
  /** When it wakes by the clock, as of now. */
  readonly wakeAt: number | null
}

const minuteMs = 60_000
/** What waited while its ticket was snoozed, and is in the words of its waking. */
const toldWords = 'It was told when the ticket woke.'

/** Finds out whether a snoozed ticket wakes; null when nothing about it changes. */
export function planWaking(
  look: Look,
  ticket: AlertingTicket,
  snooze: StoredSnooze,
  due: readonly DueAlert[],
): PlannedWaking | null {
  const { now, me, roster, settings, accounts } = look.situation
  const { since, until } = snooze
  const nextBreachAt = ticket.live ? (nextBreach(ticket.clocks)?.breachAt ?? null) : null
  const absences = roster.absences.filter(({ personId }) => personId === me.id)
  const facts = { since, me, absences, nextBreachAt }
  // What the ledger has was told before the ticket was snoozed, whatever the two clocks say.
  const replied = due.find(({ facts: { kind } }) => kind === 'customer-replied')
  const { urgentMinutes } = settings.quietHours
  // Of a ticket that went to an account that is none of mine nothing is urgent to me.
  const isMine = ticket.accountId !== null && (accounts.get(ticket.accountId)?.concern ?? null) !== null
  const urgent = isMine ? urgentWaking(ticket, { since, now, urgentMinutes }, due) : null
  const waking = wakingOf(until, facts, { repliedAt: replied ? Math.min(replied.dueAt, now) : null, urgent }, now)
  const wakeAt = until.kind === 'tomorrow' ? snooze.wakeAt : snoozeWakesAt(until, facts)
  // Set back behind its beginning, a clock would let the ticket sleep for who knows how long.
  const timed = since > now ? { at: now, words: 'The computer’s clock was set back.' } : waking
  if (timed) return { ticket, snooze, waking: { ...timed, urgent: timed.words === urgent?.words }, wakeAt }
  return wakeAt === snooze.wakeAt ? null : { ticket, snooze, waking: null, wakeAt }
}

/** What cannot wait and happened since: an emergency, a clock that ended or came close to its end. */
function urgentWaking(
  ticket: AlertingTicket,
  { since, now, urgentMinutes }: { readonly since: number; readonly now: number; readonly urgentMinutes: number },
  due: readonly DueAlert[],
): Waking | null {
  const clocks = ticket.live ? ticket.clocks.filter(isRunning) : []
  const ends = clocks
    .flatMap(({ breachAt }) => [
      {
        at: breachAt - urgentMinutes * minuteMs,
        words: `One of its clocks ends in less than ${urgentMinutes} minutes.`,
      },
      { at: breachAt, words: 'One of its clocks ended.' },
    ])
    .filter(({ at }) => at > since)
  const emergencies = due
    .filter(({ facts, listed }) => facts.kind === 'emergency' && listed === null)
    .map(({ dueAt }) => ({ at: Math.min(dueAt, now), words: 'It became an emergency.' }))
  return [...ends, ...emergencies].toSorted((a, b) => a.at - b.at)[0] ?? null
}

/** Wakes a ticket and says why and what waited meanwhile, or notes when it wakes. Belongs into a durable transaction. */
export function wakeTicket(look: Look, { ticket, snooze, waking, wakeAt }: PlannedWaking): void {
  const { parts, situation, touched, silenced } = look
  const { db } = parts
  if (!waking) return storeSnooze(db, { ...snooze, wakeAt })
  removeSnooze(db, ticket.id)
  const snoozes = new Map(look.holds.snoozes)
  snoozes.delete(ticket.id)
  look.holds = { ...look.holds, snoozes }
  const held = waitingOfTicket(db, ticket.id).filter(({ state }) => state === 'held')
  for (const { id } of held) {
    listInstead(db, id, toldWords)
    touched.add(id)
    silenced.add(id)
  }
  const account = ticket.accountId === null ? undefined : situation.accounts.get(ticket.accountId)
  if (!account?.concern) return
  const { name } = account.account
  const { id, subject, priority } = ticket
  const due: DueAlert = {
    facts: {
      kind: 'woke',
      account: name,
      ticket: { id, subject, priority },
      why: waking.words,
      meanwhile: held.map(({ title }) => title),
    },
    subject: `ticket ${id}`,
    instance: `since ${snooze.since}`,
    ticketId: id,
    accountId: ticket.accountId,
    why: whyWords(account.concern, name, situation.reader),
    dueAt: waking.at,
    listed: ticket.live ? null : settledWords,
  }
  const wording = { ...wordingOf(due, look), urgent: waking.urgent }
  const delivery = deliveryOf({ ...due, kind: 'woke', urgent: waking.urgent }, look.holds, situation)
  const state = delivery.do === 'show' ? 'claimed' : delivery.do === 'hold' ? 'held' : 'listed'
  const heldBy = delivery.do === 'show' ? null : delivery.words
  const { facts: _facts, listed: _listed, ...key } = due
  for (const one of insertAlerts(db, [{ ...key, ...wording, kind: 'woke', state, heldBy, raisedAt: situation.now }])) {
    touched.add(one)
  }
}
