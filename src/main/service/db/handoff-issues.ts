import type { SharedIssueState } from './document-issues.ts'
import { prepared, type ReadDb } from './sql.ts'

/** Handoffs that are in an issue and whose absence ends after an instant, ms; where it is not known here, that were written after it. */
export function handoffsInIssues(
  db: ReadDb,
  endingAfter: number,
): { readonly id: string; readonly issue: SharedIssueState }[] {
  return prepared<[number], { id: string; issue: string }>(
    db,
    `SELECT h.id, h.issue FROM handoffs h
     LEFT JOIN absences a ON a.id = h.absence_id OR a.plan_id = h.absence_id
     WHERE h.issue IS NOT NULL AND coalesce(a.ends_at, h.updated_at) > ? ORDER BY h.id`,
  )
    .all(endingAfter)
    .map(({ id, issue }) => ({ id, issue: JSON.parse(issue) as SharedIssueState }))
}
