import type { ReturnDecision } from '#contract/returns.ts'
import { addDecision, readStoredMeeting, storeMeeting, type DecidedRow } from '#service/db/return-meetings.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { readRoster } from '#service/db/workspace.ts'
import type { WrapUpDesk } from '#service/returns/wrap-up-desk.ts'
import type { Clock } from '#service/ports.ts'
import { policyOf } from './policy-of.ts'

/** What ends a return meeting, over a database and the time of a test. */
export function wrapUpDeskOf(
  { db, clock }: { readonly db: WriteDb; readonly clock: Pick<Clock, 'now'> },
  outbox: WrapUpDesk['outbox'] = null,
): WrapUpDesk {
  return {
    ...{ db, outbox, roster: readRoster(db), now: clock.now(), policy: policyOf('2025-04') },
    emergencyMark: { by: 'tag', value: 'emergency' },
    ticketUrl: (ticketId) => `https://zendesk.example.com/agent/tickets/${ticketId}`,
    openActions: () => [],
  }
}

/** A row that something was decided of, of a ticket that was opened where nothing else is said. */
export interface Decided extends Partial<DecidedRow> {
  readonly kind?: DecidedRow['kind']
  readonly decision: ReturnDecision['kind']
  readonly note?: string
  readonly owner?: string
  readonly by?: string
}

/** Decides rows of a meeting. */
export function decideRows(
  db: WriteDb,
  meeting: { readonly id: string; readonly accountId: number },
  at: number,
  ...rows: readonly Decided[]
): void {
  const stored = readStoredMeeting(db, meeting)
  storeMeeting(db, { ...stored, startedAt: stored.startedAt ?? at })
  for (const { decision, note = '', owner = '', by = '', kind = 'new', ticketId = 101, ...row } of rows) {
    addDecision(db, meeting.id, {
      ...{ key: `ticket:${ticketId}/${kind}`, state: 'seen', byId: null, at },
      row: { kind, ticketId, subject: 'Runners time out', words: 'Opened', dueOn: '', ...row },
      decision: { kind: decision, note, owner, dueOn: by },
    })
  }
}
