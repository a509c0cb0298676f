import type { Workspace } from '#contract/workspace.ts'
import type { ReturnList, MeetingRow, ReturnDecision } from '#contract/returns.ts'
import type { AuditChange } from '#core/tickets/audit.ts'
import type { Ticket, TicketComment } from '#core/tickets/ticket.ts'
import { organizationScope, writeCursor } from '#service/db/cursors.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { markAuditsRead, storeAudits } from '#service/db/store-audits.ts'
import { markCommentsRead, storeComments } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { buildReturnList } from '#service/returns/build-return-list.ts'
import { decideRow } from '#service/returns/decide-row.ts'
import type { MeetingDesk } from '#service/returns/meeting-desk.ts'
import { createRunningMeetings } from '#service/returns/running-meetings.ts'
import { memoryDatabase } from './memory-database.ts'
import { policyOf } from './policy-of.ts'
import { aComment, aTicket, aWorkspace, dayMs, hourMs, wednesday } from './work-values.ts'

/** Ines (11, me) covers Acme (1) for Anna (12) for two weeks from `wednesday` on, and meets her about it. */
export interface MeetingSetting {
  readonly db: WriteDb
  /** Where the meeting is held as it is now. */
  desk(): MeetingDesk
  now(): number
  /** Time goes by, and nothing of it is missed. */
  pass(ms: number): void
  /** Who works here, who is away and who covers from now on. */
  plan(parts: Partial<Workspace>): void
  /** A page tells of a ticket, as it is from now on; what is not said of it stays as it was. Changes are the customer's, or whose is said. */
  page(id: number, parts?: Partial<Ticket>, byId?: number): void
  /** Somebody writes on a ticket; where nobody is named, its customer. */
  say(ticketId: number, parts?: Partial<TicketComment>): void
  list(): ReturnList
  row(key: string): MeetingRow
  /** Decides a row as it is now. */
  decide(key: string, kind: ReturnDecision['kind'], parts?: Partial<ReturnDecision>): void
  /** Decides all that is undecided. */
  decideAll(): void
}

const secondMs = 1000

/** Id of the meeting of this setting. */
export const acmeMeeting = 'anna-away--1'

/** The absence and the coverage of this setting. */
export const twoWeeks = { startsAt: wednesday, endsAt: wednesday + 14 * dayMs }

/** Sets a meeting up on a database of its own, an hour after the coverage began; nothing happened yet. */
export function aMeeting(
  options: { readonly db?: WriteDb; readonly workspace?: Partial<Workspace> } = {},
): MeetingSetting {
  const db = options.db ?? memoryDatabase()
  const running = createRunningMeetings()
  const known = new Map<number, Ticket>()
  let now = wednesday + hourMs
  let lastComment = 0
  const plan = (parts: Partial<Workspace>) =>
    storeWorkspace(
      db,
      aWorkspace({
        accounts: aWorkspace().accounts.map((account) => ({ ...account, label: null, gitlabGroup: null })),
        absences: [{ id: 'anna-away', personId: 12, ...twoWeeks }],
        coverages: [{ id: 'cover', absenceId: 'anna-away', accountId: 1, coverId: 11, ...twoWeeks }],
        ...parts,
      }),
    )
  const pass = (ms: number) => {
    const end = now + ms
    do {
      now = Math.min(end, now + hourMs / 4)
      writeCursor(db, 'zendesk', organizationScope(1), { completedAt: now })
    } while (now < end)
  }
  const setting: MeetingSetting = {
    db,
    desk: () => ({
      ...{ db, roster: readRoster(db), now, policy: policyOf('2025-04'), running },
      emergencyMark: { by: 'tag', value: 'emergency' },
      ticketUrl: (id) => `https://zendesk.example.com/agent/tickets/${id}`,
      openActions: () => [],
      isRunning: (meetingId) => running.has(db, meetingId),
    }),
    now: () => now,
    pass,
    plan,
    page(id, parts = {}, byId = 501) {
      const before = known.get(id)
      const whole = { ...aTicket({ id, assigneeId: 12, createdAt: now }), ...before, ...parts }
      const ticket = { ...whole, updatedAt: now, generatedAt: now }
      known.set(id, ticket)
      storeTicket(db, { ticket, clocks: [], takenAt: null }, now)
      if (before)
        storeAudits(db, [{ id: now, ticketId: id, authorId: byId, createdAt: now, changes: changesOf(before, ticket) }])
      else storeComments(db, [aComment({ id: id * 1000, ticketId: id, createdAt: ticket.createdAt })])
      markCommentsRead(db, id, now)
      markAuditsRead(db, id, now, null)
      pass(secondMs)
    },
    say(ticketId, parts = {}) {
      lastComment += 1
      storeComments(db, [aComment({ id: lastComment, ticketId, createdAt: now, ...parts })])
      setting.page(ticketId)
    },
    list: () => buildReturnList(setting.desk(), 'cover'),
    row(key) {
      const found = setting.list().rows.find((row) => row.key === key)
      if (!found)
        throw new Error(
          `No row ${key} among ${setting
            .list()
            .rows.map((row) => row.key)
            .join(', ')}`,
        )
      return found
    },
    decide(key, kind, parts = {}) {
      const who = kind === 'follow-up' ? { owner: 'Anna', dueOn: '2026-12-04' } : { owner: '', dueOn: '' }
      const decision = { kind, note: '', ...who, ...parts }
      decideRow(setting.desk(), { coverageId: 'cover', key, state: setting.row(key).state, decision })
    },
    decideAll() {
      for (const { key, decided } of setting.list().rows) if (!decided || decided.changed) setting.decide(key, 'know')
    },
  }
  plan(options.workspace ?? {})
  storeUsers(db, [
    { id: 501, name: 'Carla', role: 'end-user' },
    { id: 11, name: 'Ines', role: 'agent' },
    { id: 12, name: 'Anna', role: 'agent' },
  ])
  pass(0)
  return setting
}

/** What the history of a ticket says of a change. */
function changesOf(before: Ticket, now: Ticket): AuditChange[] {
  const fields = [
    ['status', before.status, now.status],
    ['priority', before.priority, now.priority],
    ['assignee_id', before.assigneeId, now.assigneeId],
    ['organization_id', before.organizationId, now.organizationId],
  ] as const
  return fields.flatMap(([field, from, to]) =>
    from === to ? [] : [{ kind: 'changed', field, from, to, public: null }],
  )
}
