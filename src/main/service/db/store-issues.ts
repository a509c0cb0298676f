import type { Issue } from '#core/issues/issue.ts'
import { changesBetween, recordEvent } from './events.ts'
import { prepared, type WriteDb } from './sql.ts'

interface StoredIssue {
  readonly account_id: number
  readonly title: string
  readonly state: string
  readonly labels: string
  readonly assignees: string
  readonly reference: string
  readonly url: string
  readonly confidential: number
  readonly due_date: string | null
  readonly tasks_done: number
  readonly tasks_total: number
  readonly created_at: number
  readonly updated_at: number
}

const watched = [
  'account_id',
  'title',
  'state',
  'labels',
  'assignees',
  'reference',
  'confidential',
  'due_date',
  'tasks_done',
  'tasks_total',
] as const satisfies readonly (keyof StoredIssue)[]

const columns = `account_id, title, state, labels, assignees, reference, url, confidential, due_date, tasks_done,
  tasks_total, created_at, updated_at`

/**
 * Stores one labelled issue and the event that follows. An older page changes nothing; the same again records nothing.
 *
 * @returns whether anything stored has changed.
 */
export function storeIssue(db: WriteDb, accountId: number, issue: Issue, fetchedAt: number): boolean {
  const stored = prepared<[number, number], StoredIssue>(
    db,
    `SELECT ${columns} FROM issues WHERE project_id = ? AND iid = ?`,
  ).get(issue.projectId, issue.iid)
  if (stored && issue.updatedAt < stored.updated_at) return false
  const seen: StoredIssue = {
    account_id: stored && carriesLabelOf(db, stored.account_id, issue) ? stored.account_id : accountId,
    title: issue.title,
    state: issue.state,
    labels: JSON.stringify(issue.labels),
    assignees: JSON.stringify(issue.assignees),
    reference: issue.reference,
    url: issue.url,
    confidential: issue.confidential ? 1 : 0,
    due_date: issue.dueDate,
    tasks_done: issue.tasksDone,
    tasks_total: issue.tasksTotal,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
  }
  const changes = stored ? changesBetween(stored, seen, watched) : {}
  const isChanged = Object.keys(changes).length > 0
  if (stored && !isChanged && stored.updated_at === seen.updated_at && stored.url === seen.url) return false
  prepared<unknown[]>(
    db,
    `INSERT INTO issues (project_id, iid, ${columns}, fetched_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (project_id, iid) DO UPDATE SET
       account_id = excluded.account_id, title = excluded.title, state = excluded.state, labels = excluded.labels,
       assignees = excluded.assignees, reference = excluded.reference, url = excluded.url,
       confidential = excluded.confidential, due_date = excluded.due_date, tasks_done = excluded.tasks_done,
       tasks_total = excluded.tasks_total, updated_at = excluded.updated_at, fetched_at = excluded.fetched_at`,
  ).run(issue.projectId, issue.iid, ...Object.values(seen), fetchedAt)
  const subject = `issue:${issue.projectId}/${issue.iid}`
  if (!stored) recordEvent(db, { kind: 'issue-created', subject, at: issue.createdAt, changes: {} })
  else if (isChanged) recordEvent(db, { kind: 'issue-changed', subject, at: issue.updatedAt, changes })
  return true
}

/** An issue with the labels of two accounts stays with the first one; otherwise each pass of the one would take it from the other. */
function carriesLabelOf(db: WriteDb, accountId: number, issue: Issue): boolean {
  const account = prepared<[number], { label: string | null }>(
    db,
    'SELECT label FROM accounts WHERE id = ? AND gitlab_group IS NOT NULL',
  ).get(accountId)
  return account !== undefined && account.label !== null && issue.labels.includes(account.label)
}
