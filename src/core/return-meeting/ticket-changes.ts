import type { InstantMs } from '../instant.ts'
import { canonical } from '../sharing/versioned.ts'
import type { TicketAudit } from '../tickets/audit.ts'
import type { SlaClock } from '../tickets/ticket.ts'
import type { RecordedEvent } from './return-row.ts'

/** A message of a ticket. */
export interface HistoryMessage {
  readonly id: number
  readonly authorId: number | null
  readonly public: boolean
  readonly at: InstantMs
  readonly text: string
  /** Whether it is of the customer's people. */
  readonly customers: boolean
}

/** All that is stored of what happened to a ticket; lists in any order. */
export interface TicketHistory {
  readonly id: number
  readonly organizationId: number | null
  readonly subject: string
  readonly status: string
  readonly priority: string | null
  readonly requesterId: number | null
  readonly tags: readonly string[]
  readonly formId: number | null
  readonly createdAt: InstantMs
  readonly mergedInto: number | null
  /** Until when it is certain that nothing of it was missed. */
  readonly readUntil: InstantMs
  /** Up to which change its history is stored; null where it was never read. */
  readonly auditsUntil: InstantMs | null
  /** Until when it is certain that no message is missing; null where its conversation was never read. */
  readonly messagesUntil: InstantMs | null
  readonly events: readonly RecordedEvent[]
  readonly audits: readonly TicketAudit[]
  readonly messages: readonly HistoryMessage[]
  readonly clocks: readonly SlaClock[]
}

/** Fields of a ticket whose course is followed. */
export type FollowedField = 'status' | 'priority' | 'assignee_id' | 'organization_id' | 'tags' | 'form_id' | 'cc_ids'

/** A change of one field; lists are lists. */
export interface FieldChange {
  readonly field: FollowedField
  readonly at: InstantMs
  readonly byId: number | null
  readonly from: unknown
  readonly to: unknown
  /** Told by Zendesk's history; otherwise noticed then. */
  readonly isExact: boolean
}

const inAudits: ReadonlySet<string> = new Set(['status', 'priority', 'assignee_id', 'organization_id', 'tags'])
const inEventsOnly: ReadonlySet<string> = new Set(['form_id', 'cc_ids'])

/**
 * How the fields of a ticket changed, oldest first: as Zendesk's history tells as far as that is stored, and beyond that as it was
 * noticed. Neither is told twice, in whichever order and how often the history was stored; events are each there once, oldest first.
 */
export function ticketChanges({ audits, auditsUntil, events }: TicketHistory): FieldChange[] {
  const until = auditsUntil ?? -Infinity
  const told = [...new Map(audits.map((audit) => [audit.id, audit])).values()]
    .filter(({ createdAt }) => createdAt <= until)
    .toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id)
    .flatMap(({ changes, createdAt, authorId }) =>
      changes.flatMap(({ kind, field, from, to }): FieldChange[] =>
        kind === 'changed' && field !== null && inAudits.has(field)
          ? [{ field: field as FollowedField, at: createdAt, byId: authorId, from, to, isExact: true }]
          : [],
      ),
    )
  const noticed = changesOf(events).filter(
    ({ field, at }) => inEventsOnly.has(field) || (inAudits.has(field) && at > until),
  )
  return [...told, ...inCourse(noticed)].toSorted((a, b) => a.at - b.at)
}

/** What a field of a ticket was when it was opened, as far as that is known. */
export function valueAtFirst(
  field: 'priority' | 'tags' | 'form_id',
  { audits, priority, tags, formId }: TicketHistory,
  changes: readonly FieldChange[],
): unknown {
  const opening = audits.flatMap((audit) => audit.changes).find((one) => one.kind === 'created' && one.field === field)
  if (opening) return opening.to
  const first = changes.find((change) => change.field === field)
  return first ? first.from : { priority, tags, form_id: formId }[field]
}

/** Recorded events of a ticket, each once, oldest first. */
export function eachOnce(events: readonly RecordedEvent[]): RecordedEvent[] {
  const inOrder = events.toSorted((a, b) => a.at - b.at)
  const areApart = inOrder.every(({ at }, place) => at !== inOrder[place + 1]?.at)
  return areApart ? inOrder : apart(events)
}

function apart(events: readonly RecordedEvent[]): RecordedEvent[] {
  const once = new Map(events.map((event) => [canonical([event.kind, event.at, event.changes]), event] as const))
  return [...once].toSorted(([one, a], [other, b]) => a.at - b.at || (one < other ? -1 : 1)).map(([, event]) => event)
}

function changesOf(events: readonly RecordedEvent[]): FieldChange[] {
  return events
    .filter(({ kind }) => kind === 'ticket-changed' || kind === 'ticket-moved')
    .flatMap(({ at, changes }) =>
      Object.entries(changes).map(([field, { from, to }]) => ({
        ...{ field: field as FollowedField, at, byId: null, isExact: false },
        from: listOf(field, from),
        to: listOf(field, to),
      })),
    )
}

/**
 * Changes of one field at one instant in the order in which one leads to the next: a page that is read in between tells part of a second.
 */
function inCourse(changes: readonly FieldChange[]): FieldChange[] {
  const groups = Map.groupBy(changes, ({ field, at }) => `${at} ${field}`)
  return [...groups.values()].flatMap((group) => {
    const rest = [...group]
    const course: FieldChange[] = []
    while (rest.length > 0) {
      const last = course.at(-1)
      const begins = rest.findIndex(({ from }) => !rest.some(({ to }) => canonical(to) === canonical(from)))
      const follows = last ? rest.findIndex(({ from }) => canonical(from) === canonical(last.to)) : begins
      course.push(...rest.splice(Math.max(0, follows), 1))
    }
    return course
  })
}

/** Events keep lists as JSON. */
function listOf(field: string, value: unknown): unknown {
  const isList = field === 'tags' || field === 'cc_ids'
  return isList && typeof value === 'string' ? (JSON.parse(value) as unknown) : value
}
