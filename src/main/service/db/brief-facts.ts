import type { ActivityEvent } from '#contract/activity.ts'
import type { EmergencyMark } from '#core/tickets/emergency-mark.ts'
import { prepared, type ReadDb } from './sql.ts'

/** What happened last to one of some subjects. Read from the index of each subject. */
export const lastEventsSql = `
  SELECT e.seq, e.kind, e.subject, e.at, e.changes
  FROM json_each(?) s CROSS JOIN events e INDEXED BY events_subject ON e.subject = s.value
  ORDER BY e.at DESC, e.seq DESC LIMIT ?`

interface EventRow extends Omit<ActivityEvent, 'changes'> {
  readonly changes: string
}

/** What happened last to some tickets, newest first. */
export function lastEvents(db: ReadDb, ticketIds: readonly number[], limit: number): ActivityEvent[] {
  const subjects = JSON.stringify(ticketIds.map((id) => `ticket:${id}`))
  return prepared<[string, number], EventRow>(db, lastEventsSql)
    .all(subjects, limit)
    .map((row) => ({ ...row, changes: JSON.parse(row.changes) as ActivityEvent['changes'] }))
}

/** A ticket that may be like another one. */
export interface SubjectLine {
  readonly id: number
  readonly organizationId: number | null
  readonly subject: string
}

/** Solved tickets with their subjects, newest first. Read along the key, so that a large history costs nothing. */
export function solvedSubjects(db: ReadDb, limit: number): SubjectLine[] {
  return prepared<[number], SubjectLine & { readonly status: string }>(
    db,
    'SELECT id, organization_id AS organizationId, subject, status FROM tickets ORDER BY id DESC LIMIT ?',
  )
    .all(limit)
    .filter(({ status }) => status === 'solved' || status === 'closed')
}

/** Live tickets of an organization by id. Read by index. */
export function liveTicketIds(db: ReadDb, organizationId: number): number[] {
  return prepared<[number], { id: number }>(
    db,
    'SELECT id FROM tickets INDEXED BY tickets_queue WHERE live = 1 AND organization_id = ? ORDER BY id',
  )
    .all(organizationId)
    .map(({ id }) => id)
}

/** How many unsolved tickets have each tag, each priority, and each form. */
export function liveMarks(db: ReadDb): readonly {
  readonly by: EmergencyMark['by']
  readonly value: string
  readonly tickets: number
}[] {
  return prepared<[], { by: EmergencyMark['by']; value: string; tickets: number }>(
    db,
    `SELECT 'tag' AS by, t.value AS value, count(*) AS tickets
       FROM tickets INDEXED BY tickets_queue, json_each(tickets.tags) t WHERE live = 1 GROUP BY t.value
     UNION ALL SELECT 'priority', priority, count(*)
       FROM tickets INDEXED BY tickets_queue WHERE live = 1 AND priority IS NOT NULL GROUP BY priority
     UNION ALL SELECT 'form', CAST(form_id AS TEXT), count(*)
       FROM tickets INDEXED BY tickets_queue WHERE live = 1 AND form_id > 0 GROUP BY form_id`,
  ).all()
}
