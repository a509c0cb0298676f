import { z } from 'zod'
import type { AuditChange } from '#core/tickets/audit.ts'
import { becomesEmergency, type EmergencyMark } from '#core/tickets/emergency-mark.ts'
import type { SlaClock } from '#core/tickets/ticket.ts'
import { readFact, writeFact } from './facts.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** How far alerts have been looked for. */
export interface AlertsLooked {
  /** When alerts were looked for in this database for the first time: what was so before is not announced. */
  readonly first: number
  /** The last recorded event that was looked at. */
  readonly seq: number
  /** Every clock that ended up to here, or whose warning was due, was looked at. */
  readonly until: number
  /** By account: what its alerts followed from when all its tickets were looked at. */
  readonly accounts: Readonly<Record<string, string>>
  /** Tickets that were assigned to somebody else, while their history, which says by whom, is still to be read. */
  readonly reassigned: readonly number[]
  /** Tickets that were handed over and changed, while their conversation, which says what happened, is still to be read. */
  readonly unread: readonly number[]
}

const looked = z.object({
  first: z.number(),
  seq: z.number(),
  until: z.number(),
  accounts: z.record(z.string(), z.string()),
  reassigned: z.array(z.number()).default([]),
  unread: z.array(z.number()).default([]),
})

/** How far alerts have been looked for, or null before the first time. */
export function readLooked(db: ReadDb): AlertsLooked | null {
  return readFact(db, 'alerts', 'looked', looked)
}

/** Notes how far alerts have been looked for; belongs behind the alerts that were found up to there. */
export function writeLooked(db: WriteDb, value: AlertsLooked, now: number): void {
  writeFact(db, 'alerts', 'looked', value, now)
}

/** Number of the last recorded event; 0 before the first one. */
export function lastEventSeq(db: ReadDb): number {
  return prepared<[], { seq: number | null }>(db, 'SELECT max(seq) AS seq FROM events').get()?.seq ?? 0
}

/** Something that happened to a ticket. */
export interface TicketEvent {
  readonly seq: number
  readonly ticketId: number
  /** Null where it belongs to none. */
  readonly accountId: number | null
  readonly at: number
  readonly kind: string
  /** JSON. */
  readonly changes: string
}

/** A page of what happened, in the order it was recorded. */
export interface EventPage {
  readonly events: readonly TicketEvent[]
  /** Issues and epics that were opened, closed, gone or back, as events name them. */
  readonly issues: readonly string[]
  /** How far it reaches; null: nothing is left. */
  readonly lastSeq: number | null
}

/** A page of what happened to tickets and issues. */
export function ticketEventsAfter(db: ReadDb, afterSeq: number, limit: number): EventPage {
  type Row = Omit<TicketEvent, 'accountId' | 'ticketId'> & { readonly subject: string }
  const rows = prepared<[number, number], Row>(
    db,
    'SELECT seq, kind, subject, at, changes FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  ).all(afterSeq, limit)
  const accounts = new Map<number, number | null>()
  const events = rows.flatMap(({ subject, ...row }): TicketEvent[] => {
    const [what, id] = subject.split(':')
    if (what !== 'ticket') return []
    const ticketId = Number(id)
    const accountId = accounts.get(ticketId) ?? accountOf(db, ticketId)
    accounts.set(ticketId, accountId)
    return [{ ...row, ticketId, accountId }]
  })
  const issues = rows.filter(({ kind, changes }) => kind.startsWith('issue-') && /"(?:state|fate)":/.test(changes))
  return {
    events,
    issues: [...new Set(issues.map(({ subject }) => subject))],
    lastSeq: rows.at(-1)?.seq ?? null,
  }
}

// A query of its own: a join would make SQLite plan anew at every call, because of the partial indexes.
function accountOf(db: ReadDb, ticketId: number): number | null {
  return (
    prepared<[number], { id: number | null }>(db, 'SELECT organization_id AS id FROM tickets WHERE id = ?').get(
      ticketId,
    )?.id ?? null
  )
}

/** Where a page of ending clocks begins. */
export interface EndingFrom {
  readonly at: number
  readonly ticketId: number
}

/** How clocks that end within a stretch are read; from the index alone. */
export const endingSql = `
  SELECT ticket_id AS ticketId, breach_at AS at FROM sla_clocks INDEXED BY sla_clocks_end
  WHERE breach_at IS NOT NULL AND (breach_at, ticket_id) > (?, ?) AND breach_at <= ?
  ORDER BY breach_at, ticket_id LIMIT ?`

/** A page of tickets with a clock that ends after `from` and not after `until`, in the order they end. */
export function ticketsEnding(db: ReadDb, from: EndingFrom, until: number, limit: number): EndingFrom[] {
  return prepared<[number, number, number, number], EndingFrom>(db, endingSql).all(from.at, from.ticketId, until, limit)
}

/** How the clock that ends next is found; from the index alone. */
export const nextEndSql = `
  SELECT min(breach_at) AS at FROM sla_clocks INDEXED BY sla_clocks_end WHERE breach_at IS NOT NULL AND breach_at > ?`

/** When the first clock ends after an instant; null when none does. */
export function nextEndAfter(db: ReadDb, at: number): number | null {
  return prepared<[number], { at: number | null }>(db, nextEndSql).get(at)?.at ?? null
}

/** A live ticket as a page of all of an account has it. */
export interface LiveTicket {
  readonly id: number
  readonly nextBreachAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** How live tickets with a clock are read, in the order the clocks end; by index. */
export const liveSql = `
  SELECT id, next_breach_at AS nextBreachAt, created_at AS createdAt, updated_at AS updatedAt
  FROM tickets INDEXED BY tickets_queue
  WHERE live = 1 AND organization_id = ? AND next_breach_at IS NOT NULL AND (next_breach_at, id) > (?, ?)
  ORDER BY next_breach_at, id LIMIT ?`

const liveWithoutClockSql = `
  SELECT id, next_breach_at AS nextBreachAt, created_at AS createdAt, updated_at AS updatedAt
  FROM tickets INDEXED BY tickets_queue
  WHERE live = 1 AND organization_id = ? AND next_breach_at IS NULL AND id > ?
  ORDER BY id LIMIT ?`

/** A page of an account's live tickets after another one; null: the first. Those with a clock come first. */
export function liveTickets(db: ReadDb, accountId: number, after: LiveTicket | null, limit: number): LiveTicket[] {
  const withClock =
    after === null || after.nextBreachAt !== null
      ? prepared<[number, number, number, number], LiveTicket>(db, liveSql).all(
          accountId,
          after?.nextBreachAt ?? Number.MIN_SAFE_INTEGER,
          after?.id ?? 0,
          limit,
        )
      : []
  if (withClock.length > 0) return withClock
  return prepared<[number, number, number], LiveTicket>(db, liveWithoutClockSql).all(
    accountId,
    after?.nextBreachAt === null ? after.id : 0,
    limit,
  )
}

/** How tickets opened since are read; by index. */
export const openedSql = `
  SELECT id, created_at AS createdAt FROM tickets INDEXED BY tickets_created
  WHERE organization_id = ? AND (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?`

/** A page of tickets of an account that were opened after another instant, oldest first. */
export function ticketsOpenedAfter(
  db: ReadDb,
  accountId: number,
  from: { readonly createdAt: number; readonly id: number },
  limit: number,
): { readonly id: number; readonly createdAt: number }[] {
  return prepared<[number, number, number, number], { id: number; createdAt: number }>(db, openedSql).all(
    accountId,
    from.createdAt,
    from.id,
    limit,
  )
}

/** A ticket as far as alerts look at it. */
export interface AlertingTicket {
  readonly id: number
  readonly accountId: number | null
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly tags: readonly string[]
  readonly formId: number | null
  readonly requesterId: number | null
  readonly assigneeId: number | null
  readonly ccIds: readonly number[]
  readonly createdAt: number
  readonly updatedAt: number
  /** Neither solved nor closed, and neither deleted nor out of sight. */
  readonly live: boolean
  /** Whether its conversation was read to its end once. */
  readonly conversationRead: boolean
  readonly clocks: readonly SlaClock[]
}

/** A ticket as far as alerts look at it, or undefined when it is not stored. */
export function readAlertingTicket(db: ReadDb, id: number): AlertingTicket | undefined {
  type Row = Omit<AlertingTicket, 'tags' | 'ccIds' | 'live' | 'conversationRead' | 'clocks'> & {
    readonly tags: string
    readonly ccIds: string
    readonly live: number
    readonly conversationRead: number
  }
  const row = prepared<[number], Row>(
    db,
    `SELECT id, organization_id AS accountId, subject, status, priority, tags, form_id AS formId, requester_id AS requesterId,
            assignee_id AS assigneeId, cc_ids AS ccIds, created_at AS createdAt, updated_at AS updatedAt, live,
            comments_as_of IS NOT NULL AS conversationRead
     FROM tickets WHERE id = ?`,
  ).get(id)
  if (!row) return undefined
  return {
    ...row,
    tags: JSON.parse(row.tags) as string[],
    ccIds: JSON.parse(row.ccIds) as number[],
    live: row.live === 1,
    conversationRead: row.conversationRead === 1,
    clocks: prepared<[number], SlaClock>(
      db,
      'SELECT metric, stage, breach_at AS breachAt FROM sla_clocks WHERE ticket_id = ? ORDER BY metric',
    ).all(id),
  }
}

/** How what changed of a ticket is read, latest first; by index. */
export const changesSql = `
  SELECT at, changes FROM events INDEXED BY events_subject
  WHERE subject = ? AND kind IN ('ticket-changed', 'ticket-moved') ORDER BY seq DESC`

/** When a ticket became an emergency last, as it was recorded; null: it was seen as one from the beginning. */
export function becameEmergencyAt(db: ReadDb, ticketId: number, mark: EmergencyMark): number | null {
  type Row = { readonly at: number; readonly changes: string }
  const became = prepared<[string], Row>(db, changesSql)
    .all(`ticket:${ticketId}`)
    .find(({ changes }) => becomesEmergency(JSON.parse(changes) as TicketChanges, mark))
  return became?.at ?? null
}

/** Whether a clock became what it is after an instant, as it was recorded; by index. */
export function wasClockSetAfter(db: ReadDb, ticketId: number, { metric, breachAt }: SlaClock, at: number): boolean {
  return prepared<[string, number], { changes: string }>(
    db,
    `SELECT changes FROM events INDEXED BY events_subject
     WHERE subject = ? AND kind = 'ticket-clock-changed' AND at > ? ORDER BY seq DESC`,
  )
    .all(`ticket:${ticketId}`, at)
    .some(({ changes }) => {
      const to = (JSON.parse(changes) as TicketChanges)[metric]?.to as { readonly breachAt: unknown } | null | undefined
      return to?.breachAt === breachAt
    })
}

type TicketChanges = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>

/** A public message of a ticket. */
export interface PublicMessage {
  readonly id: number
  readonly authorId: number | null
  /** In Zendesk's word; null where nobody told. */
  readonly authorRole: string | null
  readonly createdAt: number
  readonly text: string
}

/** The public messages of a ticket since an instant, oldest first, without the one it began with. */
export function publicMessagesSince(db: ReadDb, ticketId: number, since: number): PublicMessage[] {
  return prepared<[number, number, number], PublicMessage>(
    db,
    `SELECT c.id, c.author_id AS authorId, u.role AS authorRole, c.created_at AS createdAt, c.text
     FROM comments c LEFT JOIN users u ON u.id = c.author_id
     WHERE c.ticket_id = ? AND c.created_at >= ? AND c.public = 1
       AND c.id IS NOT (SELECT id FROM comments WHERE ticket_id = ? ORDER BY created_at, id LIMIT 1)
     ORDER BY c.created_at, c.id`,
  ).all(ticketId, since, ticketId)
}

/** A change of who a ticket is assigned to. */
export interface AssigneeChange {
  /** Id of the audit that tells of it. */
  readonly id: number
  readonly at: number
  readonly authorId: number | null
  readonly from: unknown
  readonly to: unknown
}

/** Who a ticket was assigned to instead of whom since an instant, as its history has it, oldest first. */
export function assigneeChangesSince(db: ReadDb, ticketId: number, since: number): AssigneeChange[] {
  type Row = { readonly id: number; readonly at: number; readonly authorId: number | null; readonly changes: string }
  return prepared<[number, number], Row>(
    db,
    `SELECT id, created_at AS at, author_id AS authorId, changes FROM audits
     WHERE ticket_id = ? AND created_at >= ? AND changes LIKE '%"assignee_id"%' ORDER BY created_at, id`,
  )
    .all(ticketId, since)
    .flatMap(({ changes, ...audit }) =>
      (JSON.parse(changes) as AuditChange[])
        .filter(({ kind, field }) => kind === 'changed' && field === 'assignee_id')
        .map(({ from, to }) => ({ ...audit, from, to })),
    )
}

/** Whether a live ticket changed since its history was read to its end. */
export function isHistoryDue(db: ReadDb, ticketId: number): boolean {
  return (
    prepared<[number], { due: number }>(
      db,
      'SELECT audits_as_of IS NULL OR audits_as_of < updated_at AS due FROM tickets WHERE id = ? AND live = 1',
    ).get(ticketId)?.due === 1
  )
}

/** The name of a Zendesk user, or null. */
export function userNamed(db: ReadDb, id: number): string | null {
  return prepared<[number], { name: string }>(db, 'SELECT name FROM users WHERE id = ?').get(id)?.name ?? null
}
