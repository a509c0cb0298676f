import { alertText } from '#core/alerts/alert-words.ts'
import type { DueAlert } from '#core/alerts/alert.ts'
import { isUrgent } from '#core/alerts/deliver.ts'
import { insertAlerts, isInLedger, type AlertWording, type NewAlert } from '../db/alerts.ts'
import type { ReadDb } from '../db/sql.ts'
import { deliveryOf } from './holds.ts'
import type { Look } from './look.ts'

/** Of what is due, that which the ledger does not have. */
export function notInLedger(db: ReadDb, due: readonly DueAlert[]): DueAlert[] {
  return due.filter(({ facts, subject, instance }) => !isInLedger(db, { kind: facts.kind, subject, instance }))
}

/** How an alert reads now. */
export function wordingOf({ facts, why }: DueAlert, { situation }: Pick<Look, 'situation'>): AlertWording {
  const { settings, now, reader } = situation
  return { ...alertText(facts, reader), why, urgent: isUrgent(facts, settings.quietHours.urgentMinutes, now) }
}

/** Puts what is due into the ledger, each as its delivery is decided. Belongs into a durable transaction. */
export function claimDue(look: Look, due: readonly DueAlert[]): void {
  const { parts, touched, silenced } = look
  for (const one of due) {
    const alert = toNewAlert(look, one)
    for (const id of insertAlerts(parts.db, [alert])) {
      touched.add(id)
      if (alert.state === 'listed' && one.listed === null) silenced.add(id)
    }
  }
}

function toNewAlert(look: Look, due: DueAlert): NewAlert {
  const { situation, holds } = look
  const { subject, instance, ticketId, accountId, dueAt, listed } = due
  const wording = wordingOf(due, look)
  const { kind } = due.facts
  const delivery = deliveryOf({ kind, urgent: wording.urgent, listed, ticketId, accountId }, holds, situation)
  const states = { show: 'claimed', hold: 'held', list: 'listed' } as const
  return {
    kind,
    subject,
    instance,
    ticketId,
    accountId,
    dueAt,
    ...wording,
    state: states[delivery.do],
    heldBy: delivery.do === 'show' ? null : delivery.words,
    raisedAt: situation.now,
  }
}
