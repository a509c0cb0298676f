import type { OutboxEntry, OutboxState } from '#contract/outbox.ts'
import type { ConflictSide } from '#core/outbox/judge-wish.ts'
import { whatCustomerSees, type CustomerSees } from '#core/outbox/preview-wish.ts'
import type { ChangeableFields, Wish } from '#core/outbox/wish.ts'
import type { IssueFields, SeenFile } from '#core/outbox/work-judge.ts'
import { targetOf, type WorkWish } from '#core/outbox/work-wish.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** What was so before a change: the touched fields; of a note that was sent, the messages that were there before it. */
export type OutboxBefore = Partial<ChangeableFields> & { readonly messages?: readonly number[] }

/** What was so before a change in GitLab, and how far one that takes several steps has come. */
export type WorkBefore = Partial<IssueFields> & {
  /** The file as the person saw it; null: there was none. */
  readonly file?: SeenFile | null
  /** Number of the issue that was opened. */
  readonly iid?: number
  /** The note that was written. */
  readonly noteId?: number
  /** The board that was made. */
  readonly boardId?: number
  /** What of an order of several steps GitLab did not do, in words. */
  readonly short?: string
  /** Steps that were tried and are not to be tried again. */
  readonly tried?: readonly string[]
  /** Whether the answer to the change showed it. */
  readonly shown?: boolean
}

/** A change in the outbox as it is stored. */
interface StoredChange {
  readonly id: number
  /** Who pressed the button: a Zendesk user id, or of changes in GitLab a GitLab one. */
  readonly byId: number
  readonly subject: string
  readonly words: string
  readonly stamp: number
  readonly state: OutboxState
  readonly attempts: number
  readonly jobId: string | null
  readonly problem: string | null
  readonly conflict: readonly ConflictSide[] | null
  readonly createdAt: number
  /** When it was last handed to the network; null while it certainly was not carried out. */
  readonly sendingAt: number | null
  /**
   * At the first sending that may have arrived: the `updated_at` of the ticket or issue, or of what is made in GitLab, the time here.
   */
  readonly sentStamp: number | null
  readonly commentId: number | null
  readonly sentAt: number | null
  readonly settledAt: number | null
}

/** A change to a ticket. */
export interface OutboxRow extends StoredChange {
  readonly host: 'zendesk'
  readonly wish: Wish
  readonly before: OutboxBefore
}

/** A change in GitLab. */
export interface WorkRow extends StoredChange {
  readonly host: 'gitlab'
  readonly wish: WorkWish
  readonly before: WorkBefore
  /** Changes of one target are made in the order pressed. */
  readonly target: string
  /** Names this very order, in what it makes. */
  readonly marker: string
  readonly url: string | null
  readonly customerSees: CustomerSees
}

/** A change in either. */
export type AnyRow = OutboxRow | WorkRow

type OfNew = 'wish' | 'byId' | 'subject' | 'words' | 'stamp' | 'before' | 'createdAt' | 'host'

/** A change to a ticket as it is put into the outbox. */
export type NewOutboxRow = Pick<OutboxRow, OfNew>

/** A change in GitLab as it is put into the outbox. */
export type NewWorkRow = Pick<WorkRow, OfNew | 'marker' | 'url' | 'customerSees'>

/** What can be written to a row after it was put there. */
export type OutboxChanges = Partial<
  Pick<
    StoredChange,
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
> & { readonly before?: OutboxBefore | WorkBefore; readonly url?: string | null }

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
  url: 'url',
} as const satisfies Record<keyof OutboxChanges, string>

interface SqlRow extends Omit<StoredChange, 'conflict'> {
  readonly host: AnyRow['host']
  readonly intent: string
  readonly before: string
  readonly conflict: string | null
  readonly target: string
  readonly marker: string | null
  readonly url: string | null
  readonly customerSees: string | null
}

const select = `
  SELECT id, host, intent, by_id AS byId, subject, words, stamp, before, state, attempts, job_id AS jobId, problem,
         conflict, created_at AS createdAt, sending_at AS sendingAt, sent_stamp AS sentStamp, comment_id AS commentId,
         sent_at AS sentAt, settled_at AS settledAt, target, marker, url, customer_sees AS customerSees
  FROM outbox`

function toRow(stored: SqlRow): AnyRow {
  const { host, intent, before, conflict, target, marker, url, customerSees, ...row } = stored
  const shared = { ...row, conflict: conflict === null ? null : (JSON.parse(conflict) as ConflictSide[]) }
  if (host === 'zendesk') {
    return { ...shared, host, wish: JSON.parse(intent) as Wish, before: JSON.parse(before) as OutboxBefore }
  }
  return {
    ...shared,
    ...{ host, target, url, marker: marker ?? '' },
    wish: JSON.parse(intent) as WorkWish,
    before: JSON.parse(before) as WorkBefore,
    customerSees: JSON.parse(customerSees ?? 'null') as CustomerSees,
  }
}

function ticketRows(rows: readonly SqlRow[]): OutboxRow[] {
  return rows.map(toRow).filter((row) => row.host === 'zendesk')
}

function workRows(rows: readonly SqlRow[]): WorkRow[] {
  return rows.map(toRow).filter((row) => row.host === 'gitlab')
}

/** Puts changes into the outbox, on disk when this returns. Returns their ids in the same order. */
export function insertOutboxRows(db: WriteDb, rows: readonly (NewOutboxRow | NewWorkRow)[]): number[] {
  return durably(db, () =>
    rows.map((row) => {
      const { wish, byId, subject, words, stamp, before, createdAt, host } = row
      const ofTicket = [wish.kind, 'ticketId' in wish ? wish.ticketId : 0, JSON.stringify(wish), byId, subject, words]
      const ofWork =
        row.host === 'gitlab'
          ? [targetOf(row.wish), row.marker, row.url, JSON.stringify(row.customerSees)]
          : ['', null, null, null]
      return Number(
        prepared<unknown[]>(
          db,
          `INSERT INTO outbox (kind, ticket_id, intent, by_id, subject, words, stamp, before, state, created_at, host,
                               target, marker, url, customer_sees)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?)`,
        ).run(...ofTicket, stamp, JSON.stringify(before), createdAt, host, ...ofWork).lastInsertRowid,
      )
    }),
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
export function readOutboxRow(db: ReadDb, id: number): AnyRow | undefined {
  const row = prepared<[number], SqlRow>(db, `${select} WHERE id = ?`).get(id)
  return row && toRow(row)
}

const moving = `state NOT IN ('verified', 'discarded') AND state IN ('queued', 'sending', 'sent')`

/** Changes to tickets that are still to be made or to be seen in Zendesk, in the order they were pressed. */
export function movingOutboxRows(db: ReadDb): OutboxRow[] {
  return ticketRows(prepared<[], SqlRow>(db, `${select} WHERE ${moving} AND host = 'zendesk' ORDER BY id`).all())
}

/** The same for one ticket. */
export function movingOutboxRowsOf(db: ReadDb, ticketId: number): OutboxRow[] {
  return ticketRows(
    prepared<[number], SqlRow>(
      db,
      `${select} WHERE ticket_id = ? AND host = 'zendesk' AND state IN ('queued', 'sending', 'sent') ORDER BY id`,
    ).all(ticketId),
  )
}

/** Changes that are still to be made or to be seen in GitLab, in the order they were pressed. */
export function movingWorkRows(db: ReadDb): WorkRow[] {
  return workRows(prepared<[], SqlRow>(db, `${select} WHERE ${moving} AND host = 'gitlab' ORDER BY id`).all())
}

/** The same for one target. */
export function movingWorkRowsOf(db: ReadDb, target: string): WorkRow[] {
  return workRows(
    prepared<[string], SqlRow>(db, `${select} WHERE ${moving} AND host = 'gitlab' AND target = ? ORDER BY id`).all(
      target,
    ),
  )
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
  return prepared<[number], SqlRow>(db, `${select} ${where} ORDER BY id DESC LIMIT ?`)
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
export function toOutboxEntry(row: AnyRow): OutboxEntry {
  return {
    id: row.id,
    // The contract's schema makes lists that may be written to; these are nobody else's.
    intent: structuredClone(row.wish) as OutboxEntry['intent'],
    subject: row.subject,
    words: row.words,
    customerSees: row.host === 'gitlab' ? { ...row.customerSees } : { ...whatCustomerSees(row.wish, row.byId) },
    state: row.state,
    problem: row.problem,
    url: row.host === 'gitlab' ? row.url : null,
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
