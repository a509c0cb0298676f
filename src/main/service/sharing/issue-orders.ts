import type { OutboxState } from '#contract/outbox.ts'
import { sharedIdIn, type SharedMark } from '#core/sharing/embedded-text.ts'
import { readIssueOrders, type IssueOrder } from '../db/issue-orders.ts'
import { readSharedIssue, type SharedIssue } from '../db/document-issues.ts'
import type { ReadDb, WriteDb } from '../db/sql.ts'
import { issueIidIn } from './issue-address.ts'
import type { Crossed, Identified, SharedKind, Timed } from './document-kind.ts'
import { takeIn } from './take-in.ts'

/** The latest sending of a document to an issue, where it is on its way or needs a person; null otherwise. */
export function openOrderOf(
  { layout }: { readonly layout: { readonly mark: SharedMark } },
  db: ReadDb,
  id: string,
): { readonly id: number; readonly state: OutboxState; readonly problem: string | null } | null {
  const latest = readIssueOrders(db, id).find(({ intent }) => sharedIdIn(intent.description, layout.mark) === id)
  if (!latest || latest.state === 'verified' || latest.state === 'discarded') return null
  return { id: latest.id, state: latest.state, problem: latest.problem }
}

/**
 * Notes of every sending that was seen in GitLab which issue its document is in now, and takes in what was sent along. The outbox
 * knows what was sent, so nothing is lost when Understudy ends in between: it is noted at the next start.
 *
 * @param among only of these changes, where they are given.
 * @returns the ids of documents of which something is otherwise.
 */
export function adoptSent<Document extends Identified, Setting extends Timed, Conflict extends Crossed>(
  kind: SharedKind<Document, Setting, Conflict>,
  db: WriteDb,
  setting: () => Setting,
  among: readonly number[] | null = null,
): string[] {
  const { mark } = kind.layout
  const sent = readIssueOrders(db, mark.kind, among).filter(({ state }) => state === 'verified')
  return sent.toReversed().flatMap((order) => {
    const id = sharedIdIn(order.intent.description, mark)
    if (id === undefined || !kind.read(db, id)) return []
    const former = readSharedIssue<Document>(db, kind.table, id)
    if (order.id <= (former?.orderId ?? 0)) return []
    const read = kind.judge(order.intent.description)
    const next = read.kind === 'read' ? issueAfter(order, former) : undefined
    if (read.kind !== 'read' || !next) return []
    takeIn(kind, db, { document: read.document, apply: true, issue: { ...next, document: read.document } }, setting())
    return [id]
  })
}

/** Which issue a document is in after it was sent; undefined where that cannot be told. */
function issueAfter<Document>(
  order: IssueOrder,
  former: SharedIssue<Document> | null,
): SharedIssue<Document> | undefined {
  const { id, intent, url, settledAt } = order
  const iid = intent.kind === 'issue-text' ? intent.iid : issueIidIn(url ?? '')
  if (iid === undefined || url === null) return undefined
  const isSame = former?.projectId === intent.projectId && former.iid === iid
  // What was sent before the document came to be in another issue says nothing of that one.
  if (intent.kind === 'issue-text' && !isSame) return former ? { ...former, orderId: id } : undefined
  const path = URL.parse(url)
    ?.pathname.replace(/^\//, '')
    .replace(/(?:\/-)?\/(?:issues|work_items)\/.*$/, '')
  return {
    ...{ projectId: intent.projectId, iid, url },
    reference: isSame ? former.reference : `${path}#${iid}`,
    state: isSame ? former.state : 'opened',
    title: intent.title ?? (isSame ? former.title : ''),
    description: intent.description,
    labels: isSame ? former.labels : 'labels' in intent ? intent.labels : [],
    confidential: isSame ? former.confidential : 'confidential' in intent && intent.confidential,
    readAt: settledAt ?? 0,
    updatedAt: 0,
    document: null,
    problem: null,
    takenIn: isSame ? former.takenIn : null,
    orderId: id,
  }
}
