import type { OutboxState } from '#contract/outbox.ts'
import type { WorkIntent } from '#contract/work-intent.ts'
import { prepared, type ReadDb } from './sql.ts'

/** A change in the outbox that opens an issue or writes its text. */
export interface IssueOrder {
  readonly id: number
  readonly intent: Extract<WorkIntent, { kind: 'create-issue' | 'issue-text' }>
  readonly state: OutboxState
  readonly problem: string | null
  /** Of the issue; null before it is there. */
  readonly url: string | null
  readonly settledAt: number | null
}

/**
 * Changes in the outbox that open an issue or write its text and whose text holds some words, latest first.
 *
 * @param holding words that stand in the text.
 * @param among only of these, where they are given.
 */
export function readIssueOrders(db: ReadDb, holding: string, among: readonly number[] | null = null): IssueOrder[] {
  type Row = Omit<IssueOrder, 'intent'> & { readonly intent: string }
  const ids = among && JSON.stringify(among)
  return prepared<[string | null, string | null, string], Row>(
    db,
    `SELECT id, intent, state, problem, url, settled_at AS settledAt FROM outbox
     WHERE host = 'gitlab' AND kind IN ('create-issue', 'issue-text')
       AND (? IS NULL OR id IN (SELECT value FROM json_each(?))) AND instr(intent, ?) > 0
     ORDER BY id DESC`,
  )
    .all(ids, ids, holding)
    .map((row) => ({ ...row, intent: JSON.parse(row.intent) as IssueOrder['intent'] }))
}

/** When a change to an issue was last seen in GitLab, ms; null where none was made from here. */
export function issueChangedAt(db: ReadDb, projectId: number, iid: number): number | null {
  return (
    prepared<[string], { at: number | null }>(
      db,
      `SELECT max(settled_at) AS at FROM outbox WHERE host = 'gitlab' AND target = ? AND state = 'verified'`,
    ).get(`issue ${projectId}/${iid}`)?.at ?? null
  )
}
