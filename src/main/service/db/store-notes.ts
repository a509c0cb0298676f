import type { IssueKey, IssueNote, WorkKind } from '#core/issues/issue.ts'
import { linkedTickets } from '#core/issues/linked-tickets.ts'
import { recordEvent } from './events.ts'
import { subjectOf } from './issue-fates.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** Stores notes of an issue or epic as they are worded now, an event for each that is new. */
export function storeNotes(db: WriteDb, key: IssueKey, notes: readonly IssueNote[], zendeskHost: string | null): void {
  for (const note of notes) {
    const isKnown = prepared<[number]>(db, 'SELECT 1 FROM issue_notes WHERE id = ?').get(note.id) !== undefined
    prepared<unknown[]>(
      db,
      `INSERT INTO issue_notes (id, kind, project_id, iid, author, internal, text, ticket_ids, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, project_id = excluded.project_id, iid = excluded.iid,
         author = excluded.author, internal = excluded.internal, text = excluded.text, ticket_ids = excluded.ticket_ids,
         updated_at = excluded.updated_at`,
    ).run(
      note.id,
      key.kind,
      key.projectId,
      key.iid,
      note.author,
      note.internal ? 1 : 0,
      note.text,
      JSON.stringify(zendeskHost === null ? [] : linkedTickets(note.text, zendeskHost)),
      note.createdAt,
      note.updatedAt,
    )
    if (isKnown) continue
    recordEvent(db, {
      kind: 'note-added',
      subject: subjectOf(key),
      at: note.createdAt,
      changes: { note: { from: null, to: { id: note.id, internal: note.internal, author: note.author } } },
    })
  }
}

/** Notes that all notes of an issue or epic are stored as they were when it last changed at `asOf`; the ones that are no longer there go. */
export function markNotesRead(
  db: WriteDb,
  { kind, projectId, iid }: IssueKey,
  asOf: number,
  noteIds: readonly number[],
): void {
  prepared<[string, number, number, string]>(
    db,
    `DELETE FROM issue_notes WHERE kind = ? AND project_id = ? AND iid = ?
       AND id NOT IN (SELECT value FROM json_each(?))`,
  ).run(kind, projectId, iid, JSON.stringify(noteIds))
  prepared<[number, string, number, number]>(
    db,
    'UPDATE issues SET notes_as_of = ? WHERE kind = ? AND project_id = ? AND iid = ?',
  ).run(asOf, kind, projectId, iid)
}

/** An issue or epic whose notes are to be read. */
export interface UnreadIssue extends IssueKey {
  readonly id: number
  /** Path of its group or project. */
  readonly path: string
  readonly updatedAt: number
}

/**
 * Issues and epics that changed since their notes were read: open ones, and those that were closed since, for the last words. One
 * that is known to have no notes is left out.
 */
export const unreadIssuesSql = `
  SELECT kind, project_id AS projectId, iid, id, updated_at AS updatedAt, reference FROM issues INDEXED BY issues_unread
  WHERE fate IS NULL AND (notes_as_of IS NULL OR notes_as_of < updated_at)
    AND (state = 'opened' OR notes_as_of IS NOT NULL) AND id IS NOT NULL
    AND (notes_count IS NOT 0 OR notes_as_of IS NOT NULL)
  ORDER BY updated_at DESC, kind, project_id, iid`

/** Issues and epics whose notes are to be read, last changed first. */
export function unreadIssues(db: ReadDb): UnreadIssue[] {
  type Row = Omit<UnreadIssue, 'path'> & { readonly kind: WorkKind; readonly reference: string }
  return prepared<[], Row>(db, unreadIssuesSql)
    .all()
    .map(({ reference, ...row }) => ({ ...row, path: reference.replace(/[#&]\d+$/, '') }))
}
