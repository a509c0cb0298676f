import type { DataRemoval } from '#core/customer-data/kept-accounts.ts'
import type { RemovedCounts } from '#core/customer-data/removal-words.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** What is stored of the removal of an account's data. */
export interface StoredRemoval extends DataRemoval {
  readonly accountName: string
  /** When the coverage ended that it was kept for. */
  readonly endedAt: number
  readonly removed: RemovedCounts
  /** It is under way, or was cut off. */
  readonly underWay: boolean
  /** How much was found when it was looked for afterwards; null before. */
  readonly left: number | null
}

const none: RemovedCounts = { tickets: 0, messages: 0, people: 0 }

/** Everything that was ordered or done about customers' data, by account. */
export function readRemovals(db: ReadDb): StoredRemoval[] {
  type Row = Omit<StoredRemoval, 'followed' | 'removed' | 'underWay'> & {
    readonly followed: number
    readonly removed: string
    readonly underWay: number
  }
  return prepared<[], Row>(
    db,
    `SELECT account_id AS accountId, account_name AS accountName, ended_at AS endedAt, keep_until AS keepUntil,
            removed_at AS removedAt, followed, removed, ticket_ids IS NOT NULL AS underWay, remains AS left
     FROM data_removals ORDER BY account_id`,
  )
    .all()
    .map(({ followed, removed, underWay, ...row }) => ({
      ...row,
      followed: followed === 1,
      removed: { ...none, ...(JSON.parse(removed) as Partial<RemovedCounts>) },
      underWay: underWay === 1,
    }))
}

/** Whether data of any account was removed; asked for each page that is read. */
export function hasRemovals(db: ReadDb): boolean {
  return (
    prepared<[], object>(db, 'SELECT 1 FROM data_removals WHERE removed_at IS NOT NULL LIMIT 1').get() !== undefined
  )
}

/** The tickets of a removal that is under way. */
export function ticketsUnderWay(db: ReadDb, accountId: number): readonly number[] {
  const row = prepared<[number], { ids: string | null }>(
    db,
    'SELECT ticket_ids AS ids FROM data_removals WHERE account_id = ?',
  ).get(accountId)
  return JSON.parse(row?.ids ?? '[]') as number[]
}

/** An account whose data is kept for a coverage that ended. */
export interface KeptFor {
  readonly accountId: number
  readonly accountName: string
  readonly endedAt: number
}

/** Keeps the data of an account until an instant, ms; on disk when this answers. */
export function storeKeepUntil(db: WriteDb, { accountId, accountName, endedAt }: KeptFor, keepUntil: number): void {
  durably(db, () => {
    prepared<[number, string, number, number]>(
      db,
      `INSERT INTO data_removals (account_id, account_name, ended_at, keep_until) VALUES (?, ?, ?, ?)
       ON CONFLICT (account_id) DO UPDATE SET keep_until = excluded.keep_until`,
    ).run(accountId, accountName, endedAt, keepUntil)
  })
}

/**
 * Notes that the data of an account is being removed from `at` on, and which tickets; what an earlier removal left as proof is overwritten.
 * Belongs into the transaction that found them.
 */
export function beginRemoval(
  db: WriteDb,
  { accountId, accountName, endedAt }: KeptFor,
  ticketIds: readonly number[],
  at: number,
): void {
  prepared<[number, string, number, number, string]>(
    db,
    `INSERT INTO data_removals (account_id, account_name, ended_at, removed_at, ticket_ids) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (account_id) DO UPDATE SET account_name = excluded.account_name, ended_at = excluded.ended_at,
       keep_until = NULL, removed_at = excluded.removed_at, followed = 0, removed = '{}',
       ticket_ids = excluded.ticket_ids, remains = NULL`,
  ).run(accountId, accountName, endedAt, at, JSON.stringify(ticketIds))
}

/** Goes on with a removal that was done: what stayed then, and need not any more, goes as well. */
export function extendRemoval(db: WriteDb, accountId: number, ticketIds: readonly number[]): void {
  prepared<[string, number]>(db, 'UPDATE data_removals SET ticket_ids = ? WHERE account_id = ?').run(
    JSON.stringify(ticketIds),
    accountId,
  )
}

/** Adds to what a removal has removed; belongs into the transaction of that. */
export function addRemoved(db: WriteDb, accountId: number, added: Partial<RemovedCounts>): void {
  for (const [what, count] of Object.entries(added)) {
    if (count === 0) continue
    const path = `$.${what}`
    prepared<[string, string, number, number]>(
      db,
      `UPDATE data_removals SET removed = json_set(removed, ?, coalesce(json_extract(removed, ?), 0) + ?) WHERE account_id = ?`,
    ).run(path, path, count, accountId)
  }
}

/** Notes that it was looked for what a removal left, and how much was found; on disk when this answers. */
export function endRemoval(db: WriteDb, accountId: number, left: number): void {
  durably(db, () => {
    prepared<[number, number]>(db, 'UPDATE data_removals SET remains = ?, ticket_ids = NULL WHERE account_id = ?').run(
      left,
      accountId,
    )
  })
}

/** Notes that somebody chose to follow an account again whose data was removed. */
export function noteFollowedAgain(db: WriteDb, accountId: number): void {
  prepared<[number]>(db, 'UPDATE data_removals SET followed = 1 WHERE account_id = ? AND removed_at IS NOT NULL').run(
    accountId,
  )
}
