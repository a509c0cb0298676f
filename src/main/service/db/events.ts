import type { ActivityEvent } from '#contract/activity.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** What changed of a subject: names of fields with their old and new values. */
export type Changes = Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>

/** Records something that happened; belongs into the transaction of the page it was seen on. */
export function recordEvent(
  db: WriteDb,
  event: {
    readonly kind: ActivityEvent['kind']
    readonly subject: string
    readonly at: number
    readonly changes: Changes
  },
): void {
  prepared<[string, string, number, string]>(
    db,
    'INSERT INTO events (kind, subject, at, changes) VALUES (?, ?, ?, ?)',
  ).run(event.kind, event.subject, event.at, JSON.stringify(event.changes))
}

interface EventRow {
  readonly seq: number
  readonly kind: ActivityEvent['kind']
  readonly subject: string
  readonly at: number
  readonly changes: string
}

/** Recorded events after `afterSeq`, in the order they were recorded. */
export function listEvents(db: ReadDb, afterSeq: number, limit: number): ActivityEvent[] {
  return prepared<[number, number], EventRow>(
    db,
    'SELECT seq, kind, subject, at, changes FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  )
    .all(afterSeq, limit)
    .map((row) => ({ ...row, changes: JSON.parse(row.changes) as ActivityEvent['changes'] }))
}

/** How many events have been recorded. */
export function countEvents(db: ReadDb): number {
  return prepared<[], { n: number }>(db, 'SELECT count(*) AS n FROM events').get()?.n ?? 0
}

/** The names and values that differ between two records of the same shape; lists are compared by content. */
export function changesBetween<T extends object>(before: T, after: T, fields: readonly (keyof T & string)[]): Changes {
  const changes: Record<string, { from: unknown; to: unknown }> = {}
  for (const field of fields) {
    if (before[field] !== after[field]) changes[field] = { from: before[field], to: after[field] }
  }
  return changes
}
