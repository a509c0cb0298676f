import type { DueAlert } from '#core/alerts/alert.ts'
import { readAlertingTicket } from '../db/alert-sources.ts'
import {
  claimHeld,
  firstWaiting,
  holdFor,
  holdInstead,
  listInstead,
  waitingAlerts,
  type StoredAlert,
  type WaitingFrom,
} from '../db/alerts.ts'
import { durably } from '../db/sql.ts'
import { wordingOf } from './claim-due.ts'
import { deliveryOf } from './holds.ts'
import type { Look } from './look.ts'
import { ticketAlerts, type SeenOnTicket } from './ticket-alerts.ts'
import { settledWords } from './ticket-look.ts'

const pageSize = 50

/**
 * Decides anew about everything that is held or claimed: shown now, held on, or listed because it was settled meanwhile.
 *
 * @param standing what is due by now and not about a ticket.
 */
export async function decideAllAnew(
  look: Look,
  state: 'held' | 'claimed',
  standing: readonly DueAlert[],
): Promise<void> {
  const { db } = look.parts
  let from: WaitingFrom = firstWaiting
  for (;;) {
    const page = waitingAlerts(db, state, from, pageSize)
    const [end] = page.slice(-1)
    if (!end) return
    from = end
    durably(db, () => {
      for (const alert of page) decideAnew(look, alert, standing)
    })
    await look.giveWay()
  }
}

/** Decides anew about an alert that is held or claimed. Belongs into a durable transaction. */
export function decideAnew(look: Look, alert: StoredAlert, standing: readonly DueAlert[]): void {
  const { parts, holds, situation, touched, silenced } = look
  const { db } = parts
  const { id, kind, ticketId, accountId, tag, state } = alert
  // It may have been shown already: it is shown again in the same place, whatever holds the others.
  if (tag !== null && state === 'claimed') return
  const now = kind === 'woke' ? { listed: null, wording: alert } : asOfNow(look, alert, standing)
  const { urgent } = now.wording
  const delivery = deliveryOf({ kind, urgent, listed: now.listed, ticketId, accountId }, holds, situation)
  if (delivery.do === 'list') {
    listInstead(db, id, delivery.words)
    silenced.add(id)
  } else if (delivery.do === 'show') claimHeld(db, id, now.wording)
  else if (state === 'claimed') holdInstead(db, id, delivery.words)
  else if (delivery.words !== alert.heldBy) holdFor(db, id, delivery.words)
  else return
  touched.add(id)
}

/** How an alert that waits would read now, and whether there still is anything to tell. */
function asOfNow(look: Look, alert: StoredAlert, standing: readonly DueAlert[]) {
  const { db } = look.parts
  const ticket = alert.ticketId === null ? undefined : readAlertingTicket(db, alert.ticketId)
  const all = ticket ? ticketAlerts(db, ticket, look.situation, seenIn(alert)) : standing
  const same = all.find(
    ({ facts, subject, instance }) =>
      facts.kind === alert.kind && subject === alert.subject && instance === alert.instance,
  )
  return same ? { listed: same.listed, wording: wordingOf(same, look) } : { listed: settledWords, wording: alert }
}

function seenIn({ kind, dueAt }: StoredAlert): SeenOnTicket {
  const decided = true
  if (kind === 'emergency') return { decided, emergencyAt: dueAt }
  if (kind === 'breaches-before-ase') return { decided, newClock: true }
  return kind === 'cc-removed' ? { decided, offCcAt: dueAt } : { decided }
}
