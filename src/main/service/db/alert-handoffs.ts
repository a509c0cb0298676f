import type { TicketFacts, Trigger } from '#core/handoff/handoff-document.ts'
import type { EndingFrom } from './alert-sources.ts'
import { prepared, type ReadDb } from './sql.ts'

/** A handoff as alerts follow from it. */
export interface WatchedHandoff {
  /** Who accepted it; null where nobody did. */
  readonly acceptedBy: number | null
  /** Names all that alerts follow from. */
  readonly watched: string
}

/** What alerts follow from of a handoff, or undefined when it is not begun. */
export function readWatchedHandoff(db: ReadDb, id: string): WatchedHandoff | undefined {
  return prepared<[string], WatchedHandoff>(
    db,
    'SELECT accepted_by AS acceptedBy, watched FROM handoffs WHERE id = ?',
  ).get(id)
}

/** What of a ticket was gone over in a handoff. */
export interface HandedLine {
  readonly handoffId: string
  /** Its facts then; null where nobody went over it. */
  readonly reviewed: TicketFacts | null
  readonly reviewedAt: number | null
}

/** What of a ticket was gone over, in every handoff that has it. */
export function linesOfTicket(db: ReadDb, ticketId: number): HandedLine[] {
  type Row = Omit<HandedLine, 'reviewed'> & { readonly reviewed: string | null }
  return prepared<[number], Row>(
    db,
    `SELECT handoff_id AS handoffId, reviewed, reviewed_at AS reviewedAt FROM handoff_lines INDEXED BY handoff_lines_ticket
     WHERE ticket_id = ?`,
  )
    .all(ticketId)
    .map((row) => ({ ...row, reviewed: row.reviewed === null ? null : (JSON.parse(row.reviewed) as TicketFacts) }))
}

/** The handoffs that have a ticket. */
export function handoffsOfTicket(db: ReadDb, ticketId: number): string[] {
  return prepared<[number], { id: string }>(
    db,
    'SELECT handoff_id AS id FROM handoff_lines INDEXED BY handoff_lines_ticket WHERE ticket_id = ?',
  )
    .all(ticketId)
    .map(({ id }) => id)
}

/** The tickets of which something is written in a handoff. */
export function ticketsOfHandoff(db: ReadDb, handoffId: string): number[] {
  return prepared<[string], { id: number }>(
    db,
    'SELECT ticket_id AS id FROM handoff_lines WHERE handoff_id = ? ORDER BY ticket_id',
  )
    .all(handoffId)
    .map(({ id }) => id)
}

/** An *if … then …* that something fires. */
export interface WatchedContingency {
  readonly handoffId: string
  readonly id: string
  readonly trigger: Trigger
  readonly foreseen: string
  readonly advice: string
  /** What happens from here on fires it. */
  readonly since: number
}

/** What is watched for on a ticket, in every handoff that has it. */
export function contingenciesOf(db: ReadDb, ticketId: number): WatchedContingency[] {
  type Row = Omit<WatchedContingency, 'trigger'> & { readonly trigger: string }
  return prepared<[number], Row>(
    db,
    `SELECT handoff_id AS handoffId, id, trigger, if_words AS foreseen, then_words AS advice, since
     FROM contingencies INDEXED BY contingencies_ticket WHERE ticket_id = ? ORDER BY since, id`,
  )
    .all(ticketId)
    .map((row) => ({ ...row, trigger: JSON.parse(row.trigger) as Trigger }))
}

/** How deadlines of contingencies that end within a stretch are read; from the index alone. */
export const deadlinesSql = `
  SELECT ticket_id AS ticketId, deadline AS at FROM contingencies INDEXED BY contingencies_deadline
  WHERE deadline IS NOT NULL AND (deadline, ticket_id) > (?, ?) AND deadline <= ?
  ORDER BY deadline, ticket_id LIMIT ?`

/** A page of tickets that had to be answered after `from` and not after `until`, in that order. */
export function deadlinesEnding(db: ReadDb, from: EndingFrom, until: number, limit: number): EndingFrom[] {
  return prepared<[number, number, number, number], EndingFrom>(db, deadlinesSql).all(
    from.at,
    from.ticketId,
    until,
    limit,
  )
}

/** How the next deadline of a contingency is found; from the index alone. */
export const nextDeadlineSql = `
  SELECT min(deadline) AS at FROM contingencies INDEXED BY contingencies_deadline WHERE deadline IS NOT NULL AND deadline > ?`

/** When a ticket has to be answered next, by a contingency; null when none has to be. */
export function nextDeadlineAfter(db: ReadDb, at: number): number | null {
  return prepared<[number], { at: number | null }>(db, nextDeadlineSql).get(at)?.at ?? null
}

/** Tickets with a contingency that an issue fires, and those that were gone over in a handoff while it was linked. */
export function ticketsWatching(db: ReadDb, issue: string, handoffIds: readonly string[]): number[] {
  const [, projectId = '', iid = ''] = /^\w+:(\d+)\/(\d+)$/.exec(issue) ?? []
  return prepared<[object], { id: number }>(
    db,
    `SELECT ticket_id AS id FROM contingencies INDEXED BY contingencies_issue WHERE issue = :issue
     UNION
     SELECT l.ticket_id FROM issues i CROSS JOIN handoff_lines l CROSS JOIN json_each(l.reviewed, '$.issues') linked
       WHERE i.kind = :kind AND i.project_id = :projectId AND i.iid = :iid
         AND l.handoff_id IN (SELECT value FROM json_each(:handoffIds)) AND linked.value ->> '$.reference' = i.reference`,
  )
    .all({
      issue,
      kind: issue.split(':', 1)[0],
      projectId: Number(projectId),
      iid: Number(iid),
      handoffIds: JSON.stringify(handoffIds),
    })
    .map(({ id }) => id)
}

/** A change of a ticket as it was recorded. */
export interface RecordedChange {
  readonly at: number
  readonly changes: Readonly<Record<string, { readonly from: unknown; readonly to: unknown } | undefined>>
}

/** How what changed of something since an instant is read; by index. */
export const recordedSql = `
  SELECT at, changes FROM events INDEXED BY events_subject
  WHERE subject = ? AND kind IN ('ticket-changed', 'ticket-moved', 'issue-changed') AND at > ? ORDER BY seq`

/** What changed of a ticket or issue since an instant, in the order it was recorded. */
export function recordedSince(db: ReadDb, subject: string, since: number): RecordedChange[] {
  return prepared<[string, number], { at: number; changes: string }>(db, recordedSql)
    .all(subject, since)
    .map(({ at, changes }) => ({ at, changes: JSON.parse(changes) as RecordedChange['changes'] }))
}

/** An issue as alerts look at it. */
export interface WatchedIssue {
  readonly reference: string
  readonly state: string
  readonly updatedAt: number
}

/** An issue as it is stored, or undefined when it is not. */
export function readWatchedIssue(db: ReadDb, projectId: number, iid: number): WatchedIssue | undefined {
  return prepared<[number, number], WatchedIssue>(
    db,
    `SELECT reference, state, updated_at AS updatedAt FROM issues WHERE kind = 'issue' AND project_id = ? AND iid = ?`,
  ).get(projectId, iid)
}

/** Whether a ticket changed since its conversation was read to its end, and it will be read. */
export function isConversationDue(db: ReadDb, ticketId: number): boolean {
  return (
    prepared<[number], { due: number }>(
      db,
      `SELECT fate IS NULL AND CASE WHEN live = 1 THEN comments_as_of IS NULL OR comments_as_of < updated_at
         ELSE status = 'solved' AND comments_as_of IS NOT NULL AND comments_as_of < updated_at END AS due
       FROM tickets WHERE id = ?`,
    ).get(ticketId)?.due === 1
  )
}
