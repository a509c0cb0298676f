import type { IssueRecord } from '#contract/issues.ts'
import { prepared, type ReadDb } from './sql.ts'

type IssueRow = Omit<IssueRecord, 'labels' | 'assignees' | 'confidential'> & {
  readonly labels: string
  readonly assignees: string
  readonly confidential: number
}

interface IssueFilter {
  readonly accountId: number | undefined
  readonly state: 'opened' | 'closed' | 'all'
  readonly limit: number
  readonly offset: number
}

const where = `WHERE (:accountId IS NULL OR account_id = :accountId) AND (:state = 'all' OR state = :state)`

/** Labelled issues, last changed first, and how many there are in all. */
export function listIssues(
  db: ReadDb,
  filter: IssueFilter,
): { readonly issues: IssueRecord[]; readonly total: number } {
  const bound = { ...filter, accountId: filter.accountId ?? null }
  const rows = prepared<typeof bound, IssueRow>(
    db,
    `SELECT project_id AS projectId, iid, account_id AS accountId, title, state, labels, assignees, reference, url,
            confidential, due_date AS dueDate, tasks_done AS tasksDone, tasks_total AS tasksTotal,
            created_at AS createdAt, updated_at AS updatedAt
     FROM issues ${where} ORDER BY updated_at DESC, project_id, iid LIMIT :limit OFFSET :offset`,
  ).all(bound)
  const { limit: _limit, offset: _offset, ...counted } = bound
  const total = prepared<typeof counted, { n: number }>(db, `SELECT count(*) AS n FROM issues ${where}`).get(counted)?.n
  return {
    issues: rows.map((row) => ({
      ...row,
      labels: JSON.parse(row.labels) as string[],
      assignees: JSON.parse(row.assignees) as string[],
      confidential: row.confidential === 1,
    })),
    total: total ?? 0,
  }
}

/** How many open labelled issues an account has. */
export function openIssuesOf(db: ReadDb, accountId: number): number {
  return (
    prepared<[number], { n: number }>(
      db,
      `SELECT count(*) AS n FROM issues WHERE account_id = ? AND state = 'opened'`,
    ).get(accountId)?.n ?? 0
  )
}
