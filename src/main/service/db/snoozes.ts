import { z } from 'zod'
import { snoozeUntil, type SnoozeUntil } from '#contract/alerts.ts'
import { readFact, writeFact } from './facts.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** A ticket that keeps still. */
export interface StoredSnooze {
  readonly ticketId: number
  readonly until: SnoozeUntil
  /** When it wakes by the clock; null while only what happens to it wakes it. */
  readonly wakeAt: number | null
  readonly since: number
}

interface Row {
  readonly ticketId: number
  readonly until: string
  readonly wakeAt: number | null
  readonly since: number
}

const columns = 'ticket_id AS ticketId, until, wake_at AS wakeAt, since'

function toSnooze({ until, ...row }: Row): StoredSnooze {
  return { ...row, until: snoozeUntil.parse(JSON.parse(until)) }
}

/** Every ticket that keeps still, the latest first. */
export function readSnoozes(db: ReadDb): StoredSnooze[] {
  return prepared<[], Row>(db, `SELECT ${columns} FROM snoozes ORDER BY since DESC, ticket_id`).all().map(toSnooze)
}

/** How a ticket keeps still, or undefined. */
export function findSnooze(db: ReadDb, ticketId: number): StoredSnooze | undefined {
  const row = prepared<[number], Row>(db, `SELECT ${columns} FROM snoozes WHERE ticket_id = ?`).get(ticketId)
  return row && toSnooze(row)
}

/** Tickets whose time to wake has come, and those that were snoozed in the future: the clock was set back since. */
export function snoozesDue(db: ReadDb, now: number): StoredSnooze[] {
  const columnsOf = (where: string) => `SELECT ${columns} FROM snoozes ${where}`
  return prepared<[number, number], Row>(
    db,
    `${columnsOf('INDEXED BY snoozes_wake WHERE wake_at <= ?')} UNION ${columnsOf('WHERE since > ?')}`,
  )
    .all(now, now)
    .map(toSnooze)
}

/** When the first snoozed ticket wakes by the clock; null when none does. */
export function nextSnoozeWake(db: ReadDb): number | null {
  return (
    prepared<[], { at: number | null }>(
      db,
      'SELECT min(wake_at) AS at FROM snoozes INDEXED BY snoozes_wake WHERE wake_at IS NOT NULL',
    ).get()?.at ?? null
  )
}

/** Lets a ticket keep still; what was asked for it before is forgotten. */
export function storeSnooze(db: WriteDb, { ticketId, until, wakeAt, since }: StoredSnooze): void {
  prepared<[number, string, number | null, number]>(
    db,
    `INSERT INTO snoozes (ticket_id, until, wake_at, since) VALUES (?, ?, ?, ?)
     ON CONFLICT (ticket_id) DO UPDATE SET until = excluded.until, wake_at = excluded.wake_at, since = excluded.since`,
  ).run(ticketId, JSON.stringify(until), wakeAt, since)
}

/** Ends a snooze. Returns whether there was one. */
export function removeSnooze(db: WriteDb, ticketId: number): boolean {
  return prepared<[number]>(db, 'DELETE FROM snoozes WHERE ticket_id = ?').run(ticketId).changes > 0
}

/** Accounts of which nothing is announced. */
export function mutedAccounts(db: ReadDb): number[] {
  return prepared<[], { id: number }>(db, 'SELECT account_id AS id FROM muted_accounts ORDER BY account_id')
    .all()
    .map(({ id }) => id)
}

/** Mutes an account from an instant on, or unmutes it. */
export function setMuted(db: WriteDb, accountId: number, since: number | null): void {
  if (since === null) prepared<[number]>(db, 'DELETE FROM muted_accounts WHERE account_id = ?').run(accountId)
  else {
    prepared<[number, number]>(
      db,
      'INSERT INTO muted_accounts (account_id, since) VALUES (?, ?) ON CONFLICT (account_id) DO NOTHING',
    ).run(accountId, since)
  }
}

/** A stretch in which nothing is announced because somebody said so. */
export interface Stillness {
  readonly since: number
  readonly until: number
}

const stillness = z.object({ since: z.number(), until: z.number() }).nullable()

/** What can be ordered to be still: a pause, or a meeting that runs. */
export type StillnessName = 'pause' | 'meeting'

/** The pause or meeting that runs at `now`, or null. One that began in the future is from before the clock was set back. */
export function readStillness(db: ReadDb, name: StillnessName, now: number): Stillness | null {
  const found = readFact(db, 'alerts', name, stillness)
  return found && found.since <= now && now < found.until ? found : null
}

/** Begins a pause or a meeting, or ends it with null. */
export function storeStillness(db: WriteDb, name: StillnessName, value: Stillness | null, now: number): void {
  writeFact(db, 'alerts', name, value, now)
}
