import type { OutboxEntry, OutboxState } from '#contract/outbox.ts'
import type { ConflictSide } from '#core/outbox/judge-wish.ts'
import { whatCustomerSees } from '#core/outbox/preview-wish.ts'
import type { ChangeableFields, Wish } from '#core/outbox/wish.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** What was so before a change: the touched fields; of a note that was sent, the messages that were there before it. */
export type OutboxBefore = Partial<ChangeableFields> & { readonly messages?: readonly number[] }

/** A change in the outbox as it is stored. */
export interface OutboxRow {
  readonly id: number
  readonly wish: Wish
  /** Who pressed the button. */
  readonly byId: number
  readonly subject: string
  readonly words: string
  readonly stamp: number
  readonly before: OutboxBefore
  readonly state: OutboxState
  readonly attempts: number
  readonly jobId: string | null
  readonly problem: string | null
  readonly conflict: readonly ConflictSide[] | null
  readonly createdAt: number
  /** When it was last handed to the network; null while it certainly was not carried out. */
  readonly sendingAt: number | null
  /** The ticket's `updated_at` at the first sending that may have arrived. */
  readonly sentStamp: number | null
  readonly commentId: number | null
  readonly sentAt: number | null
  readonly settledAt: number | null
}

/** A change as it is put into the outbox. */
export type NewOutboxRow = Pick<OutboxRow, 'wish' | 'byId' | 'subject' | 'words' | 'stamp' | 'before' | 'createdAt'>

/** What can be written to a row after it was put there. */
export type OutboxChanges = Partial<
  Pick<
    OutboxRow,
    | 'before'
    | 'state'
    | 'attempts'
    | 'jobId'
    | 'problem'
    | 'conflict'
    | 'sendingAt'
    | 'sentStamp'
    | 'commentId'
    | 'sentAt'
    | 'settledAt'
  >
>

const columnNames = {
  before: 'before',
  state: 'state',
  attempts: 'attempts',
  jobId: 'job_id',
  problem: 'problem',
  conflict: 'conflict',
  sendingAt: 'sending_at',
  sentStamp: 'sent_stamp',
  commentId: 'comment_id',
  sentAt: 'sent_at',
  settledAt: 'settled_at',
} as const satisfies Record<keyof OutboxChanges, string>

type StoredRow = Omit<OutboxRow, 'wish' | 'before' | 'conflict'> & {
  readonly intent: string
  readonly before: string
  readonly conflict: string | null
}

const select = `
  SELECT id, intent, by_id AS byId, subject, words, stamp, before, state, attempts, job_id AS jobId, problem, conflict,
         created_at AS createdAt, sending_at AS sendingAt, sent_stamp AS sentStamp, comment_id AS commentId,
         sent_at AS sentAt, settled_at AS settledAt
  FROM outbox`

function toRow({ intent, ...row }: StoredRow): OutboxRow {
  return {
    ...row,
    wish: JSON.parse(intent) as Wish,
    before: JSON.parse(row.before) as OutboxBefore,
    conflict: row.conflict === null ? null : (JSON.parse(row.conflict) as ConflictSide[]),
  }
}

/** Puts changes into the outbox, on disk when this returns. Returns their ids in the same order. */
export function insertOutboxRows(db: WriteDb, rows: readonly NewOutboxRow[]): number[] {
  return durably(db, () =>
    rows.map(({ wish, byId, subject, words, stamp, before, createdAt }) =>
      Number(
        prepared<unknown[]>(
          db,
          `INSERT INTO outbox (kind, ticket_id, intent, by_id, subject, words, stamp, before, state, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)`,
        ).run(
          wish.kind,
          wish.ticketId,
          JSON.stringify(wish),
          byId,
          subject,
          words,
          stamp,
          JSON.stringify(before),
          createdAt,
        ).lastInsertRowid,
      ),
    ),
  )
}

/**
 * Writes to a row, unless it is in another state than the caller believes: somebody took it back, or another run was faster.
 * Belongs into `durably`, like everything that decides whether a change is sent.
 *
 * @returns whether it was written.
 */
export function updateOutboxRow(db: WriteDb, row: Pick<OutboxRow, 'id' | 'state'>, changes: OutboxChanges): boolean {
  const names = (Object.keys(changes) as (keyof OutboxChanges)[]).toSorted()
  if (names.length === 0) return true
  const values = names.map((name) =>
    (name === 'before' || name === 'conflict') && changes[name] != null ? JSON.stringify(changes[name]) : changes[name],
  )
  const { changes: written } = prepared<unknown[]>(
    db,
    `UPDATE outbox SET ${names.map((name) => `${columnNames[name]} = ?`).join(', ')} WHERE id = ? AND state = ?`,
  ).run(...values, row.id, row.state)
  return written > 0
}

/** One row, or undefined when there is none of that id. */
export function readOutboxRow(db: ReadDb, id: number): OutboxRow | undefined {
  const row = prepared<[number], StoredRow>(db, `${select} WHERE id = ?`).get(id)
  return row && toRow(row)
}

/** Changes that are still to be made or to be seen in Zendesk, in the order they were pressed. */
export function movingOutboxRows(db: ReadDb): OutboxRow[] {
  return prepared<[], StoredRow>(
    db,
    `${select} WHERE state NOT IN ('verified', 'discarded') AND state IN ('queued', 'sending', 'sent') ORDER BY id`,
  )
    .all()
    .map(toRow)
}

/** The same for one ticket. */
export function movingOutboxRowsOf(db: ReadDb, ticketId: number): OutboxRow[] {
  return prepared<[number], StoredRow>(
    db,
    `${select} WHERE ticket_id = ? AND state IN ('queued', 'sending', 'sent') ORDER BY id`,
  )
    .all(ticketId)
    .map(toRow)
}

/** Messages of a ticket that notes of the outbox became, each claimed by one of them. */
export function claimedMessages(db: ReadDb, ticketId: number): Set<number> {
  const rows = prepared<[number], { id: number }>(
    db,
    'SELECT comment_id AS id FROM outbox WHERE ticket_id = ? AND comment_id IS NOT NULL',
  ).all(ticketId)
  return new Set(rows.map((row) => row.id))
}

/** Changes as a window shows them, newest first. */
export function listOutbox(db: ReadDb, filter: { readonly limit: number; readonly unsettled: boolean }): OutboxEntry[] {
  const where = filter.unsettled ? `WHERE state NOT IN ('verified', 'discarded')` : ''
  return prepared<[number], StoredRow>(db, `${select} ${where} ORDER BY id DESC LIMIT ?`)
    .all(filter.limit)
    .map((row) => toOutboxEntry(toRow(row)))
}

/** How many changes are on their way, and how many need a person. */
export function countOutbox(db: ReadDb): { readonly waiting: number; readonly needMe: number } {
  const rows = prepared<[], { state: string; n: number }>(
    db,
    `SELECT state, count(*) AS n FROM outbox WHERE state NOT IN ('verified', 'discarded') GROUP BY state`,
  ).all()
  const count = (...states: readonly string[]) =>
    rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.n, 0)
  return { waiting: count('queued', 'sending', 'sent'), needMe: count('failed', 'conflict') }
}

/** A row as the contract has it. */
export function toOutboxEntry(row: OutboxRow): OutboxEntry {
  const { wish } = row
  const intent: OutboxEntry['intent'] =
    wish.kind === 'tags' ? { ...wish, add: [...wish.add], remove: [...wish.remove] } : { ...wish }
  return {
    id: row.id,
    intent,
    subject: row.subject,
    words: row.words,
    customerSees: { ...whatCustomerSees(wish, row.byId) },
    state: row.state,
    problem: row.problem,
    conflict: row.conflict?.map((side) => ({ ...side })) ?? null,
    attempts: row.attempts,
    createdAt: row.createdAt,
    sentAt: row.sentAt,
    settledAt: row.settledAt,
  }
}

/** A stored ticket as far as changes to it are concerned. */
export type ChangeableTicket = ChangeableFields & {
  readonly id: number
  readonly organizationId: number | null
  readonly subject: string
  readonly status: string
  readonly updatedAt: number
  readonly fetchedAt: number
  readonly fate: string | null
  readonly mergedInto: number | null
}

/** One stored ticket, or undefined when it is not stored. */
export function readChangeableTicket(db: ReadDb, id: number): ChangeableTicket | undefined {
  type Row = Omit<ChangeableTicket, 'ccIds' | 'followerIds' | 'tags'> & {
    readonly ccIds: string
    readonly followerIds: string
    readonly tags: string
  }
  const row = prepared<[number], Row>(
    db,
    `SELECT id, organization_id AS organizationId, subject, status, assignee_id AS assigneeId, group_id AS groupId,
            cc_ids AS ccIds, follower_ids AS followerIds, tags, updated_at AS updatedAt, fetched_at AS fetchedAt, fate,
            merged_into AS mergedInto
     FROM tickets WHERE id = ?`,
  ).get(id)
  return (
    row && {
      ...row,
      ccIds: JSON.parse(row.ccIds) as number[],
      followerIds: JSON.parse(row.followerIds) as number[],
      tags: JSON.parse(row.tags) as string[],
    }
  )
}

/** A user by id, met on tickets or known as a colleague; undefined when nobody has met them. */
export function readUser(db: ReadDb, id: number): { readonly name: string; readonly role: string | null } | undefined {
  return prepared<[number, number], { name: string; role: string | null }>(
    db,
    'SELECT name, role FROM users WHERE id = ? UNION ALL SELECT name, NULL FROM people WHERE id = ? LIMIT 1',
  ).get(id, id)
}
