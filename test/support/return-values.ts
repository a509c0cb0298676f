import type { HandedTicket } from '#core/return-meeting/ticket-look.ts'
import type { HistoryMessage, TicketHistory } from '#core/return-meeting/ticket-changes.ts'
import type { RecordedEvent, ReturnSetting } from '#core/return-meeting/return-row.ts'
import type { AuditChange, TicketAudit } from '#core/tickets/audit.ts'
import { dayMs, hourMs, wednesday } from './work-values.ts'

/** The emergency mark of these values. */
export const emergencyTag = { by: 'tag', value: 'emergency' } as const

/** Anna's (12) Acme (1) was covered by Ines (11) for a day from `wednesday` on, then by Ben (13) for another. */
export function aReturn(parts: Partial<ReturnSetting> = {}): ReturnSetting {
  const names = new Map([
    [11, 'Ines'],
    [12, 'Anna'],
    [13, 'Ben'],
    [501, 'Carla'],
  ])
  return {
    startsAt: wednesday,
    endsAt: wednesday + 2 * dayMs,
    accountId: 1,
    aseId: 12,
    coverIds: new Set([11, 13]),
    coverName: (at) => (at < wednesday ? null : at < wednesday + dayMs ? 'Ines' : 'Ben'),
    nameOf: (id) => names.get(id) ?? null,
    zoneOf: () => 'Europe/Berlin',
    timeZone: 'Europe/Berlin',
    ...parts,
  }
}

/** A quiet ticket of Acme from before the absence, of which everything is stored. */
export function aHistory(parts: Partial<TicketHistory> = {}): TicketHistory {
  return {
    id: 101,
    organizationId: 1,
    subject: 'Runners time out',
    status: 'open',
    priority: 'normal',
    requesterId: 501,
    tags: [],
    formId: null,
    createdAt: wednesday - 10 * dayMs,
    mergedInto: null,
    readUntil: wednesday + 3 * dayMs,
    auditsUntil: wednesday + 3 * dayMs,
    messagesUntil: wednesday + 3 * dayMs,
    events: [],
    audits: [],
    messages: [],
    clocks: [],
    ...parts,
  }
}

/** A ticket of which nothing was foreseen or left. */
export const nothingHanded: HandedTicket = { line: null, watched: [], closedAt: () => [] }

/** Hours after `wednesday`. */
export const after = (hours: number): number => wednesday + hours * hourMs

/** What somebody did to the ticket, so many hours after `wednesday`. */
export function anAudit(
  hours: number,
  authorId: number | null,
  ...changes: readonly Partial<AuditChange>[]
): TicketAudit {
  const createdAt = after(hours)
  return {
    ...{ id: createdAt, ticketId: 101, authorId, createdAt },
    changes: changes.map((change) => ({ kind: 'changed', field: null, from: null, to: null, public: null, ...change })),
  }
}

/** What was noticed of the ticket, by what it changed. */
export function anEvent(
  hours: number,
  changes: Readonly<Record<string, readonly [unknown, unknown]>>,
  kind = 'ticket-changed',
): RecordedEvent {
  const told = Object.entries(changes).map(([field, [from, to]]) => [field, { from, to }] as const)
  return { kind, at: after(hours), changes: Object.fromEntries(told) }
}

/** A message so many hours after `wednesday`; of Carla's where nobody else is named. */
export function aMessage(hours: number, parts: Partial<HistoryMessage> = {}): HistoryMessage {
  const authorId = parts.authorId ?? 501
  return {
    ...{ id: after(hours), authorId, public: true, at: after(hours), text: 'It is slow.' },
    ...{ customers: authorId === 501, ...parts },
  }
}
