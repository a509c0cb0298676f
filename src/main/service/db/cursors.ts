import { noteRead } from './read-stretches.ts'
import type { SourceName } from './source-name.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** How far one stream of one source has been read. */
export interface Cursor {
  /** Everything that changed up to here is stored; null before the first complete pass. */
  readonly watermark: number | null
  /** Where an interrupted pass goes on; null when none was interrupted. */
  readonly passCursor: string | null
  /** The watermark an interrupted pass will leave once it is complete. */
  readonly passWatermark: number | null
  /** Since when the stored rows are known to be complete. */
  readonly completedAt: number | null
  /** What the last attempt failed with, in words. */
  readonly problem: string | null
}

const unread: Cursor = { watermark: null, passCursor: null, passWatermark: null, completedAt: null, problem: null }

const columns = `watermark, pass_cursor AS passCursor, pass_watermark AS passWatermark, completed_at AS completedAt, problem`

/** How far a stream has been read; a stream never read has no watermark. */
export function readCursor(db: ReadDb, source: SourceName, scope: string): Cursor {
  return (
    prepared<[string, string], Cursor>(db, `SELECT ${columns} FROM sync_cursors WHERE source = ? AND scope = ?`).get(
      source,
      scope,
    ) ?? unread
  )
}

/** What of a cursor can be changed. */
export interface CursorChange extends Partial<Cursor> {
  /** When the reading began that makes the stream complete for the first time; only the first one counts. */
  readonly firstBegunAt?: number
}

/** Changes the named parts of a cursor; belongs into the transaction of the rows it speaks of. */
export function writeCursor(db: WriteDb, source: SourceName, scope: string, changed: CursorChange): void {
  const cursor = { ...readCursor(db, source, scope), ...changed }
  prepared<unknown[]>(
    db,
    `INSERT INTO sync_cursors (source, scope, watermark, pass_cursor, pass_watermark, completed_at, first_completed_at, problem)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (source, scope) DO UPDATE SET
       watermark = excluded.watermark, pass_cursor = excluded.pass_cursor, pass_watermark = excluded.pass_watermark,
       completed_at = excluded.completed_at,
       first_completed_at = coalesce(first_completed_at, excluded.first_completed_at), problem = excluded.problem`,
  ).run(
    source,
    scope,
    cursor.watermark,
    cursor.passCursor,
    cursor.passWatermark,
    cursor.completedAt,
    changed.firstBegunAt ?? cursor.completedAt,
    cursor.problem,
  )
  if (changed.completedAt) noteRead(db, source, scope, changed.completedAt)
}

/** Every stream that has been read or tried. */
export function listCursors(db: ReadDb): (Cursor & { readonly source: SourceName; readonly scope: string })[] {
  return prepared<[], Cursor & { source: SourceName; scope: string }>(
    db,
    `SELECT source, scope, ${columns} FROM sync_cursors ORDER BY source DESC, scope`,
  ).all()
}

/** When the reading began that made a stream complete for the first time; null before it began. */
export function firstReadAt(db: ReadDb, source: SourceName, scope: string): number | null {
  return (
    prepared<[string, string], { at: number | null }>(
      db,
      'SELECT first_completed_at AS at FROM sync_cursors WHERE source = ? AND scope = ?',
    ).get(source, scope)?.at ?? null
  )
}

/**
 * An instant of Zendesk's own clock that has certainly passed: the latest change of a ticket that any list has shown. Null
 * before the first one. The computer's clock may be wrong and is not asked.
 */
export function knownInstant(db: ReadDb): number | null {
  return (
    prepared<[], { at: number | null }>(
      db,
      `SELECT max(max(coalesce(watermark, 0), coalesce(pass_watermark, 0))) AS at FROM sync_cursors
       WHERE source = 'zendesk' AND (scope LIKE 'organization:%' OR scope = 'tickets')`,
    ).get()?.at || null
  )
}

/** Name of the stream of an organization's tickets. */
export function organizationScope(organizationId: number): string {
  return `organization:${organizationId}`
}

/** Name of the stream of an account's labelled issues. */
export function labelScope(accountId: number): string {
  return `label:${accountId}`
}

/** Name of the stream of an account's labelled epics. */
export function epicsScope(accountId: number): string {
  return `epics:${accountId}`
}

/** Name of the looking through of everything with an account's label. */
export function labelSweepScope(accountId: number): string {
  return `label-sweep:${accountId}`
}

/** When the first stream whose name begins so was begun to be read that then was read to its end; null before that. */
export function firstOfStreamsAt(db: ReadDb, source: SourceName, prefix: string): number | null {
  return (
    prepared<[string, string], { at: number | null }>(
      db,
      `SELECT min(first_completed_at) AS at FROM sync_cursors WHERE source = ? AND scope LIKE ? || ':%'`,
    ).get(source, prefix)?.at ?? null
  )
}
