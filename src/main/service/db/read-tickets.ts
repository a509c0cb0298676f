import type { SlaClock, TicketComment, TicketRecord } from '#contract/tickets.ts'
import { prepared, type ReadDb } from './sql.ts'

/** A ticket of the queue as it is stored, with the names that go with it. */
export interface QueueTicket {
  readonly id: number
  readonly organizationId: number | null
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly tags: readonly string[]
  readonly formId: number | null
  readonly requesterName: string | null
  readonly assigneeId: number | null
  readonly assigneeName: string | null
  readonly ccIds: readonly number[]
  readonly followerIds: readonly number[]
  readonly createdAt: number
  readonly updatedAt: number
  readonly fetchedAt: number
  readonly commentsAsOf: number | null
  readonly clocks: readonly SlaClock[]
}

interface QueueTicketRow extends Omit<
  QueueTicket,
  'tags' | 'ccIds' | 'followerIds' | 'clocks' | 'requesterName' | 'assigneeName'
> {
  readonly requesterId: number | null
  readonly tags: string
  readonly ccIds: string
  readonly followerIds: string
}

// One table and its key: a join would make SQLite plan anew at every call, because of the partial indexes.
const ticketSql = `
  SELECT id, organization_id AS organizationId, subject, status, priority, tags, form_id AS formId,
         requester_id AS requesterId, assignee_id AS assigneeId, cc_ids AS ccIds, follower_ids AS followerIds,
         created_at AS createdAt, updated_at AS updatedAt, fetched_at AS fetchedAt, comments_as_of AS commentsAsOf
  FROM tickets WHERE id = ?`

/**
 * Live tickets of one organization, next breach first, tickets without a running clock last. Read by index; the caller
 * merges the organizations of a queue.
 */
export const queueSql = `
  SELECT id, next_breach_at AS nextBreachAt FROM tickets
  WHERE live = 1 AND organization_id = ? AND next_breach_at IS NOT NULL
  ORDER BY next_breach_at LIMIT ?`

const queueWithoutClockSql = `
  SELECT id, next_breach_at AS nextBreachAt FROM tickets
  WHERE live = 1 AND organization_id = ? AND next_breach_at IS NULL
  ORDER BY id DESC LIMIT ?`

/** One page of the queue over some organizations: ids in order. */
export function queueIds(db: ReadDb, organizationIds: readonly number[], limit: number, offset: number): number[] {
  type Entry = { readonly id: number; readonly nextBreachAt: number | null }
  const read = (sql: string): Entry[] =>
    organizationIds.flatMap((id) => prepared<[number, number], Entry>(db, sql).all(id, offset + limit))
  const withClock = read(queueSql).toSorted((a, b) => (a.nextBreachAt ?? 0) - (b.nextBreachAt ?? 0) || a.id - b.id)
  const entries =
    withClock.length >= offset + limit
      ? withClock
      : [...withClock, ...read(queueWithoutClockSql).toSorted((a, b) => b.id - a.id)]
  return entries.slice(offset, offset + limit).map((entry) => entry.id)
}

/** How many live tickets some organizations have, and how many of them have breached at `now`. */
export function queueCounts(
  db: ReadDb,
  organizationIds: readonly number[],
  now: number,
): { readonly total: number; readonly breached: number } {
  let total = 0
  let breached = 0
  for (const id of organizationIds) {
    total += liveTicketsOf(db, id)
    breached +=
      prepared<[number, number], { n: number }>(
        db,
        'SELECT count(*) AS n FROM tickets INDEXED BY tickets_queue WHERE live = 1 AND organization_id = ? AND next_breach_at <= ?',
      ).get(id, now)?.n ?? 0
  }
  return { total, breached }
}

/** How many unsolved tickets an organization has. */
export function liveTicketsOf(db: ReadDb, organizationId: number): number {
  return (
    prepared<[number], { n: number }>(
      db,
      'SELECT count(*) AS n FROM tickets INDEXED BY tickets_queue WHERE live = 1 AND organization_id = ?',
    ).get(organizationId)?.n ?? 0
  )
}

/** One ticket with its clocks, or undefined when it is not stored. */
export function readTicket(db: ReadDb, id: number): QueueTicket | undefined {
  const row = prepared<[number], QueueTicketRow>(db, ticketSql).get(id)
  if (!row) return undefined
  const { requesterId, ...ticket } = row
  return {
    ...ticket,
    requesterName: userName(db, requesterId),
    assigneeName: userName(db, ticket.assigneeId),
    tags: JSON.parse(row.tags) as string[],
    ccIds: JSON.parse(row.ccIds) as number[],
    followerIds: JSON.parse(row.followerIds) as number[],
    clocks: readClocks(db, id),
  }
}

/** Sorts behind every real instant. */
const never = Number.MAX_SAFE_INTEGER

/** The SLA clocks of a ticket, next breach first, paused ones last. */
function readClocks(db: ReadDb, ticketId: number): SlaClock[] {
  return prepared<[number], SlaClock>(
    db,
    'SELECT metric, stage, breach_at AS breachAt FROM sla_clocks WHERE ticket_id = ? ORDER BY metric',
  )
    .all(ticketId)
    .toSorted((a, b) => (a.breachAt ?? never) - (b.breachAt ?? never))
}

/** The stored conversation of a ticket, oldest message first. */
export function readComments(db: ReadDb, ticketId: number): TicketComment[] {
  type Row = Omit<TicketComment, 'public'> & { readonly public: number }
  return prepared<[number], Row>(
    db,
    `SELECT c.id, c.author_id AS authorId, u.name AS authorName, u.role AS authorRole, c.public,
            c.created_at AS createdAt, c.html, c.text
     FROM comments c LEFT JOIN users u ON u.id = c.author_id
     WHERE c.ticket_id = ? ORDER BY c.created_at, c.id`,
  )
    .all(ticketId)
    .map((row) => ({ ...row, public: row.public === 1 }))
}

/** Names of users by id; ids nobody has met stay out. */
export function userNames(db: ReadDb, ids: readonly number[]): string[] {
  return ids.flatMap((id) => userName(db, id) ?? [])
}

function userName(db: ReadDb, id: number | null): string | null {
  if (id === null) return null
  return prepared<[number], { name: string }>(db, 'SELECT name FROM users WHERE id = ?').get(id)?.name ?? null
}

type RecordRow = Omit<TicketRecord, 'ccIds' | 'followerIds' | 'tags' | 'clocks'> & {
  readonly ccIds: string
  readonly followerIds: string
  readonly tags: string
}

/** Stored tickets after `afterId` in order of their ids. */
export function listTickets(
  db: ReadDb,
  filter: { readonly afterId: number; readonly limit: number; readonly organizationId: number | undefined },
): TicketRecord[] {
  return prepared<[number, number | null, number | null, number], RecordRow>(
    db,
    `SELECT id, subject, status, priority, organization_id AS organizationId, assignee_id AS assigneeId,
            requester_id AS requesterId, cc_ids AS ccIds, follower_ids AS followerIds, tags,
            created_at AS createdAt, updated_at AS updatedAt
     FROM tickets WHERE id > ? AND (? IS NULL OR organization_id = ?) ORDER BY id LIMIT ?`,
  )
    .all(filter.afterId, filter.organizationId ?? null, filter.organizationId ?? null, filter.limit)
    .map((row) => ({
      ...row,
      ccIds: JSON.parse(row.ccIds) as number[],
      followerIds: JSON.parse(row.followerIds) as number[],
      tags: JSON.parse(row.tags) as string[],
      clocks: readClocks(db, row.id),
    }))
}

/** When somebody got tickets that belong to no account with an ASE. Read from the index alone, over the window alone. */
export const takenSql = `
  SELECT taken_at AS takenAt FROM tickets
  WHERE assignee_id = ? AND taken_at >= ? AND taken_at < ?
    AND (organization_id IS NULL OR organization_id NOT IN (SELECT id FROM accounts WHERE ase_id IS NOT NULL))
  ORDER BY taken_at`

/**
 * Tickets assigned to `personId` that belong to no account with an ASE, counted by when they got them.
 *
 * @returns the instants, in order, within the window.
 */
export function takenAt(db: ReadDb, personId: number, from: number, until: number): number[] {
  return prepared<[number, number, number], { takenAt: number }>(db, takenSql)
    .all(personId, from, until)
    .map((row) => row.takenAt)
}

/** When tickets of an organization were opened. Read from the index alone. */
export const createdSql = `
  SELECT created_at AS createdAt FROM tickets
  WHERE organization_id = ? AND created_at >= ? AND created_at < ? ORDER BY created_at`

/** When the stored tickets of an organization were opened, in order, within the window. */
export function createdAt(db: ReadDb, organizationId: number, from: number, until: number): number[] {
  return prepared<[number, number, number], { createdAt: number }>(db, createdSql)
    .all(organizationId, from, until)
    .map((row) => row.createdAt)
}
