import type { Issue, IssueFate } from '#core/issues/issue.ts'
import { linkedTickets } from '#core/issues/linked-tickets.ts'
import { changesBetween, recordEvent } from './events.ts'
import { judgeFate, settleIssueFate, subjectOf, type IssueSeenIn } from './issue-fates.ts'
import { noteIssueLookUps } from './issue-look-ups.ts'
import { prepared, type WriteDb } from './sql.ts'

interface StoredIssue {
  readonly id: number | null
  readonly account_id: number
  readonly title: string
  readonly description: string
  readonly state: string
  readonly labels: string
  readonly assignees: string
  readonly reference: string
  readonly url: string
  readonly confidential: number
  readonly due_date: string | null
  readonly tasks_done: number
  readonly tasks_total: number
  readonly notes_count: number | null
  readonly moved_to_id: number | null
  readonly ticket_ids: string
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

const columns = [
  ...['id', 'account_id', 'title', 'description', 'state', 'labels', 'assignees', 'reference', 'url', 'confidential'],
  ...['due_date', 'tasks_done', 'tasks_total', 'notes_count', 'moved_to_id', 'ticket_ids', 'created_at', 'updated_at'],
] as readonly (keyof StoredIssue)[]

const upsert = `INSERT INTO issues (kind, project_id, iid, fetched_at, ${columns.join(', ')})
  VALUES (:kind, :project_id, :iid, :fetched_at, ${columns.map((name) => `:${name}`).join(', ')})
  ON CONFLICT (kind, project_id, iid) DO UPDATE SET fetched_at = excluded.fetched_at,
    ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`

interface KnownOfIssue {
  readonly fate: IssueFate | null
  readonly fate_at: number | null
}

const selectStored = `SELECT ${columns.join(', ')}, fate, fate_at FROM issues
  WHERE kind = ? AND project_id = ? AND iid = ?`

/** How an issue or epic was met. */
export interface IssueSighting {
  readonly seenIn: IssueSeenIn
  /** Host of our Zendesk, by which addresses of tickets are known; null: there is none. */
  readonly zendeskHost: string | null
}

/**
 * Stores one issue or epic as it was met, and the events that follow. An older page changes nothing; the same again records nothing.
 * One that carries its account's label no more, or was moved to another project, is kept and marked; one that was gone and is met
 * again is back.
 *
 * @param accountId the account whose list showed it, or to which it is known to belong.
 * @returns whether anything stored has changed.
 */
export function storeIssue(
  db: WriteDb,
  accountId: number,
  issue: Issue,
  fetchedAt: number,
  sighting: IssueSighting = { seenIn: 'list', zendeskHost: null },
): boolean {
  const { kind, projectId, iid } = issue
  const stored = prepared<[string, number, number], StoredIssue & KnownOfIssue>(db, selectStored).get(
    kind,
    projectId,
    iid,
  )
  if (stored && issue.updatedAt < stored.updated_at) return false
  const account = stored && hasLabelOf(db, stored.account_id, issue) ? stored.account_id : accountId
  const seen = rowOf(issue, account, sighting.zendeskHost)
  const isNewer = stored?.updated_at !== seen.updated_at
  const { fate, isDoubtful } = judgeFate(
    { fate: stored?.fate ?? null, foundOutAt: stored?.fate_at ?? null },
    { isLabelled: hasLabelOf(db, account, issue), isNewer, movedToId: issue.movedToId },
    sighting.seenIn,
    fetchedAt,
  )
  if (stored && isDoubtful) {
    noteIssueLookUps(db, [issue], 'doubtful')
    return false
  }
  const changes = stored ? changesBetween(stored, seen, watched) : {}
  const isChanged = Object.keys(changes).length > 0
  const isTouched = !stored || columns.some((name) => stored[name] !== seen[name])
  if (isTouched) prepared(db, upsert).run({ kind, project_id: projectId, iid, fetched_at: fetchedAt, ...seen })
  if (!stored) recordEvent(db, { kind: 'issue-created', subject: subjectOf(issue), at: issue.createdAt, changes: {} })
  else if (isChanged) {
    recordEvent(db, { kind: 'issue-changed', subject: subjectOf(issue), at: issue.updatedAt, changes })
  }
  return settleIssueFate(db, issue, fate, fetchedAt) || isTouched
}

function rowOf(issue: Issue, accountId: number, zendeskHost: string | null): StoredIssue {
  return {
    id: issue.id,
    account_id: accountId,
    title: issue.title,
    description: issue.description,
    state: issue.state,
    labels: JSON.stringify(issue.labels),
    assignees: JSON.stringify(issue.assignees),
    reference: issue.reference,
    url: issue.url,
    confidential: issue.confidential ? 1 : 0,
    due_date: issue.dueDate,
    tasks_done: issue.tasksDone,
    tasks_total: issue.tasksTotal,
    notes_count: issue.notesCount,
    moved_to_id: issue.movedToId,
    ticket_ids: JSON.stringify(zendeskHost === null ? [] : linkedTickets(issue.description, zendeskHost)),
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
  }
}

/** An issue with the labels of two accounts stays with the first one; otherwise each pass of the one would take it from the other. */
function hasLabelOf(db: WriteDb, accountId: number, issue: Issue): boolean {
  const account = prepared<[number], { label: string | null }>(
    db,
    'SELECT label FROM accounts WHERE id = ? AND gitlab_group IS NOT NULL',
  ).get(accountId)
  return account !== undefined && account.label !== null && issue.labels.includes(account.label)
}
