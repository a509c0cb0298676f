import type { IssueDetail, IssueRecord } from '#contract/issues.ts'
import type { IssueKey } from '#core/issues/issue.ts'
import { stripMarkers } from '#core/outbox/marker.ts'
import { prepared, type ReadDb } from './sql.ts'

type IssueRow = Omit<IssueRecord, 'labels' | 'assignees' | 'confidential' | 'ticketIds' | 'movedTo'> & {
  readonly labels: string
  readonly assignees: string
  readonly confidential: number
  readonly ticketIds: string
  readonly movedToReference: string | null
  readonly movedToUrl: string | null
}

interface IssueFilter {
  readonly accountId: number | undefined
  readonly state: 'opened' | 'closed' | 'all'
  readonly limit: number
  readonly offset: number
}

/** Open ones are those there are; of what is gone, `all` and `closed` tell. */
const where = `WHERE (:accountId IS NULL OR i.account_id = :accountId)
  AND (:state = 'all' OR (:state = 'opened' AND i.state = 'opened' AND i.fate IS NULL)
    OR (:state = 'closed' AND (i.state <> 'opened' OR i.fate IS NOT NULL)))`

const selected = `
  SELECT i.kind, i.project_id AS projectId, i.iid, i.account_id AS accountId, i.title, i.state, i.labels, i.assignees,
         i.reference, i.url, i.confidential, i.due_date AS dueDate, i.tasks_done AS tasksDone,
         i.tasks_total AS tasksTotal, i.fate, moved.reference AS movedToReference, moved.url AS movedToUrl,
         i.created_at AS createdAt, i.updated_at AS updatedAt,
         (SELECT json_group_array(id) FROM (
           SELECT DISTINCT linked.value AS id FROM (
             SELECT i.ticket_ids AS ids
             UNION ALL SELECT n.ticket_ids FROM issue_notes n
               WHERE n.kind = i.kind AND n.project_id = i.project_id AND n.iid = i.iid
           ) AS texts, json_each(texts.ids) AS linked ORDER BY 1)) AS ticketIds,
         (SELECT count(*) FROM issue_notes n
           WHERE n.kind = i.kind AND n.project_id = i.project_id AND n.iid = i.iid) AS notes,
         max(i.updated_at, coalesce((SELECT max(n.created_at) FROM issue_notes n
           WHERE n.kind = i.kind AND n.project_id = i.project_id AND n.iid = i.iid), 0)) AS lastActivityAt
  FROM issues i LEFT JOIN issues moved ON i.moved_to_id IS NOT NULL AND moved.kind = 'issue' AND moved.id = i.moved_to_id`

/** Labelled issues and epics, last changed first, and how many there are in all. */
export function listIssues(
  db: ReadDb,
  filter: IssueFilter,
): { readonly issues: IssueRecord[]; readonly total: number } {
  const bound = { ...filter, accountId: filter.accountId ?? null }
  const rows = prepared<typeof bound, IssueRow>(
    db,
    `${selected} ${where} ORDER BY i.updated_at DESC, i.kind DESC, i.project_id, i.iid LIMIT :limit OFFSET :offset`,
  ).all(bound)
  const { limit: _limit, offset: _offset, ...counted } = bound
  const total = prepared<typeof counted, { n: number }>(db, `SELECT count(*) AS n FROM issues i ${where}`).get(counted)
  return { issues: rows.map(toRecord), total: total?.n ?? 0 }
}

/** An issue or epic with what people wrote on it, without the marks of orders; null when it is not stored. */
export function readIssue(db: ReadDb, { kind, projectId, iid }: IssueKey): IssueDetail | null {
  const key = [kind, projectId, iid] as const
  const row = prepared<[string, number, number], IssueRow>(
    db,
    `${selected} WHERE i.kind = ? AND i.project_id = ? AND i.iid = ?`,
  ).get(...key)
  if (!row) return null
  const text = prepared<[string, number, number], { description: string; notesAsOf: number | null }>(
    db,
    `SELECT description, notes_as_of AS notesAsOf FROM issues WHERE kind = ? AND project_id = ? AND iid = ?`,
  ).get(...key)
  const notes = prepared<
    [string, number, number],
    Omit<IssueDetail['notes'][number], 'internal'> & { readonly internal: number }
  >(
    db,
    `SELECT id, author, internal, text, created_at AS createdAt, updated_at AS updatedAt FROM issue_notes
     WHERE kind = ? AND project_id = ? AND iid = ? ORDER BY created_at, id`,
  ).all(...key)
  return {
    issue: toRecord(row),
    description: stripMarkers(text?.description ?? ''),
    notes: notes.map((note) => ({ ...note, text: stripMarkers(note.text), internal: note.internal === 1 })),
  }
}

function toRecord({ movedToReference, movedToUrl, ...row }: IssueRow): IssueRecord {
  return {
    ...row,
    labels: JSON.parse(row.labels) as string[],
    assignees: JSON.parse(row.assignees) as string[],
    ticketIds: JSON.parse(row.ticketIds) as number[],
    confidential: row.confidential === 1,
    movedTo: movedToReference === null || movedToUrl === null ? null : { reference: movedToReference, url: movedToUrl },
  }
}

/** How many open labelled issues and epics an account has. */
export function openIssuesOf(db: ReadDb, accountId: number): number {
  return (
    prepared<[number], { n: number }>(
      db,
      `SELECT count(*) AS n FROM issues WHERE account_id = ? AND state = 'opened' AND fate IS NULL`,
    ).get(accountId)?.n ?? 0
  )
}

/** What is known of a stored issue or epic for keeping it in step. */
export interface KnownIssue extends IssueKey {
  readonly accountId: number
  readonly createdAt: number
  /** Path of its group or project. */
  readonly path: string
}

const known = `SELECT kind, project_id AS projectId, iid, account_id AS accountId, created_at AS createdAt,
  rtrim(rtrim(reference, '0123456789'), '#&') AS path FROM issues`

/** Open issues that are where they were, by project and number. */
export function openIssues(db: ReadDb): KnownIssue[] {
  return prepared<[], KnownIssue>(
    db,
    `${known} WHERE kind = 'issue' AND state = 'opened' AND fate IS NULL ORDER BY project_id, iid`,
  ).all()
}

/** Everything of a kind that an account's list ought to show, created from `after` on and before `until` (null: to the end). */
export function listedIssues(
  db: ReadDb,
  { accountId, kind }: { readonly accountId: number; readonly kind: IssueKey['kind'] },
  after: number,
  until: number | null,
): KnownIssue[] {
  return prepared<[number, string, number, number | null, number | null], KnownIssue>(
    db,
    `${known} WHERE account_id = ? AND kind = ? AND fate IS NULL AND created_at >= ? AND (? IS NULL OR created_at < ?)
     ORDER BY created_at, project_id, iid`,
  ).all(accountId, kind, after, until, until)
}

/** One stored issue or epic, or undefined. */
export function knownIssue(db: ReadDb, { kind, projectId, iid }: IssueKey): KnownIssue | undefined {
  return prepared<[string, number, number], KnownIssue>(
    db,
    `${known} WHERE kind = ? AND project_id = ? AND iid = ?`,
  ).get(kind, projectId, iid)
}
