import type { WatchedTrigger, RecordedEvent } from '#core/return-meeting/return-row.ts'
import type { IssueHistory, IssueMessage } from '#core/return-meeting/rows-of-issue.ts'
import type { HistoryMessage } from '#core/return-meeting/ticket-changes.ts'
import type { Window } from '#core/instant.ts'
import type { WorkKind } from '#core/issues/issue.ts'
import type { AuditChange, TicketAudit } from '#core/tickets/audit.ts'
import type { SlaClock } from '#core/tickets/ticket.ts'
import { subjectOf } from './issue-fates.ts'
import { prepared, type ReadDb } from './sql.ts'

/** A ticket as it is stored, for what happened to it. */
export interface HandedBackTicket {
  readonly id: number
  readonly organizationId: number | null
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly requesterId: number | null
  /** JSON. */
  readonly tags: string
  readonly formId: number | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly fetchedAt: number
  readonly fate: string | null
  readonly mergedInto: number | null
  readonly commentsAsOf: number | null
  readonly auditsAsOf: number | null
}

/** Tickets of an account to which anything can have happened in a window: it changed since its beginning, is worked on, or left the account. Read by index. */
export const touchedSql = `
  SELECT t.id, t.organization_id AS organizationId, t.subject, t.status, t.priority, t.requester_id AS requesterId, t.tags,
         t.form_id AS formId, t.created_at AS createdAt, t.updated_at AS updatedAt, t.fetched_at AS fetchedAt, t.fate,
         t.merged_into AS mergedInto, t.comments_as_of AS commentsAsOf, t.audits_as_of AS auditsAsOf
  FROM (
    SELECT id FROM tickets INDEXED BY tickets_queue WHERE live = 1 AND organization_id = :accountId
    UNION SELECT id FROM tickets INDEXED BY tickets_created WHERE organization_id = :accountId AND updated_at >= :startsAt
    UNION SELECT id FROM tickets INDEXED BY tickets_fate
      WHERE fate IS NOT NULL AND organization_id = :accountId AND fetched_at >= :startsAt
    UNION SELECT CAST(substr(subject, 8) AS INTEGER) FROM events INDEXED BY events_moved
      WHERE kind = 'ticket-moved' AND at >= :startsAt AND changes ->> '$.organization_id.from' = :accountId
  ) touched CROSS JOIN tickets t ON t.id = touched.id
  WHERE t.created_at < :endsAt ORDER BY t.id`

/** Tickets of an account to which anything can have happened in a window. */
export function touchedTickets(db: ReadDb, accountId: number, { startsAt, endsAt }: Window): HandedBackTicket[] {
  return prepared<object, HandedBackTicket>(db, touchedSql).all({ accountId, startsAt, endsAt })
}

/** What was recorded of tickets, issues and epics, by what they are called in events. */
export function recordedOf(db: ReadDb, subjects: readonly string[]): ReadonlyMap<string, RecordedEvent[]> {
  type Row = { readonly subject: string; readonly kind: string; readonly at: number; readonly changes: string }
  const rows = prepared<[string], Row>(
    db,
    `SELECT e.subject, e.kind, e.at, e.changes
     FROM json_each(?) s CROSS JOIN events e INDEXED BY events_subject ON e.subject = s.value
     WHERE e.kind NOT IN ('comment-added', 'ticket-created', 'note-added')`,
  ).all(JSON.stringify(subjects))
  return grouped(rows, ({ subject, kind, at, changes }) => {
    return [subject, { kind, at, changes: JSON.parse(changes) as RecordedEvent['changes'] }]
  })
}

/** The stored histories of tickets. */
export function auditsOf(db: ReadDb, ticketIds: readonly number[]): ReadonlyMap<number, TicketAudit[]> {
  type Row = Omit<TicketAudit, 'changes'> & { readonly changes: string }
  const rows = prepared<[string], Row>(
    db,
    `SELECT a.id, a.ticket_id AS ticketId, a.author_id AS authorId, a.created_at AS createdAt, a.changes
     FROM json_each(?) t CROSS JOIN audits a INDEXED BY audits_ticket ON a.ticket_id = t.value`,
  ).all(JSON.stringify(ticketIds))
  return grouped(rows, (row) => [row.ticketId, { ...row, changes: JSON.parse(row.changes) as AuditChange[] }])
}

/** The stored conversations of tickets; of messages from before the window, who wrote when, and the text of the first alone. */
export function messagesOf(
  db: ReadDb,
  ticketIds: readonly number[],
  { startsAt }: Pick<Window, 'startsAt'>,
): ReadonlyMap<number, HistoryMessage[]> {
  type Row = Omit<HistoryMessage, 'public' | 'customers'> & {
    readonly ticketId: number
    readonly isPublic: number
    readonly isCustomers: number
  }
  // Of a log that somebody pasted its beginning and its end are enough.
  const rows = prepared<[number, string], Row>(
    db,
    `SELECT c.ticket_id AS ticketId, c.id, c.author_id AS authorId, c.public AS isPublic, c.created_at AS at,
            CASE WHEN c.created_at < ? THEN '' WHEN length(c.text) > 16000 THEN substr(c.text, 1, 8000) || char(10) || substr(c.text, -8000)
              ELSE c.text END AS text,
            u.role IS 'end-user' OR (u.role IS NULL AND c.author_id IS t.requester_id) AS isCustomers
     FROM json_each(?) ids CROSS JOIN tickets t ON t.id = ids.value
       CROSS JOIN comments c INDEXED BY comments_ticket ON c.ticket_id = t.id LEFT JOIN users u ON u.id = c.author_id`,
  ).all(startsAt, JSON.stringify(ticketIds))
  return grouped(rows, ({ ticketId, isPublic, isCustomers, ...message }) => {
    return [ticketId, { ...message, public: isPublic === 1, customers: isCustomers === 1 }]
  })
}

/** All clocks of tickets as they were seen last. */
export function clocksOf(db: ReadDb, ticketIds: readonly number[]): ReadonlyMap<number, SlaClock[]> {
  const rows = prepared<[string], SlaClock & { readonly ticketId: number }>(
    db,
    `SELECT c.ticket_id AS ticketId, c.metric, c.stage, c.breach_at AS breachAt
     FROM json_each(?) t CROSS JOIN sla_clocks c ON c.ticket_id = t.value`,
  ).all(JSON.stringify(ticketIds))
  return grouped(rows, ({ ticketId, ...clock }) => [ticketId, clock])
}

/** What is watched for in a handoff, by the ticket. */
export function watchedIn(db: ReadDb, handoffId: string): ReadonlyMap<number, WatchedTrigger[]> {
  type Row = Omit<WatchedTrigger, 'trigger'> & { readonly ticketId: number; readonly trigger: string }
  const rows = prepared<[string], Row>(
    db,
    `SELECT ticket_id AS ticketId, id, if_words AS "if", then_words AS "then", trigger, since
     FROM contingencies WHERE handoff_id = ?`,
  ).all(handoffId)
  return grouped(rows, ({ ticketId, trigger, ...watched }) => {
    return [ticketId, { ...watched, trigger: JSON.parse(trigger) as WatchedTrigger['trigger'] }]
  })
}

/** An issue or epic as it is stored, for what happened to it. */
export interface HandedBackIssue extends Omit<IssueHistory, 'events' | 'notes' | 'confidential'> {
  readonly confidential: number
  readonly url: string
  /** What it is called in events. */
  readonly subject: string
}

/** Labelled issues and epics of an account that changed since an instant, or that were not seen any more since. */
export function touchedIssues(
  db: ReadDb,
  accountId: number,
  { startsAt }: Pick<Window, 'startsAt'>,
): HandedBackIssue[] {
  return prepared<[number, number, number], Omit<HandedBackIssue, 'subject'>>(
    db,
    `SELECT kind, project_id AS projectId, iid, title, reference, url, state, confidential, due_date AS dueDate
     FROM issues INDEXED BY issues_account WHERE account_id = ? AND (updated_at >= ? OR fate_at >= ?)
     ORDER BY kind, project_id, iid`,
  )
    .all(accountId, startsAt, startsAt)
    .map((row) => ({ ...row, subject: subjectOf(row) }))
}

/** Notes that were written on an issue or epic since an instant. */
export function notesSince(
  db: ReadDb,
  { kind, projectId, iid }: { readonly kind: WorkKind; readonly projectId: number; readonly iid: number },
  since: number,
): IssueMessage[] {
  return prepared<unknown[], Omit<IssueMessage, 'internal'> & { readonly internal: number }>(
    db,
    `SELECT id, author, internal, text, created_at AS at FROM issue_notes
     WHERE kind = ? AND project_id = ? AND iid = ? AND created_at >= ?`,
  )
    .all(kind, projectId, iid, since)
    .map((note) => ({ ...note, internal: note.internal === 1 }))
}

function grouped<Row, Key, Value>(
  rows: readonly Row[],
  entry: (row: Row) => readonly [Key, Value],
): ReadonlyMap<Key, Value[]> {
  const groups = new Map<Key, Value[]>()
  for (const row of rows) {
    const [key, value] = entry(row)
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
