import { decideDelivery, type Delivery } from '#core/alerts/deliver.ts'
import { quietAt } from '#core/alerts/quiet-hours.ts'
import { snoozeWords } from '#core/alerts/snooze.ts'
import { clockWords } from '#core/alerts/alert-words.ts'
import type { AlertKind, Quiet } from '#contract/alerts.ts'
import type { Settings } from '#contract/settings.ts'
import { countHeld } from '../db/alerts.ts'
import { mutedAccounts, readSnoozes, readStillness, type StoredSnooze } from '../db/snoozes.ts'
import type { ReadDb } from '../db/sql.ts'
import type { Situation } from './situation.ts'

/** What holds alerts back at an instant. */
export interface Holds {
  readonly meetingUntil: number | null
  readonly pausedUntil: number | null
  readonly quietUntil: number | null
  readonly muted: ReadonlySet<number>
  readonly snoozes: ReadonlyMap<number, StoredSnooze>
  readonly kindsOff: ReadonlySet<AlertKind>
}

/** Reads what holds alerts back now. */
export function readHolds(db: ReadDb, { now, settings, me }: Pick<Situation, 'now' | 'settings' | 'me'>): Holds {
  const { quietHours } = settings
  const quiet = quietHours.on ? quietAt(quietHours.days, me.timeZone, now) : null
  return {
    meetingUntil: readStillness(db, 'meeting', now)?.until ?? null,
    pausedUntil: readStillness(db, 'pause', now)?.until ?? null,
    quietUntil: quiet?.endsAt ?? null,
    muted: new Set(mutedAccounts(db)),
    snoozes: new Map(readSnoozes(db).map((snooze) => [snooze.ticketId, snooze])),
    kindsOff: new Set(settings.alertKindsOff),
  }
}

/** What holds alerts of any ticket: when it becomes another, all that waits is decided anew. */
export function holdsKey(
  { meetingUntil, pausedUntil, quietUntil, muted, kindsOff }: Holds,
  settings: Settings,
): string {
  const { urgentPasses, urgentMinutes } = settings.quietHours
  const running = [meetingUntil, pausedUntil, quietUntil].map((until) => until !== null)
  return JSON.stringify([running, [...muted], [...kindsOff], urgentPasses, urgentMinutes])
}

/** An alert as its delivery is decided. */
export interface Deliverable {
  readonly kind: AlertKind
  readonly urgent: boolean
  readonly listed: string | null
  readonly ticketId: number | null
  readonly accountId: number | null
}

/** Whether an alert is shown now, waits, or is only listed. */
export function deliveryOf(alert: Deliverable, holds: Holds, situation: Situation): Delivery {
  const snooze = alert.ticketId === null ? undefined : holds.snoozes.get(alert.ticketId)
  return decideDelivery(alert, {
    kindOff: holds.kindsOff.has(alert.kind),
    muted: alert.accountId !== null && holds.muted.has(alert.accountId),
    snoozed: snooze ? wordsOfSnooze(snooze, situation) : null,
    meetingUntil: holds.meetingUntil,
    pausedUntil: holds.pausedUntil,
    quietUntil: holds.quietUntil,
    urgentPasses: situation.settings.quietHours.urgentPasses,
  })
}

/** `Until Mon 23 Nov 08:30`. */
export function wordsOfSnooze(
  snooze: StoredSnooze,
  { me, roster, now }: Pick<Situation, 'me' | 'roster' | 'now'>,
  nextBreachAt: number | null = null,
): string {
  const { until, since, wakeAt } = snooze
  // What it was reckoned from then is in the instant that was stored.
  const breachAt = until.kind === 'before-breach' && wakeAt !== null ? wakeAt + until.minutes * 60_000 : nextBreachAt
  const absences = roster.absences.filter(({ personId }) => personId === me.id)
  return snoozeWords(until, { since, me, absences, nextBreachAt: breachAt }, now)
}

/** Whether alerts are announced at present, for the window. */
export function quietNow(db: ReadDb, situation: Pick<Situation, 'now' | 'settings' | 'me'>): Quiet {
  const { meetingUntil, pausedUntil, quietUntil } = readHolds(db, situation)
  const { now, me } = situation
  const held = countHeld(db)
  const at = (until: number) => clockWords(until, now, me.timeZone)
  if (meetingUntil !== null) {
    return {
      reason: 'meeting',
      until: meetingUntil,
      words: `A meeting runs; alerts wait until it ends, at the latest until ${at(meetingUntil)}.`,
      held,
    }
  }
  if (pausedUntil !== null) {
    return { reason: 'paused', until: pausedUntil, words: `Alerts are paused until ${at(pausedUntil)}.`, held }
  }
  if (quietUntil !== null) {
    return { reason: 'quiet-hours', until: quietUntil, words: `Quiet hours until ${at(quietUntil)}.`, held }
  }
  return { reason: 'none', until: null, words: 'Alerts are announced as they come.', held }
}
