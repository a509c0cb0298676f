import { prepared, type ReadDb, type WriteDb } from './sql.ts'

/** The issue in GitLab that a document is in, as far as it is known without its text. */
export interface SharedIssueState {
  readonly projectId: number
  readonly iid: number
  readonly reference: string
  readonly url: string
  readonly state: string
  readonly title: string
  readonly labels: readonly string[]
  readonly confidential: boolean
  /** When it was last read, or seen as it was sent. */
  readonly readAt: number
  /** GitLab's stamp of what was read; 0 where it was only sent. */
  readonly updatedAt: number
  /** Why it could not be read, or what is wrong with what stands in it. */
  readonly problem: string | null
  /** What was last taken in from it without anybody asking. */
  readonly takenIn: { readonly at: number; readonly changes: readonly string[] } | null
  /** The latest change in the outbox that was made of it, so far as that was seen; 0 for none. */
  readonly orderId: number
}

/** The same with what stood in it when it was last read. */
export interface SharedIssue<Document> extends SharedIssueState {
  /** Markdown. */
  readonly description: string
  /** The document that stood there; null where none could be read. */
  readonly document: Document | null
}

/** Where documents that may be in an issue are kept. */
export type SharedTable = 'plans' | 'handoffs'

interface IssueRow {
  readonly issue: string | null
  readonly text: string | null
}

// A plan is short, and keeps its text with the rest.
const columns: Readonly<Record<SharedTable, string>> = {
  plans: 'id, issue, NULL AS text',
  handoffs: 'id, issue, issue_text AS text',
}

/** The issue a document is in; null where it is in none. */
export function readSharedIssue<Document>(db: ReadDb, table: SharedTable, id: string): SharedIssue<Document> | null {
  const row = prepared<[string], IssueRow>(db, `SELECT ${columns[table]} FROM ${table} WHERE id = ?`).get(id)
  return row ? toIssue<Document>(row) : null
}

/** Stores which issue a document is in and what stands there. */
export function writeSharedIssue<Document>(
  db: WriteDb,
  table: SharedTable,
  id: string,
  issue: SharedIssue<Document>,
): void {
  if (table === 'plans') {
    prepared<[string, string]>(db, 'UPDATE plans SET issue = ? WHERE id = ?').run(JSON.stringify(issue), id)
    return
  }
  const { description, document, ...state } = issue
  prepared<[string, string, string]>(db, 'UPDATE handoffs SET issue = ?, issue_text = ? WHERE id = ?').run(
    JSON.stringify(state),
    JSON.stringify({ description, document }),
    id,
  )
}

/** An issue that any document is in, as it was last read; undefined for any other. */
export function findSharedIssue(db: ReadDb, projectId: number, iid: number): SharedIssue<unknown> | undefined {
  const row = prepared<[{ projectId: number; iid: number }], IssueRow>(
    db,
    `SELECT issue, text FROM (SELECT ${columns.plans} FROM plans UNION ALL SELECT ${columns.handoffs} FROM handoffs)
     WHERE json_extract(issue, '$.projectId') = :projectId AND json_extract(issue, '$.iid') = :iid
     ORDER BY json_extract(issue, '$.readAt') DESC LIMIT 1`,
  ).get({ projectId, iid })
  return (row && toIssue(row)) ?? undefined
}

function toIssue<Document>({ issue, text }: IssueRow): SharedIssue<Document> | null {
  if (issue === null) return null
  return { ...JSON.parse(issue), ...(text === null ? {} : JSON.parse(text)) } as SharedIssue<Document>
}
