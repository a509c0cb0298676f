import type { AlertRow } from '#contract/alerts.ts'
import type { Settings } from '#contract/settings.ts'
import type { Coverage } from '#core/people/people.ts'
import {
  claimAlerts,
  markOpened,
  markShown,
  unraisedTickets,
  unshownAlerts,
  type UnraisedTicket,
} from '../db/alerts.ts'
import type { WriteDb } from '../db/sql.ts'
import type { Notice, Notifier } from '../ports.ts'

/** What raising alerts needs. */
export interface AlertOptions {
  readonly db: WriteDb
  readonly now: () => number
  readonly notifier: Notifier
  readonly settings: () => Settings
  /** Coverages in which I am the covering engineer. */
  readonly myCoverages: () => readonly Coverage[]
  readonly openTicket: (ticketId: number) => void
  readonly onChange: (ids: readonly number[]) => void
}

/** From this many alerts at once on, the door shows one notice that counts them. */
const burst = 4

/**
 * Raises an alert for each new ticket of a covered account (rule 4) that the ledger does not know, and shows what was
 * claimed and not shown yet. Tickets that were there before the account was first read are listed and not announced.
 * Claimed on disk before it is shown: after a crash in between it is shown under the same tag.
 */
export function raiseAlerts(options: AlertOptions): void {
  const { db, now, notifier } = options
  const settings = options.settings()
  const raised = claimAlerts(
    db,
    unraisedTickets(db, options.myCoverages()).map((ticket) => ({
      kind: 'new-ticket',
      ticketId: ticket.ticketId,
      instance: 'created',
      ...words(ticket, settings),
      raisedAt: now(),
      silent: ticket.known || !settings.notifyNewTickets,
    })),
  )
  if (notifier.native) show(options, unshownAlerts(db))
  if (raised.length > 0) options.onChange(raised)
}

function show(options: AlertOptions, alerts: readonly AlertRow[]): void {
  const { db, now, notifier } = options
  const open = (alert: AlertRow) => () => {
    markOpened(db, alert.id, now())
    options.onChange([alert.id])
    options.openTicket(alert.ticketId)
  }
  const [first] = alerts
  if (!first) return
  if (alerts.length >= burst) notifier.show(burstNotice(alerts), open(first))
  else for (const alert of alerts) notifier.show(noticeOf(alert), open(alert))
  markShown(
    db,
    alerts.map((alert) => alert.id),
    now(),
  )
}

function noticeOf(alert: AlertRow): Notice {
  return { tag: `alert-${alert.id}`, title: alert.title, body: alert.body }
}

function burstNotice(alerts: readonly AlertRow[]): Notice {
  return {
    tag: `alerts-${alerts[0]?.id}`,
    title: `${alerts.length} new tickets on accounts you cover`,
    body: alerts.map((alert) => alert.title).join('\n'),
  }
}

function words(ticket: UnraisedTicket, settings: Settings): { readonly title: string; readonly body: string } {
  const priority = ticket.priority ? `, ${ticket.priority}` : ''
  return {
    title: `${ticket.accountName}: new ticket #${ticket.ticketId}${priority}`,
    body: settings.customerTextInNotifications ? ticket.subject : 'Open it to see what it is about.',
  }
}
