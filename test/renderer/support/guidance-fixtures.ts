import type { EmergencyBrief, GuidancePerson, TicketGuidance } from '#contract/guidance.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { dayMs, hourMs, now } from './fixtures.ts'

/** An ASE who is away and next online the day after tomorrow. */
export function aGuidancePerson(changes: Partial<GuidancePerson> = {}): GuidancePerson {
  return {
    id: 20,
    name: 'Priya Raman',
    slackHandle: '@praman',
    timeZone: 'America/New_York',
    state: 'away',
    onlineAt: now + 2 * dayMs,
    ...changes,
  }
}

/** What the rules say of a ticket of the queue, without steps and without an ASE unless some are given. */
export function aGuidance(row: TicketRow, changes: Partial<TicketGuidance> = {}): TicketGuidance {
  return {
    ...row.guidance,
    ticketId: row.id,
    role: 'cover',
    cell: {
      stage: 'live',
      emergency: row.emergency ? 'yes' : 'no',
      account: 'ase',
      preAse: 'no',
      role: 'cover',
      ase: 'away',
      breach: 'before',
      isNew: 'no',
      held: 'ase',
      contributing: 'like-assigned',
      covered: 'yes',
    },
    steps: [],
    nextClock: row.nextClock,
    ase: null,
    cover: null,
    breachesFirst: false,
    preAse: null,
    timeZone: 'Europe/Berlin',
    now,
    ...changes,
  }
}

/** The brief of a ticket of the queue. */
export function aBrief(row: TicketRow, changes: Partial<EmergencyBrief> = {}): EmergencyBrief {
  const other = {
    status: 'open',
    priority: 'high',
    assigneeName: 'Priya Raman',
    nextClock: null,
    updatedAt: now - hourMs,
  }
  return {
    guidance: aGuidance(row, { ase: aGuidancePerson(), cover: aGuidancePerson({ id: 10, name: 'Tom Okafor' }) }),
    subject: row.subject,
    url: `https://sample.zendesk.com/agent/tickets/${row.id}`,
    requesterName: row.requesterName,
    account: { id: 1, name: row.accountName ?? '' },
    desk: null,
    open: [{ ...other, id: 4702, subject: 'Merge requests show 500' }],
    openTotal: 1,
    events: [{ ticketId: row.id, at: now - hourMs, words: 'Ada Meyer wrote a reply' }],
    similar: [
      { ...other, id: 4100, subject: 'Gitaly down', status: 'solved', accountName: null, shared: ['gitaly', 'down'] },
    ],
    now,
    ...changes,
  }
}
