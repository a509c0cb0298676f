import { prepared, type ReadDb } from './sql.ts'

/** A ticket as it is stored, for saying what is known of it. */
export interface FactsRow {
  readonly id: number
  readonly organizationId: number | null
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly assigneeId: number | null
  readonly assigneeName: string | null
  /** JSON: ids of users. */
  readonly ccIds: string
  readonly followerIds: string
  readonly tags: string
  readonly formId: number | null
  readonly createdAt: number
  readonly fetchedAt: number
  readonly fate: string | null
  readonly mergedInto: number | null
}

/** Tickets by their ids; those that are not stored stay out. */
export function factsRows(db: ReadDb, ticketIds: readonly number[]): FactsRow[] {
  return prepared<[string], FactsRow>(
    db,
    `SELECT t.id, t.organization_id AS organizationId, t.subject, t.status, t.priority, t.assignee_id AS assigneeId,
            u.name AS assigneeName, t.cc_ids AS ccIds, t.follower_ids AS followerIds, t.tags, t.form_id AS formId, t.created_at AS createdAt,
            t.fetched_at AS fetchedAt, t.fate, t.merged_into AS mergedInto
     FROM json_each(?) ids CROSS JOIN tickets t ON t.id = ids.value LEFT JOIN users u ON u.id = t.assignee_id`,
  ).all(JSON.stringify(ticketIds))
}

/** The subject of a ticket; undefined where it is not stored. */
export function readSubject(db: ReadDb, ticketId: number): string | undefined {
  return prepared<[number], { subject: string }>(db, 'SELECT subject FROM tickets WHERE id = ?').get(ticketId)?.subject
}

/** A running clock of a ticket. */
export interface ClockRow {
  readonly ticketId: number
  readonly metric: string
  readonly breachAt: number
}

/** Running clocks of some tickets, the next breach first. */
export function runningClocks(db: ReadDb, ticketIds: readonly number[]): ClockRow[] {
  return prepared<[string], ClockRow>(
    db,
    `SELECT c.ticket_id AS ticketId, c.metric, c.breach_at AS breachAt
     FROM json_each(?) ids CROSS JOIN sla_clocks c ON c.ticket_id = ids.value
     WHERE c.breach_at IS NOT NULL AND c.stage IN ('active', 'breached') ORDER BY c.breach_at, c.metric`,
  ).all(JSON.stringify(ticketIds))
}

/** The last message of a kind on a ticket. */
export interface MessageRow {
  readonly ticketId: number
  readonly kind: 'customer' | 'reply' | 'note'
  readonly at: number
  readonly byName: string | null
  /** Its beginning. */
  readonly text: string
}

// The customer is who is known as one, and of who is not known the one who asked.
const fromCustomer = `(u.role IS 'end-user' OR (u.role IS NULL AND c.author_id IS t.requester_id))`
const lastOf = (which: string) => `
  (SELECT c.id FROM comments c INDEXED BY comments_ticket LEFT JOIN users u ON u.id = c.author_id
   WHERE c.ticket_id = t.id AND ${which} ORDER BY c.created_at DESC, c.id DESC LIMIT 1)`

/**
 * The last message of the customer, our last public reply and the last internal note of some tickets.
 *
 * @param letters of each that are wanted.
 */
export function lastMessages(db: ReadDb, ticketIds: readonly number[], letters: number): MessageRow[] {
  return prepared<[string, number], MessageRow>(
    db,
    `WITH last AS MATERIALIZED (
       SELECT t.id AS ticketId, ${lastOf(`c.public = 1 AND ${fromCustomer}`)} AS customer,
              ${lastOf(`c.public = 1 AND NOT ${fromCustomer}`)} AS reply, ${lastOf('c.public = 0')} AS note
       FROM json_each(?) ids CROSS JOIN tickets t ON t.id = ids.value
     ), said AS (
       SELECT ticketId, 'customer' AS kind, customer AS id FROM last WHERE customer IS NOT NULL
       UNION ALL SELECT ticketId, 'reply', reply FROM last WHERE reply IS NOT NULL
       UNION ALL SELECT ticketId, 'note', note FROM last WHERE note IS NOT NULL
     )
     SELECT said.ticketId, said.kind, c.created_at AS at, u.name AS byName, substr(c.text, 1, ?) AS text
     FROM said CROSS JOIN comments c ON c.id = said.id LEFT JOIN users u ON u.id = c.author_id`,
  ).all(JSON.stringify(ticketIds), letters)
}

/** An issue that a ticket is linked from, in its description or a note. */
export interface LinkRow {
  readonly ticketId: number
  readonly reference: string
  readonly title: string
  readonly open: number
}

/** Issues and epics of an account that link to tickets, by their reference. */
export function linkedIssues(db: ReadDb, accountId: number): LinkRow[] {
  return prepared<[{ accountId: number }], LinkRow>(
    db,
    `WITH texts AS (
       SELECT i.kind, i.project_id, i.iid, i.ticket_ids AS ids FROM issues i
         WHERE i.account_id = :accountId AND i.ticket_ids <> '[]'
       UNION ALL SELECT n.kind, n.project_id, n.iid, n.ticket_ids
         FROM issues i CROSS JOIN issue_notes n ON n.kind = i.kind AND n.project_id = i.project_id AND n.iid = i.iid
         WHERE i.account_id = :accountId AND n.ticket_ids <> '[]'
     )
     SELECT DISTINCT linked.value AS ticketId, i.reference, i.title, i.state = 'opened' AND i.fate IS NULL AS open
     FROM texts, json_each(texts.ids) linked
       CROSS JOIN issues i ON i.kind = texts.kind AND i.project_id = texts.project_id AND i.iid = texts.iid
     ORDER BY i.reference`,
  ).all({ accountId })
}

/** Names of users by their ids; ids nobody has met stay out. */
export function namesByIds(db: ReadDb, ids: readonly number[]): ReadonlyMap<number, string> {
  const rows = prepared<[string], { id: number; name: string }>(
    db,
    'SELECT u.id, u.name FROM json_each(?) ids CROSS JOIN users u ON u.id = ids.value',
  ).all(JSON.stringify(ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
