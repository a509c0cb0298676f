import type { IssueKey } from '#core/issues/issue.ts'
import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/**
 * Why an issue or epic is to be looked up by itself: a list was without it, or a list that may lag behind shows one again that was
 * found gone.
 */
export type IssueLookUpReason = 'not-listed' | 'doubtful'

/** Notes issues and epics to be looked up; belongs into the transaction of what made us look. One that is noted already stays as it is, and one that is not stored any more is none. */
export function noteIssueLookUps(db: WriteDb, keys: readonly IssueKey[], why: IssueLookUpReason): void {
  for (const { kind, projectId, iid } of keys) {
    prepared<[IssueLookUpReason, string, number, number]>(
      db,
      `INSERT INTO issue_look_ups (kind, project_id, iid, why, not_before)
       SELECT kind, project_id, iid, ?, 0 FROM issues WHERE kind = ? AND project_id = ? AND iid = ?
       ON CONFLICT (kind, project_id, iid) DO NOTHING`,
    ).run(why, kind, projectId, iid)
  }
}

/** Issues and epics whose look-up is due, open ones first. */
export function dueIssueLookUps(db: ReadDb, now: number, limit: number): IssueKey[] {
  return prepared<[number, number], IssueKey>(
    db,
    `SELECT l.kind, l.project_id AS projectId, l.iid FROM issue_look_ups l
     CROSS JOIN issues i ON i.kind = l.kind AND i.project_id = l.project_id AND i.iid = l.iid
     WHERE l.not_before <= ? ORDER BY i.state = 'opened' DESC, l.kind DESC, l.project_id, l.iid LIMIT ?`,
  ).all(now, limit)
}

/** When the next look-up is due, or null when there is none. */
export function nextIssueLookUpAt(db: ReadDb): number | null {
  return prepared<[], { at: number | null }>(db, 'SELECT min(not_before) AS at FROM issue_look_ups').get()?.at ?? null
}

/** Puts a look-up off. */
export function putOffIssueLookUp(db: WriteDb, { kind, projectId, iid }: IssueKey, notBefore: number): void {
  prepared<[number, string, number, number]>(
    db,
    'UPDATE issue_look_ups SET not_before = ? WHERE kind = ? AND project_id = ? AND iid = ?',
  ).run(notBefore, kind, projectId, iid)
}

/** Notes that an issue or epic was looked up, or was shown by the list that had been without it. */
export function endIssueLookUp(
  db: WriteDb,
  { kind, projectId, iid }: IssueKey,
  why: IssueLookUpReason | null = null,
): void {
  prepared<[string, number, number, IssueLookUpReason | null]>(
    db,
    'DELETE FROM issue_look_ups WHERE kind = ? AND project_id = ? AND iid = ? AND why = coalesce(?, why)',
  ).run(kind, projectId, iid, why)
}
