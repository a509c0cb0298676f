import type { Quiet, Snooze, SnoozeUntil } from '#contract/alerts.ts'
import type { Settings } from '#contract/settings.ts'
import type { AlertNotice } from '#core/alerts/notices.ts'
import { snoozeWakesAt, tomorrowMorning } from '#core/alerts/snooze.ts'
import { nextBreach } from '#core/tickets/ticket.ts'
import { readAlertingTicket } from '../db/alert-sources.ts'
import {
  alertsOfTicket,
  alertsUnderTag,
  dismissAlerts,
  listInstead,
  markOpened,
  readAlert,
  undismissAlerts,
  waitingOfAccount,
  waitingOfTicket,
  type StoredAlert,
} from '../db/alerts.ts'
import { readSnoozes, removeSnooze, setMuted, storeSnooze, storeStillness, type StoredSnooze } from '../db/snoozes.ts'
import { durably, type ReadDb, type WriteDb } from '../db/sql.ts'
import { readRoster } from '../db/workspace.ts'
import type { Clock, NoticeAction, Notifier } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { quietNow, wordsOfSnooze } from './holds.ts'
import type { Journal } from './journal.ts'
import { toJournalLine } from './show-claimed.ts'

/** What a person does with alerts. Each is on disk when it returns. */
export interface AlertOrders {
  /** False when there is no such alert. */
  markOpened(id: number): boolean
  dismiss(ids: readonly number[]): void
  undismiss(ids: readonly number[]): void
  /**
   * Lets a ticket keep still.
   *
   * @returns undefined when the ticket is not stored.
   * @throws {Refusal} when it would wake at once.
   */
  snooze(ticketId: number, until: SnoozeUntil): Snooze | undefined
  unsnooze(ticketId: number): void
  snoozes(): Snooze[]
  mute(accountId: number): void
  unmute(accountId: number): void
  pause(how: 'hour' | 'tomorrow' | null): Quiet
  hold(meeting: boolean): Quiet
  quiet(): Quiet
  /** Shows a made-up alert; false where a window has to. */
  test(): boolean
  /** The person followed a notice of the system, or pressed a button of it. */
  followNotice(notice: AlertNotice, did: 'open' | NoticeAction['id']): void
}

interface OrderOptions {
  readonly db: WriteDb
  readonly clock: Clock
  readonly notifier: Notifier
  readonly journal: Journal
  readonly settings: () => Settings
  readonly open: (ticketId: number | null) => void
  readonly onChange: (ids: readonly number[]) => void
  readonly look: () => void
  /** Looks, and decides anew about what waits. */
  readonly lookAnew: () => void
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** A meeting that nobody ended is over by then. */
const longestMeetingMs = 4 * hourMs
const snoozeOfNotice: SnoozeUntil = { kind: 'for', minutes: 60 }

/** Creates what a person can do with the alerts of a workspace. */
export function createAlertOrders(options: OrderOptions): AlertOrders {
  const { db, clock, notifier } = options
  const person = () => {
    const roster = readRoster(db)
    const now = clock.now()
    return roster.me ? { me: roster.me, roster, now, settings: options.settings() } : null
  }
  const changed = (ids: readonly number[]) => {
    options.onChange(ids)
    options.look()
  }
  const quiet = (): Quiet => {
    const present = person()
    return present
      ? quietNow(db, present)
      : { reason: 'none', until: null, words: 'Nobody is signed in, so there are no alerts.', held: 0 }
  }
  const toSnooze = (stored: StoredSnooze): Snooze => {
    const ticket = readAlertingTicket(db, stored.ticketId)
    const present = person()
    const { ticketId, until, wakeAt, since } = stored
    return {
      ticketId,
      subject: ticket?.subject ?? '',
      until,
      wakeAt,
      words: present ? wordsOfSnooze(stored, present) : '',
      since,
    }
  }
  const settle = (alerts: readonly StoredAlert[]) => settleElsewhere(options, alerts)

  const orders: AlertOrders = {
    markOpened(id) {
      const alert = readAlert(db, id)
      if (!alert) return false
      markOpened(db, id, clock.now())
      settle([alert])
      changed([id])
      return true
    },
    dismiss(ids) {
      const alerts = ids.flatMap((id) => readAlert(db, id) ?? [])
      const done = dismissAlerts(db, ids, clock.now())
      settle(alerts.filter(({ id }) => done.includes(id)))
      changed(done)
    },
    undismiss(ids) {
      const back = undismissAlerts(db, ids)
      options.onChange(back)
      options.lookAnew()
    },
    snooze(ticketId, until) {
      const present = person()
      const ticket = readAlertingTicket(db, ticketId)
      if (!present || !ticket) return undefined
      const stored = snoozeOf(ticketId, until, present, nextBreachOf(ticket))
      durably(db, () => storeSnooze(db, stored))
      settle(alertsOfTicket(db, ticketId).filter(({ state }) => state === 'shown'))
      changed([])
      return toSnooze(stored)
    },
    unsnooze(ticketId) {
      durably(db, () => {
        if (!removeSnooze(db, ticketId)) return
        for (const { id, state } of waitingOfTicket(db, ticketId)) {
          if (state === 'held') listInstead(db, id, 'You ended the snooze yourself.')
        }
      })
      changed([])
    },
    snoozes: () => readSnoozes(db).map(toSnooze),
    mute(accountId) {
      durably(db, () => {
        setMuted(db, accountId, clock.now())
        for (const { id } of waitingOfAccount(db, accountId)) listInstead(db, id, 'The account is muted.')
      })
      changed([])
    },
    unmute(accountId) {
      durably(db, () => setMuted(db, accountId, null))
      changed([])
    },
    pause(how) {
      const present = person()
      const now = clock.now()
      const until = how === null || !present ? null : how === 'hour' ? now + hourMs : tomorrowOf(present)
      durably(db, () => storeStillness(db, 'pause', until === null ? null : { since: now, until }, now))
      changed([])
      return quiet()
    },
    hold(meeting) {
      const now = clock.now()
      const stillness = meeting ? { since: now, until: now + longestMeetingMs } : null
      durably(db, () => storeStillness(db, 'meeting', stillness, now))
      changed([])
      return quiet()
    },
    quiet,
    test() {
      if (!notifier.native) return false
      const words = { title: 'A test from Understudy', body: 'Alerts reach you like this one.' }
      notifier.show(
        { tag: 'alert-test', ...words, urgent: false, actions: [] },
        { onOpen: () => options.open(null), onAction: () => undefined },
      )
      return true
    },
    followNotice({ alertIds, ticketId }, did) {
      if (did === 'dismiss') return orders.dismiss(alertIds)
      if (did === 'snooze') {
        if (ticketId !== null) orders.snooze(ticketId, snoozeOfNotice)
        return
      }
      // A list is followed to where each of its alerts can be opened.
      if (alertIds.length === 1) for (const id of alertIds) orders.markOpened(id)
      options.open(ticketId)
    },
  }
  return orders
}

type Present = Pick<Parameters<typeof quietNow>[1], 'now' | 'settings' | 'me'> & {
  readonly roster: ReturnType<typeof readRoster>
}

function tomorrowOf({ now, me, roster }: Present): number {
  return tomorrowMorning(
    now,
    me,
    roster.absences.filter(({ personId }) => personId === me.id),
  )
}

function nextBreachOf(ticket: NonNullable<ReturnType<typeof readAlertingTicket>>): number | null {
  return ticket.live ? (nextBreach(ticket.clocks)?.breachAt ?? null) : null
}

function snoozeOf(
  ticketId: number,
  until: SnoozeUntil,
  { now, me, roster }: Present,
  nextBreachAt: number | null,
): StoredSnooze {
  const absences = roster.absences.filter(({ personId }) => personId === me.id)
  const wakeAt = snoozeWakesAt(until, { since: now, me, absences, nextBreachAt })
  if (until.kind === 'before-breach' && nextBreachAt === null) {
    throw new Refusal('refused', 'No clock runs on this ticket. Snooze it for a time, or until the customer replies.')
  }
  if (wakeAt !== null && wakeAt <= now) {
    throw new Refusal(
      'refused',
      'It would wake at once: its clock ends sooner than that. Choose a shorter time before its end.',
    )
  }
  return { ticketId, until, wakeAt, since: now }
}

/** Takes back notices whose alerts were all dealt with elsewhere, and remembers those that were never shown as dealt with. */
function settleElsewhere({ db, clock, notifier, journal }: OrderOptions, alerts: readonly StoredAlert[]): void {
  const now = clock.now()
  const unshown = alerts.filter(({ state }) => state === 'held' || state === 'claimed')
  void journal.append(unshown.map((alert) => toJournalLine(alert, now))).catch(() => undefined)
  if (!notifier.native) return
  for (const tag of new Set(alerts.flatMap((alert) => alert.tag ?? []))) {
    if (openUnder(db, tag, alerts, now).length === 0) notifier.close(tag)
  }
}

function openUnder(db: ReadDb, tag: string, without: readonly StoredAlert[], now: number): StoredAlert[] {
  const gone = new Set(without.map(({ id }) => id))
  return alertsUnderTag(db, tag, now - 60 * dayMs).filter(({ id }) => !gone.has(id))
}
