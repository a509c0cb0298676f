import type { IssueFate } from '#core/issues/issue.ts'
import { findSharedIssue } from './document-issues.ts'
import { prepared, type ReadDb } from './sql.ts'

/** A stored issue as far as changes to it are concerned. */
export interface ChangeableIssue {
  /** Null for one that is in no account's list: the issue of a coverage plan or a handoff. */
  readonly accountId: number | null
  readonly iid: number
  readonly title: string
  /** Markdown, as GitLab has it. */
  readonly description: string
  readonly state: string
  readonly labels: readonly string[]
  readonly confidential: boolean
  /** `group/project#12`. */
  readonly reference: string
  readonly url: string
  readonly fate: IssueFate | null
  readonly updatedAt: number
  readonly fetchedAt: number
}

/** One stored issue, that of a coverage plan or a handoff included, or null when it is not stored. */
export function readChangeableIssue(db: ReadDb, projectId: number, iid: number): ChangeableIssue | null {
  type Row = Omit<ChangeableIssue, 'labels' | 'confidential'> & {
    readonly labels: string
    readonly confidential: number
  }
  const row = prepared<[number, number], Row>(
    db,
    `SELECT account_id AS accountId, iid, title, description, state, labels, confidential, reference, url, fate,
            updated_at AS updatedAt, fetched_at AS fetchedAt
     FROM issues WHERE kind = 'issue' AND project_id = ? AND iid = ?`,
  ).get(projectId, iid)
  const shared = findSharedIssue(db, projectId, iid)
  if (shared && shared.updatedAt >= (row?.updatedAt ?? 0)) {
    return { ...shared, accountId: row?.accountId ?? null, fate: null, fetchedAt: shared.readAt }
  }
  return row ? { ...row, labels: JSON.parse(row.labels) as string[], confidential: row.confidential === 1 } : null
}

/** What is known of a project that was never asked for by itself: where the issues say that they are, and whose they are. */
export function projectByIssues(
  db: ReadDb,
  projectId: number,
): { readonly path: string; readonly url: string; readonly accountId: number } | null {
  const row = prepared<[number], { reference: string; url: string; accountId: number }>(
    db,
    `SELECT reference, url, account_id AS accountId FROM issues WHERE kind = 'issue' AND project_id = ?
     ORDER BY fetched_at DESC LIMIT 1`,
  ).get(projectId)
  if (!row) return null
  const { reference, url, accountId } = row
  return { path: reference.replace(/#\d+$/, ''), url: url.replace(/\/-\/(?:issues|work_items)\/\d+$/, ''), accountId }
}

/** The account a project was found to be of, or null. */
export function accountOfProject(db: ReadDb, projectId: number): number | null {
  return (
    prepared<[number], { accountId: number | null }>(
      db,
      'SELECT account_id AS accountId FROM gitlab_projects WHERE id = ?',
    ).get(projectId)?.accountId ?? null
  )
}
