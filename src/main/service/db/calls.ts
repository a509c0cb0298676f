import type { OutboxState, WriteIntent } from '#contract/outbox.ts'
import type { CallDocument } from '#core/calls/call-document.ts'
import { durably, prepared, type ReadDb, type WriteDb } from './sql.ts'

/** One thing that a call became. */
export interface FiledPart {
  /** `Internal note on #12`. */
  readonly words: string
  readonly ticketId: number | null
  /** The change that was ordered; null for a text that was copied. */
  readonly intent: WriteIntent | null
  /** Its entry in the outbox; null for a text, and while it is being handed over. */
  readonly entryId: number | null
}

/** When a call was filed, and as what. */
export interface Filed {
  readonly at: number
  readonly parts: readonly FiledPart[]
}

/** A call as it is stored. */
export interface StoredCall {
  readonly id: string
  readonly accountId: number
  readonly document: CallDocument
  /** Null while it is a draft. */
  readonly filed: Filed | null
  readonly createdAt: number
  /** Rises with every change of it, so that it names a state. */
  readonly updatedAt: number
}

type Row = Omit<StoredCall, 'document' | 'filed'> & { readonly document: string; readonly filed: string | null }

const select = `SELECT id, account_id AS accountId, document, filed, created_at AS createdAt, updated_at AS updatedAt
  FROM calls`

/** Calls of an account, or of all, latest first. */
export function readCalls(db: ReadDb, accountId: number | null): StoredCall[] {
  return prepared<[number | null, number | null], Row>(
    db,
    `${select} WHERE ? IS NULL OR account_id = ? ORDER BY created_at DESC, id`,
  )
    .all(accountId, accountId)
    .map(toCall)
}

/** Filed calls that became some of these changes in the outbox. */
export function filedCallsOf(db: ReadDb, entryIds: readonly number[]): StoredCall[] {
  return prepared<[string], Row>(
    db,
    `${select} WHERE filed IS NOT NULL AND EXISTS (
       SELECT 1 FROM json_each(filed, '$.parts') AS part
       WHERE json_extract(part.value, '$.entryId') IN (SELECT value FROM json_each(?)))`,
  )
    .all(JSON.stringify(entryIds))
    .map(toCall)
}

/** One call, or undefined. */
export function readCall(db: ReadDb, id: string): StoredCall | undefined {
  const row = prepared<[string], Row>(db, `${select} WHERE id = ?`).get(id)
  return row && toCall(row)
}

/** Stores a call, on disk when this returns; what was typed can be asked of nobody again. */
export function writeCall(db: WriteDb, call: StoredCall): void {
  durably(db, () => {
    prepared<unknown[]>(
      db,
      `INSERT INTO calls (id, account_id, document, filed, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET document = excluded.document, filed = excluded.filed,
         updated_at = excluded.updated_at`,
    ).run(
      call.id,
      call.accountId,
      JSON.stringify(call.document),
      call.filed && JSON.stringify(call.filed),
      call.createdAt,
      call.updatedAt,
    )
  })
}

/** Forgets a call. */
export function deleteCall(db: WriteDb, id: string): void {
  durably(db, () => prepared<[string]>(db, 'DELETE FROM calls WHERE id = ?').run(id))
}

/** An issue that may be one of a call: by its title, which begins with a day. */
export interface StoredCallIssue {
  readonly accountId: number
  readonly projectId: number
  readonly iid: number
  readonly title: string
  /** Markdown. */
  readonly description: string
  readonly reference: string
  readonly url: string
}

/** Open issues of an account, or of all, whose titles are those of calls. */
export function openCallIssues(db: ReadDb, accountId: number | null): StoredCallIssue[] {
  return prepared<[number | null, number | null], StoredCallIssue>(
    db,
    `SELECT account_id AS accountId, project_id AS projectId, iid, title, description, reference, url FROM issues
     WHERE (? IS NULL OR account_id = ?) AND kind = 'issue' AND state = 'opened' AND fate IS NULL
       AND title LIKE '____-__-__ call:%'
     ORDER BY project_id, iid`,
  ).all(accountId, accountId)
}

/** Whether the issue at an address is stored, open or not. */
export function isIssueStored(db: ReadDb, projectId: number, iid: number): boolean {
  const found = prepared<[number, number], object>(
    db,
    `SELECT 1 FROM issues WHERE kind = 'issue' AND project_id = ? AND iid = ?`,
  ).get(projectId, iid)
  return found !== undefined
}

/** Customers on an account's open tickets, requesters and those on Cc; whoever wrote of late comes first. */
export function customersOf(db: ReadDb, accountId: number, atMost: number): string[] {
  return prepared<[number, number], { name: string }>(
    db,
    `SELECT u.name FROM tickets t
       JOIN (SELECT id AS ticketId, requester_id AS userId FROM tickets
             UNION SELECT tickets.id, cc.value FROM tickets, json_each(tickets.cc_ids) AS cc) AS present
         ON present.ticketId = t.id
       JOIN users u ON u.id = present.userId AND u.role = 'end-user'
     WHERE t.live = 1 AND t.organization_id = ?
     GROUP BY u.id ORDER BY max(t.updated_at) DESC, u.name LIMIT ?`,
  )
    .all(accountId, atMost)
    .map(({ name }) => name)
}

/** Open tickets of an account, last changed first, and some others by their ids. */
export function ticketsForCall(
  db: ReadDb,
  accountId: number,
  named: readonly number[],
): { readonly id: number; readonly subject: string; readonly status: string }[] {
  return prepared<[number, string], { id: number; subject: string; status: string }>(
    db,
    `SELECT id, subject, status FROM (
       SELECT id, subject, status, updated_at FROM tickets WHERE live = 1 AND organization_id = ?
       UNION SELECT id, subject, status, updated_at FROM tickets WHERE id IN (SELECT value FROM json_each(?)))
     ORDER BY updated_at DESC LIMIT 200`,
  ).all(accountId, JSON.stringify(named))
}

/** Which account a ticket is of; undefined when it is not stored. */
export function accountOfTicket(db: ReadDb, ticketId: number): number | null | undefined {
  return prepared<[number], { organizationId: number | null }>(
    db,
    'SELECT organization_id AS organizationId FROM tickets WHERE id = ?',
  ).get(ticketId)?.organizationId
}

/** A change in the outbox as far as it tells what became of a call. */
export interface CallOrder {
  readonly id: number
  readonly intent: WriteIntent
  readonly state: OutboxState
  readonly problem: string | null
  readonly url: string | null
}

const selectOrders = 'SELECT id, intent, state, problem, url FROM outbox'

/** One change by its id. */
export function readCallOrder(db: ReadDb, id: number): CallOrder | undefined {
  const row = prepared<[number], Omit<CallOrder, 'intent'> & { intent: string }>(
    db,
    `${selectOrders} WHERE id = ?`,
  ).get(id)
  return row && toOrder(row)
}

/** Changes that may be those of a call which was being filed: since then, or still on their way. */
export function ordersSince(db: ReadDb, since: number): CallOrder[] {
  return prepared<[number], Omit<CallOrder, 'intent'> & { intent: string }>(
    db,
    `${selectOrders} WHERE kind IN ('internal-note', 'create-issue')
       AND (created_at >= ? OR state IN ('queued', 'sending', 'sent')) ORDER BY id DESC`,
  )
    .all(since)
    .map(toOrder)
}

function toOrder(row: Omit<CallOrder, 'intent'> & { readonly intent: string }): CallOrder {
  return { ...row, intent: JSON.parse(row.intent) as WriteIntent }
}

function toCall(row: Row): StoredCall {
  return {
    ...row,
    document: JSON.parse(row.document) as CallDocument,
    filed: row.filed === null ? null : (JSON.parse(row.filed) as Filed),
  }
}
