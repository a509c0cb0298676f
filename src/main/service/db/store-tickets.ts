import { nextBreach, type SlaClock, type Ticket } from '#core/tickets/ticket.ts'
import { changesBetween, recordEvent, type Changes } from './events.ts'
import { prepared, type WriteDb } from './sql.ts'
import { clearFate, type SeenIn, type TicketFate } from './ticket-fates.ts'

/** A ticket as one page of Zendesk told it. */
export interface TicketSighting {
  readonly ticket: Ticket
  /** All its SLA clocks, or null when the page did not tell: what is stored then stays. */
  readonly clocks: readonly SlaClock[] | null
  /** When the present assignee got it, or null when the page did not tell. */
  readonly takenAt: number | null
}

interface StoredTicket {
  readonly organization_id: number | null
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly requester_id: number | null
  readonly assignee_id: number | null
  readonly group_id: number | null
  readonly form_id: number | null
  readonly cc_ids: string
  readonly follower_ids: string
  readonly tags: string
  readonly updated_at: number
  readonly generated_at: number
  readonly taken_at: number | null
}

/** What else is known of a stored ticket, beside what a page tells. */
interface KnownOfTicket {
  readonly fate: TicketFate | null
  readonly fetched_at: number
}

/** What a ticket that was stored before forms were read has for its form: nothing changes when it is first told. */
const formNotRead = 0

/** Fields whose change is worth an event. */
const watched = [
  'organization_id',
  'subject',
  'status',
  'priority',
  'requester_id',
  'assignee_id',
  'form_id',
  'cc_ids',
  'follower_ids',
  'tags',
] as const satisfies readonly (keyof StoredTicket)[]

const selectStored = `
  SELECT organization_id, subject, status, priority, requester_id, assignee_id, group_id, form_id, cc_ids,
         follower_ids, tags, updated_at, generated_at, taken_at, fate, fetched_at
  FROM tickets WHERE id = ?`

const upsert = `
  INSERT INTO tickets (id, organization_id, subject, status, priority, requester_id, assignee_id, group_id, form_id, cc_ids,
                       follower_ids, tags, updated_at, generated_at, taken_at, created_at, next_breach_at, fetched_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET
    organization_id = excluded.organization_id, subject = excluded.subject, status = excluded.status,
    priority = excluded.priority, requester_id = excluded.requester_id, assignee_id = excluded.assignee_id,
    group_id = excluded.group_id, form_id = excluded.form_id, cc_ids = excluded.cc_ids,
    follower_ids = excluded.follower_ids, tags = excluded.tags,
    updated_at = excluded.updated_at, generated_at = excluded.generated_at, taken_at = excluded.taken_at,
    fetched_at = excluded.fetched_at`

/**
 * Stores what a page told of one ticket, and the events that follow from it. A page that is older than what is stored
 * changes nothing, and reading the same again records nothing. A ticket that was gone and is seen again is back.
 *
 * @param seenIn where it was seen; decides whether that shows that the ticket is back.
 * @returns whether anything stored has changed.
 */
export function storeTicket(db: WriteDb, sighting: TicketSighting, fetchedAt: number, seenIn: SeenIn = 'id'): boolean {
  const { ticket } = sighting
  const stored = prepared<[number], StoredTicket & KnownOfTicket>(db, selectStored).get(ticket.id)
  if (stored && isOlder(ticket, stored)) return false

  const seen: StoredTicket = {
    organization_id: ticket.organizationId,
    subject: ticket.subject,
    status: ticket.status,
    priority: ticket.priority,
    requester_id: ticket.requesterId,
    assignee_id: ticket.assigneeId,
    group_id: ticket.groupId,
    form_id: ticket.formId,
    cc_ids: JSON.stringify(ticket.ccIds),
    follower_ids: JSON.stringify(ticket.followerIds),
    tags: JSON.stringify(ticket.tags),
    updated_at: ticket.updatedAt,
    generated_at: ticket.generatedAt,
    taken_at: sighting.takenAt ?? (stored?.assignee_id === ticket.assigneeId ? stored.taken_at : null),
  }
  const subject = `ticket:${ticket.id}`
  const changes = stored ? changesSince(stored, seen) : {}
  const moved = !stored || stored.updated_at !== seen.updated_at || stored.generated_at !== seen.generated_at
  let changed =
    moved ||
    stored.taken_at !== seen.taken_at ||
    stored.group_id !== seen.group_id ||
    stored.form_id !== seen.form_id ||
    Object.keys(changes).length > 0
  if (stored && stored.fate !== null) {
    const closed = ticket.status === 'closed'
    const seenAgain = { in: seenIn, changed: moved, closed, foundOutAt: stored.fetched_at }
    changed = clearFate(db, ticket.id, stored.fate, seenAgain, fetchedAt) || changed
  }
  if (changed) {
    const nextBreachAt = stored ? null : (nextBreach(sighting.clocks ?? [])?.breachAt ?? null)
    prepared<unknown[]>(db, upsert).run(ticket.id, ...Object.values(seen), ticket.createdAt, nextBreachAt, fetchedAt)
  }
  if (!stored) recordEvent(db, { kind: 'ticket-created', subject, at: ticket.createdAt, changes: {} })
  else if (Object.keys(changes).length > 0) {
    const kind = 'organization_id' in changes ? 'ticket-moved' : 'ticket-changed'
    recordEvent(db, { kind, subject, at: ticket.updatedAt, changes })
  }
  if (sighting.clocks === null) return changed
  return storeClocks(db, ticket, sighting.clocks, stored !== undefined) || changed
}

function changesSince(stored: StoredTicket, seen: StoredTicket): Changes {
  const before = stored.form_id === formNotRead ? { ...stored, form_id: seen.form_id } : stored
  return changesBetween(before, seen, watched)
}

/** Whether a sighting lags behind what is stored (a late page, a second list read earlier). */
function isOlder(ticket: Ticket, stored: StoredTicket): boolean {
  if (ticket.updatedAt !== stored.updated_at) return ticket.updatedAt < stored.updated_at
  return ticket.generatedAt < stored.generated_at
}

interface StoredClock {
  readonly metric: string
  readonly stage: string
  readonly breach_at: number | null
  readonly instance: number
}

/** Replaces a ticket's clocks. A metric that gets another breach time is a new instance of its clock. */
function storeClocks(db: WriteDb, ticket: Ticket, clocks: readonly SlaClock[], known: boolean): boolean {
  if (!known && clocks.length === 0) return false
  const stored = known
    ? new Map(
        prepared<[number], StoredClock>(
          db,
          'SELECT metric, stage, breach_at, instance FROM sla_clocks WHERE ticket_id = ?',
        )
          .all(ticket.id)
          .map((clock) => [clock.metric, clock]),
      )
    : new Map<string, StoredClock>()
  const changes: Record<string, { from: unknown; to: unknown }> = {}
  for (const clock of onePerMetric(clocks)) {
    const before = stored.get(clock.metric)
    stored.delete(clock.metric)
    if (before && before.stage === clock.stage && before.breach_at === clock.breachAt) continue
    const retargeted = before && clock.breachAt !== null && clock.breachAt !== before.breach_at
    prepared<[number, string, string, number | null, number]>(
      db,
      `INSERT INTO sla_clocks (ticket_id, metric, stage, breach_at, instance) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (ticket_id, metric) DO UPDATE SET
         stage = excluded.stage, breach_at = excluded.breach_at, instance = excluded.instance`,
    ).run(ticket.id, clock.metric, clock.stage, clock.breachAt, (before?.instance ?? 1) + (retargeted ? 1 : 0))
    changes[clock.metric] = {
      from: before ? { stage: before.stage, breachAt: before.breach_at } : null,
      to: { stage: clock.stage, breachAt: clock.breachAt },
    }
  }
  for (const gone of stored.values()) {
    prepared<[number, string]>(db, 'DELETE FROM sla_clocks WHERE ticket_id = ? AND metric = ?').run(
      ticket.id,
      gone.metric,
    )
    changes[gone.metric] = { from: { stage: gone.stage, breachAt: gone.breach_at }, to: null }
  }
  if (!known || Object.keys(changes).length === 0) return false
  prepared<[number | null, number]>(db, 'UPDATE tickets SET next_breach_at = ? WHERE id = ?').run(
    nextBreach(clocks)?.breachAt ?? null,
    ticket.id,
  )
  recordClockEvent(db, ticket, changes)
  return true
}

/** Of several clocks of one metric the running one that breaches first; the first of them when none runs. */
function onePerMetric(clocks: readonly SlaClock[]): readonly SlaClock[] {
  if (clocks.length < 2) return clocks
  const groups = Map.groupBy(clocks, (clock) => clock.metric)
  return [...groups.values()].flatMap((group) => nextBreach(group) ?? group[0] ?? [])
}

function recordClockEvent(db: WriteDb, ticket: Ticket, changes: Changes): void {
  recordEvent(db, { kind: 'ticket-clock-changed', subject: `ticket:${ticket.id}`, at: ticket.updatedAt, changes })
}
