import {
  burstMs,
  digestOf,
  noticesFor,
  noticeUnder,
  tagOf,
  type AlertNotice,
  type ShownAlert,
  type ShownBefore,
} from '#core/alerts/notices.ts'
import {
  alertsOfTicket,
  alertsUnderTag,
  firstWaiting,
  markShown,
  putUnderTag,
  readAlert,
  shownBetween,
  waitingAlerts,
  type StoredAlert,
  type WaitingFrom,
} from '../db/alerts.ts'
import { transaction } from '../db/sql.ts'
import type { NoticeAction } from '../ports.ts'
import type { JournalLine } from './journal.ts'
import type { Look } from './look.ts'

/** What held alerts back until now. */
export type Waited = 'quiet-hours' | 'pause' | 'meeting'

/** That what held alerts back ended: what was raised before came to wait for it. */
export interface WaitOver {
  readonly for: Waited
  readonly at: number
}

const pageSize = 200
const dayMs = 86_400_000

/**
 * Puts what is claimed before the person: under one tag that is on disk first, then shown, then remembered in the journal and the ledger.
 * After a crash in between it is shown again under the same tag.
 *
 * @param over what alerts of earlier looks waited for; they come as one. Null: nothing ended.
 * @returns the notices; a door without any of its own has yet to show them.
 */
export async function showClaimed(look: Look, over: WaitOver | null): Promise<AlertNotice[]> {
  const { parts, situation } = look
  const claimed = await allClaimed(look)
  if (claimed.length === 0) return []
  const plan = planNotices(look, claimed, over)
  for (const notice of plan.notices) await putUnder(look, notice)
  const told: AlertNotice[] = []
  for (const notice of plan.notices) {
    // Since they were read others had their turn: a person may have opened or dismissed some in the window.
    if (!isWanted(look, notice)) continue
    told.push(notice)
    if (parts.notifier.native) showNatively(look, notice)
  }
  if (parts.notifier.native) for (const tag of plan.close) parts.notifier.close(tag)
  await remember(look, claimed)
  await inPages(look, claimed, (page) => {
    const ids = page.map(({ id }) => id)
    // Lost in a power cut, it is shown again under the same tag.
    transaction(parts.db, () => markShown(parts.db, ids, situation.now))
    for (const id of ids) look.touched.add(id)
  })
  return told
}

/** Whether anything of a notice still has to be told. */
function isWanted({ parts }: Look, { alertIds }: AlertNotice): boolean {
  return alertIds.some((id) => {
    const state = readAlert(parts.db, id)?.state
    return state === 'claimed' || state === 'shown'
  })
}

/** Shows nothing and remembers in the journal what a person's word keeps from being shown, for good. */
export async function rememberSilenced(look: Look): Promise<void> {
  await remember(
    look,
    [...look.silenced].flatMap((id) => readAlert(look.parts.db, id) ?? []),
  )
}

async function remember({ parts, situation }: Look, alerts: readonly StoredAlert[]): Promise<void> {
  try {
    await parts.journal.append(alerts.map((alert) => toJournalLine(alert, situation.now)))
  } catch (error) {
    // The ledger has them; only a restored database would not.
    parts.log.warn({ err: error }, 'alerts could not be written into the journal')
  }
}

/** What the journal keeps of an alert. */
export function toJournalLine(alert: StoredAlert, at: number): JournalLine {
  const { id, kind, subject, instance, ticketId, accountId, title, dueAt } = alert
  return { id, kind, subject, instance, ticketId, accountId, title, dueAt, at }
}

async function allClaimed(look: Look): Promise<StoredAlert[]> {
  const claimed: StoredAlert[] = []
  let from: WaitingFrom = firstWaiting
  for (;;) {
    const page = waitingAlerts(look.parts.db, 'claimed', from, pageSize)
    const [end] = page.slice(-1)
    if (!end) return claimed
    from = end
    claimed.push(...page)
    await look.giveWay()
  }
}

interface NoticePlan {
  readonly notices: AlertNotice[]
  /** Tags of notices that others take the place of. */
  readonly close: readonly string[]
}

function planNotices(look: Look, claimed: readonly StoredAlert[], over: WaitOver | null): NoticePlan {
  const { db } = look.parts
  const { now } = look.situation
  const toShown = (alerts: readonly StoredAlert[]) => alerts.map((alert) => toShownAlert(alert, look))
  const again = [...Map.groupBy(claimed.filter(isTagged), ({ tag }) => tag)].flatMap(([tag, alerts]) => {
    const already = alertsUnderTag(db, tag, now - dayMs)
    return noticeUnder(tag, toShown([...already, ...alerts])) ?? []
  })
  const untagged = claimed.filter((alert) => !isTagged(alert))
  const isReleased = ({ raisedAt }: StoredAlert) => over !== null && raisedAt < over.at
  const digest = over === null ? null : digestOf(toShown(untagged.filter(isReleased)), over.for)
  const fresh = untagged.filter((alert) => !isReleased(alert))
  const shownNow: ShownBefore[] = [...again, ...(digest ? [digest] : [])].map(({ tag, alertIds }) => {
    const ids = new Set(alertIds)
    return { tag, at: now, alerts: toShown(claimed.filter(({ id }) => ids.has(id))) }
  })
  const burst = noticesFor(toShown(fresh), [...shownLately(look), ...shownNow])
  const replaced = new Set([...burst.close, ...burst.show.map(({ tag }) => tag)])
  return {
    notices: [...again, ...(digest ? [digest] : []), ...burst.show].filter(
      (notice) => burst.show.includes(notice) || !replaced.has(notice.tag),
    ),
    close: [...burst.close, ...earlierWarnings(look, fresh)],
  }
}

/** Tags under which the latest warnings stand of clocks that are warned of anew, or have ended. */
function earlierWarnings({ parts }: Look, fresh: readonly StoredAlert[]): string[] {
  return fresh.flatMap(({ kind, ticketId, instance }) => {
    if (ticketId === null || (kind !== 'breach-coming' && kind !== 'breached')) return []
    const before = alertsOfTicket(parts.db, ticketId).findLast(
      (one) =>
        one.kind === 'breach-coming' &&
        one.state === 'shown' &&
        one.tag === tagOf(one.id) &&
        clockOf(one.instance) === clockOf(instance),
    )
    return before ? [tagOf(before.id)] : []
  })
}

/** Which clock an alert is of, by its instance: `first_reply_time@1764000000000-30m`. */
function clockOf(instance: string): string {
  return instance.replace(/-\d+m$/, '')
}

function isTagged(alert: StoredAlert): alert is StoredAlert & { readonly tag: string } {
  return alert.tag !== null
}

/** What was shown within the last minute and nobody has opened or dismissed. */
function shownLately(look: Look): ShownBefore[] {
  const { now } = look.situation
  const lately = shownBetween(look.parts.db, now - burstMs, now).filter(({ state }) => state === 'shown')
  return [...Map.groupBy(lately, ({ tag }) => tag ?? '')].map(([tag, alerts]) => ({
    tag,
    at: alerts.at(-1)?.shownAt ?? now,
    alerts: alerts.map((alert) => toShownAlert(alert, look)),
  }))
}

function toShownAlert(
  { id, kind, title, body, why, urgent, ticketId, accountId }: StoredAlert,
  { situation }: Look,
): ShownAlert {
  const account = situation.roster.accounts.find((one) => one.id === accountId)?.name ?? null
  return { id, kind, title, body, why, urgent, ticketId, account }
}

async function putUnder(look: Look, { alertIds, tag }: AlertNotice): Promise<void> {
  const { db } = look.parts
  await inPages(look, alertIds, (page) => transaction(db, () => putUnderTag(db, page, tag)))
}

async function inPages<Item>(look: Look, items: readonly Item[], work: (page: readonly Item[]) => void): Promise<void> {
  for (let start = 0; start < items.length; start += pageSize) {
    await look.breathe()
    work(items.slice(start, start + pageSize))
  }
}

const dismiss: NoticeAction = { id: 'dismiss', words: 'Dismiss' }
const snooze: NoticeAction = { id: 'snooze', words: 'Snooze 1 h' }

function showNatively({ parts }: Look, notice: AlertNotice): void {
  const { tag, title, body, urgent, ticketId } = notice
  const actions = ticketId === null ? [dismiss] : [snooze, dismiss]
  parts.notifier.show(
    { tag, title, body, urgent, actions },
    { onOpen: () => parts.onNotice(notice, 'open'), onAction: (id) => parts.onNotice(notice, id) },
  )
}
