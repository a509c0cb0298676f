import { isLive } from '#core/tickets/ticket.ts'
import { listEvents } from '#service/db/events.ts'
import type { ReadDb } from '#service/db/sql.ts'
import type { TrueTicket, Truth } from '#simulator/control/truth.ts'

/** A ticket as the tables have it. */
interface StoredTicket {
  readonly id: number
  readonly organization_id: number | null
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly requester_id: number | null
  readonly assignee_id: number | null
  readonly cc_ids: string
  readonly follower_ids: string
  readonly tags: string
  readonly created_at: number
  readonly updated_at: number
  readonly next_breach_at: number | null
  readonly fate: string | null
  readonly merged_into: number | null
}

const fates = { deleted: 'deleted', archived: 'archived', restricted: 'forbidden' } as const

/**
 * What the tables say otherwise than the truth does, one line a ticket: of every ticket of the followed accounts, and of
 * every unsolved one that is stored. What is gone is compared by its fate, what is solved without its clocks.
 */
export function differencesFromTruth(db: ReadDb, truth: Truth, followed: ReadonlySet<number>): string[] {
  const rows = db.prepare<[], StoredTicket>('SELECT * FROM tickets').all()
  const stored = new Map(rows.map((row) => [row.id, row]))
  return truth.tickets.flatMap((ticket) => {
    const row = stored.get(ticket.id)
    const isOurs = followed.has(ticket.organizationId)
    const isGone = ticket.fate === 'deleted' || ticket.fate === 'restricted'
    if (!row) return isOurs && ticket.fate === null ? [`#${ticket.id} is not stored`] : []
    if (!isOurs && !isLive(ticket)) return []
    const should = isGone ? fateOf(ticket) : { ...fateOf(ticket), ...fieldsOf(ticket), ...clocksOf(ticket) }
    const is = isGone ? storedFate(row) : { ...storedFate(row), ...storedFields(row), ...storedClocks(db, row, ticket) }
    const wrong = Object.keys(should).filter((name) => text(should, name) !== text(is, name))
    return wrong.length === 0
      ? []
      : [
          `#${ticket.id}: ${wrong.map((name) => `${name} is ${text(should, name)}, stored ${text(is, name)}`).join('; ')}`,
        ]
  })
}

const text = (values: object, name: string): string => JSON.stringify((values as Record<string, unknown>)[name])

function fateOf({ fate, mergedInto }: TrueTicket) {
  return { fate: mergedInto !== null ? 'merged' : fate && fates[fate], mergedInto }
}

function storedFate(row: StoredTicket) {
  return { fate: row.fate, mergedInto: row.merged_into }
}

function fieldsOf(ticket: TrueTicket) {
  const { organizationId, subject, status, priority, requesterId, assigneeId, ccIds, followerIds, tags } = ticket
  const { createdAt, updatedAt } = ticket
  const fields = { organizationId, subject, status, priority, requesterId, assigneeId, ccIds, followerIds, tags }
  return { ...fields, createdAt, updatedAt }
}

function storedFields(row: StoredTicket) {
  return {
    organizationId: row.organization_id,
    subject: row.subject,
    status: row.status,
    priority: row.priority,
    requesterId: row.requester_id,
    assigneeId: row.assignee_id,
    ccIds: JSON.parse(row.cc_ids) as unknown,
    followerIds: JSON.parse(row.follower_ids) as unknown,
    tags: JSON.parse(row.tags) as unknown,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

interface Clock {
  readonly metric: string
  readonly stage: string
  readonly breachAt: number | null
}

const inOrder = (clocks: readonly Clock[]) =>
  clocks
    .map(({ metric, stage, breachAt }) => `${metric} ${stage} ${breachAt}`)
    .toSorted()
    .join(', ')

function clocksOf(ticket: TrueTicket) {
  if (!isLive(ticket)) return {}
  const running = ticket.clocks.flatMap(({ stage, breachAt }) => (stage === 'active' && breachAt ? [breachAt] : []))
  return { clocks: inOrder(ticket.clocks), nextBreachAt: running.length > 0 ? Math.min(...running) : null }
}

function storedClocks(db: ReadDb, row: StoredTicket, ticket: TrueTicket) {
  if (!isLive(ticket)) return {}
  const clocks = db
    .prepare<[number], Clock>('SELECT metric, stage, breach_at AS breachAt FROM sla_clocks WHERE ticket_id = ?')
    .all(row.id)
  return { clocks: inOrder(clocks), nextBreachAt: row.next_breach_at }
}

/** What was left out, and what came more often than it happened. */
export interface Miscounts {
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
}

/** Where the recorded events do not tell each change once: what one of them leaves is what the next one finds, and the last is what is stored. */
export function faultsOfEvents(db: ReadDb): Miscounts {
  const lost: string[] = []
  const doubled: string[] = []
  const last = new Map<string, string>()
  const told = new Set<string>()
  for (const { kind, subject, at, changes } of listEvents(db, 0, 1_000_000)) {
    const whole = JSON.stringify([kind, subject, at, changes])
    const once =
      kind === 'ticket-created' ? `${kind} ${subject}` : kind === 'comment-added' ? messageOf(changes) : whole
    if (told.has(once)) doubled.push(`told twice: ${whole}`)
    told.add(once)
    if (kind === 'ticket-created' || kind === 'comment-added') continue
    for (const [field, change] of Object.entries(changes)) {
      if (field === 'mergedInto') continue
      const name = `${subject} ${field}`
      const [from, to] = [JSON.stringify(change.from), JSON.stringify(change.to)]
      if (from === to) doubled.push(`nothing changed: ${whole}`)
      const before = last.get(name) ?? (field === 'fate' ? 'null' : from)
      if (from !== before) lost.push(`${name} was ${before} and is told to have been ${from}`)
      last.set(name, to)
    }
  }
  return { lost: [...lost, ...endsOf(db, last), ...untold(db, told)], doubled }
}

function messageOf(changes: Readonly<Record<string, { readonly to: unknown }>>): string {
  const message = changes['comment']?.to as { readonly id: number }
  return `message ${message.id}`
}

/** The last change of each field is what is stored. */
function endsOf(db: ReadDb, last: ReadonlyMap<string, string>): string[] {
  const rows = db.prepare<[], Record<string, unknown> & { id: number }>('SELECT * FROM tickets').all()
  return rows.flatMap((row) =>
    Object.entries(row).flatMap(([field, value]) => {
      const end = last.get(`ticket:${row.id} ${field}`)
      return end === undefined || end === JSON.stringify(value)
        ? []
        : [`ticket:${row.id} ${field} is stored as ${JSON.stringify(value)}, the last event says ${end}`]
    }),
  )
}

function untold(db: ReadDb, told: ReadonlySet<string>): string[] {
  const ids = (sql: string) =>
    db
      .prepare<[], { id: number }>(sql)
      .all()
      .map(({ id }) => id)
  return [
    ...ids('SELECT id FROM tickets').map((id) => `ticket-created ticket:${id}`),
    ...ids('SELECT id FROM comments').map((id) => `message ${id}`),
  ].flatMap((name) => (told.has(name) ? [] : [`never told: ${name}`]))
}

/**
 * New tickets of accounts that I cover for which there is not exactly one alert, and alerts that were not shown once.
 *
 * @param since when everything had been read for the first time.
 * @param shown tags of the notices that were shown.
 */
export function faultsOfAlerts(db: ReadDb, truth: Truth, since: number, shown: readonly string[]): Miscounts {
  const covered = db
    .prepare<[number], { id: number; alerts: number }>(
      `SELECT t.id, (SELECT count(*) FROM alerts a WHERE a.ticket_id = t.id AND a.kind = 'new-ticket') AS alerts
       FROM tickets t JOIN coverages c ON c.account_id = t.organization_id JOIN people p ON p.id = c.cover_id AND p.is_me = 1
       WHERE t.created_at >= ? AND t.created_at >= c.starts_at AND t.created_at < c.ends_at GROUP BY t.id`,
    )
    .all(since)
  const unshown = db.prepare<[], { id: number }>(`SELECT id FROM alerts WHERE state IN ('held', 'claimed')`).all()
  // A list is shown again as it grows.
  const singles = shown.filter((tag) => tag.startsWith('alert-'))
  const isTrue = new Set(truth.tickets.map(({ id }) => id))
  return {
    lost: [
      ...covered.flatMap(({ id, alerts }) => (alerts === 0 ? [`#${id} has no alert`] : [])),
      ...unshown.map(({ id }) => `alert ${id} was never shown`),
    ],
    doubled: [
      ...covered.flatMap(({ id, alerts }) => (alerts > 1 ? [`#${id} has ${alerts} alerts`] : [])),
      ...singles.filter((tag, index) => singles.indexOf(tag) !== index).map((tag) => `${tag} was shown twice`),
      ...covered.flatMap(({ id }) => (isTrue.has(id) ? [] : [`#${id} does not exist`])),
    ],
  }
}
