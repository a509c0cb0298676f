import type { AlertKind, AlertRow, AlertState } from '#contract/alerts.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** What names an alert for good: what it is about, of which kind, which occasion. */
export interface AlertKey {
  readonly kind: AlertKind
  /** `ticket 12`, `account 5`, `coverage ID`, `shift ID`, `sign-in zendesk`. */
  readonly subject: string
  readonly instance: string
}

/** How an alert reads. */
export interface AlertWording {
  readonly title: string
  readonly body: string
  readonly why: string
  readonly urgent: boolean
}

/** An alert on its way into the ledger. */
export interface NewAlert extends AlertKey, AlertWording {
  readonly ticketId: number | null
  readonly accountId: number | null
  readonly state: Extract<AlertState, 'listed' | 'held' | 'claimed'>
  /** Why it is held or only listed, in words; null for a claimed one. */
  readonly heldBy: string | null
  readonly dueAt: number
  readonly raisedAt: number
}

/** An alert as the ledger has it. */
export interface StoredAlert extends Omit<AlertRow, 'coverageId'> {
  readonly subject: string
  readonly instance: string
  /** The notice it is or was shown in; null before that. */
  readonly tag: string | null
}

const columns = `id, kind, subject, instance, ticket_id AS ticketId, account_id AS accountId, title, body, why, urgent, state,
  held_by AS heldBy, tag, due_at AS dueAt, raised_at AS raisedAt, shown_at AS shownAt, opened_at AS openedAt,
  dismissed_at AS dismissedAt`

type Row = Omit<StoredAlert, 'urgent'> & { readonly urgent: number }

function toAlert(row: Row): StoredAlert {
  return { ...row, urgent: row.urgent === 1 }
}

/** What of an alert leaves the service. */
export function toAlertRow({ subject, instance: _instance, tag: _tag, ...row }: StoredAlert): AlertRow {
  return { ...row, coverageId: /^coverage (.+)$/s.exec(subject)?.[1] ?? null }
}

/** Whether the ledger has an alert. */
export function isInLedger(db: ReadDb, { subject, kind, instance }: AlertKey): boolean {
  return (
    prepared<[string, string, string], { id: number }>(
      db,
      'SELECT id FROM alerts WHERE subject = ? AND kind = ? AND instance = ?',
    ).get(subject, kind, instance) !== undefined
  )
}

/**
 * Puts alerts into the ledger. Those it has already stay as they are. Belongs into a durable transaction.
 *
 * @returns the ids of the new ones.
 */
export function insertAlerts(db: WriteDb, alerts: readonly NewAlert[]): number[] {
  return alerts.flatMap((alert) => {
    const { changes, lastInsertRowid } = prepared<[NewAlert & { readonly urgent: unknown }]>(
      db,
      `INSERT INTO alerts (kind, subject, instance, ticket_id, account_id, title, body, why, urgent, state, held_by, due_at, raised_at)
       VALUES (:kind, :subject, :instance, :ticketId, :accountId, :title, :body, :why, :urgent, :state, :heldBy, :dueAt, :raisedAt)
       ON CONFLICT (subject, kind, instance) DO NOTHING`,
    ).run({ ...alert, urgent: (alert.urgent ? 1 : 0) as never })
    return changes > 0 ? [Number(lastInsertRowid)] : []
  })
}

/** One alert, or undefined when there is none of that id. */
export function readAlert(db: ReadDb, id: number): StoredAlert | undefined {
  const row = prepared<[number], Row>(db, `SELECT ${columns} FROM alerts WHERE id = ?`).get(id)
  return row && toAlert(row)
}

/** Which alerts are wanted. */
export interface AlertFilter {
  readonly limit: number
  /** Only older ones. */
  readonly beforeId?: number | undefined
  readonly kinds?: readonly AlertKind[] | undefined
  readonly accountId?: number | undefined
  readonly ticketId?: number | undefined
  /** Leaves out what was opened, dismissed or only listed. */
  readonly open: boolean
}

/** Raised alerts, newest first. */
export function listAlerts(
  db: ReadDb,
  { limit, beforeId, kinds, accountId, ticketId, open }: AlertFilter,
): StoredAlert[] {
  return prepared<[object], Row>(
    db,
    `SELECT ${columns} FROM alerts
     WHERE (:beforeId IS NULL OR id < :beforeId)
       AND (:kinds IS NULL OR kind IN (SELECT value FROM json_each(:kinds)))
       AND (:accountId IS NULL OR account_id = :accountId)
       AND (:ticketId IS NULL OR ticket_id = :ticketId)
       AND (:open = 0 OR state IN ('held', 'claimed', 'shown'))
     ORDER BY id DESC LIMIT :limit`,
  )
    .all({
      limit,
      beforeId: beforeId ?? null,
      kinds: kinds ? JSON.stringify(kinds) : null,
      accountId: accountId ?? null,
      ticketId: ticketId ?? null,
      open: open ? 1 : 0,
    })
    .map(toAlert)
}

/** How many announced alerts nobody has opened or dismissed. */
export function countUnopened(db: ReadDb): number {
  return (
    prepared<[], { n: number }>(
      db,
      `SELECT count(*) AS n FROM alerts INDEXED BY alerts_unopened WHERE state = 'shown'`,
    ).get()?.n ?? 0
  )
}

/** How many alerts wait until they may be announced. */
export function countHeld(db: ReadDb): number {
  return (
    prepared<[], { n: number }>(
      db,
      `SELECT count(*) AS n FROM alerts INDEXED BY alerts_waiting WHERE state = 'held' AND state IN ('held', 'claimed')`,
    ).get()?.n ?? 0
  )
}

/** How a page of alerts that are held or claimed is read; by index. */
export const waitingSql = `SELECT ${columns} FROM alerts INDEXED BY alerts_waiting
  WHERE state = ? AND state IN ('held', 'claimed') AND (raised_at, id) > (?, ?) ORDER BY raised_at, id LIMIT ?`

/** Where a page of waiting alerts begins. */
export interface WaitingFrom {
  readonly raisedAt: number
  readonly id: number
}

/** Where the first page of waiting alerts begins. */
export const firstWaiting: WaitingFrom = { raisedAt: Number.MIN_SAFE_INTEGER, id: 0 }

/** Alerts that are held or claimed, in the order they were raised. */
export function waitingAlerts(
  db: ReadDb,
  state: 'held' | 'claimed',
  { raisedAt, id }: WaitingFrom,
  limit: number,
): StoredAlert[] {
  return prepared<[string, number, number, number], Row>(db, waitingSql).all(state, raisedAt, id, limit).map(toAlert)
}

/** Whether any alert is held or claimed. */
export function hasWaiting(db: ReadDb, state: 'held' | 'claimed'): boolean {
  return waitingAlerts(db, state, firstWaiting, 1).length > 0
}

/** The alerts of a ticket, oldest first. */
export function alertsOfTicket(db: ReadDb, ticketId: number): StoredAlert[] {
  return prepared<[number], Row>(
    db,
    `SELECT ${columns} FROM alerts INDEXED BY alerts_ticket WHERE ticket_id = ? ORDER BY id`,
  )
    .all(ticketId)
    .map(toAlert)
}

/** Alerts that were shown since an instant, oldest first; those the clock puts into the future are left out. */
export function shownBetween(db: ReadDb, since: number, now: number): StoredAlert[] {
  return prepared<[number, number], Row>(
    db,
    `SELECT ${columns} FROM alerts INDEXED BY alerts_shown WHERE shown_at > ? AND shown_at <= ? ORDER BY shown_at, id`,
  )
    .all(since, now)
    .map(toAlert)
}

/** The alerts of a ticket that are held or claimed, oldest first. */
export function waitingOfTicket(db: ReadDb, ticketId: number): StoredAlert[] {
  return alertsOfTicket(db, ticketId).filter(({ state }) => state === 'held' || state === 'claimed')
}

/** An alert that is held or claimed, or undefined. */
export function findWaiting(db: ReadDb, { subject, kind, instance }: AlertKey): StoredAlert | undefined {
  const row = prepared<[string, string, string], Row>(
    db,
    `SELECT ${columns} FROM alerts WHERE subject = ? AND kind = ? AND instance = ? AND state IN ('held', 'claimed')`,
  ).get(subject, kind, instance)
  return row && toAlert(row)
}

/** The alerts of an account that are held or claimed. */
export function waitingOfAccount(db: ReadDb, accountId: number): StoredAlert[] {
  return prepared<[number], Row>(
    db,
    `SELECT ${columns} FROM alerts INDEXED BY alerts_waiting WHERE state IN ('held', 'claimed') AND account_id = ? ORDER BY id`,
  )
    .all(accountId)
    .map(toAlert)
}

/** Lists what was held or claimed, with the reason; it is not announced any more. */
export function listInstead(db: WriteDb, id: number, words: string): void {
  prepared<[string, number]>(
    db,
    `UPDATE alerts SET state = 'listed', held_by = ? WHERE id = ? AND state IN ('held', 'claimed')`,
  ).run(words, id)
}

/** Goes on holding what is held, for another reason. */
export function holdFor(db: WriteDb, id: number, words: string): void {
  prepared<[string, number]>(db, `UPDATE alerts SET held_by = ? WHERE id = ? AND state = 'held'`).run(words, id)
}

/** Claims what was held, in words of today. */
export function claimHeld(db: WriteDb, id: number, { title, body, why, urgent }: AlertWording): void {
  prepared<unknown[]>(
    db,
    `UPDATE alerts SET state = 'claimed', title = ?, body = ?, why = ?, urgent = ? WHERE id = ? AND state = 'held'`,
  ).run(title, body, why, urgent ? 1 : 0, id)
}

/** Notes under which notice claimed alerts are about to be shown. */
export function putUnderTag(db: WriteDb, ids: readonly number[], tag: string): void {
  for (const id of ids) prepared<[string, number]>(db, 'UPDATE alerts SET tag = ? WHERE id = ?').run(tag, id)
}

/** Notes that claimed alerts have been put before the person. */
export function markShown(db: WriteDb, ids: readonly number[], at: number): void {
  for (const id of ids) {
    prepared<[number, number]>(
      db,
      `UPDATE alerts SET state = 'shown', shown_at = ?, held_by = NULL WHERE id = ? AND state = 'claimed'`,
    ).run(at, id)
  }
}

/** Notes that the person followed an alert. Returns false when there is no such alert. */
export function markOpened(db: WriteDb, id: number, at: number): boolean {
  return durably(db, () => {
    const { changes } = prepared<[number, number]>(
      db,
      `UPDATE alerts SET state = 'opened', opened_at = coalesce(opened_at, ?) WHERE id = ?`,
    ).run(at, id)
    return changes > 0
  })
}

/** Puts alerts away; those that were only listed stay as they are. Returns the ids of those it changed. */
export function dismissAlerts(db: WriteDb, ids: readonly number[], at: number): number[] {
  return durably(db, () =>
    ids.filter(
      (id) =>
        prepared<[number, number]>(
          db,
          `UPDATE alerts SET state = 'dismissed', dismissed_at = ? WHERE id = ? AND state NOT IN ('listed', 'dismissed')`,
        ).run(at, id).changes > 0,
    ),
  )
}

/** Brings back what was put away: one that was never announced waits again. Returns the ids of those it changed. */
export function undismissAlerts(db: WriteDb, ids: readonly number[]): number[] {
  return durably(db, () =>
    ids.filter(
      (id) =>
        prepared<[number]>(
          db,
          `UPDATE alerts SET dismissed_at = NULL,
             state = CASE WHEN opened_at IS NOT NULL THEN 'opened' WHEN shown_at IS NOT NULL THEN 'shown' ELSE 'held' END
           WHERE id = ? AND state = 'dismissed'`,
        ).run(id).changes > 0,
    ),
  )
}

/** Makes new alerts get ids above this one, so that none has the id of one that was shown before the database was restored. */
export function keepIdsAbove(db: WriteDb, id: number): void {
  prepared<[]>(
    db,
    `INSERT INTO sqlite_sequence (name, seq) SELECT 'alerts', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'alerts')`,
  ).run()
  prepared<[number, number]>(db, `UPDATE sqlite_sequence SET seq = ? WHERE name = 'alerts' AND seq < ?`).run(id, id)
}

/** Holds what was claimed and certainly not shown. */
export function holdInstead(db: WriteDb, id: number, words: string): void {
  prepared<[string, number]>(
    db,
    `UPDATE alerts SET state = 'held', held_by = ? WHERE id = ? AND state = 'claimed' AND tag IS NULL`,
  ).run(words, id)
}

/** Alerts that were shown under a tag since an instant and that nobody has opened or dismissed, oldest first. */
export function alertsUnderTag(db: ReadDb, tag: string, since: number): StoredAlert[] {
  return prepared<[number, string], Row>(
    db,
    `SELECT ${columns} FROM alerts INDEXED BY alerts_shown
     WHERE shown_at >= ? AND shown_at IS NOT NULL AND tag = ? AND state = 'shown' ORDER BY shown_at, id`,
  )
    .all(since, tag)
    .map(toAlert)
}
