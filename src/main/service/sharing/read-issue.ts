import type { Issue } from '#core/issues/issue.ts'
import { findSharedPart, type SharedPart } from '#core/sharing/issue-part.ts'
import { canonical } from '#core/sharing/versioned.ts'
import { readSharedIssue, writeSharedIssue, type SharedIssue, type SharedTable } from '../db/document-issues.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import { goneWords, movedWords, otherOneWords, partlyReadWords, unreadableWords, type Named } from './issue-words.ts'
import type { Crossed, Identified, SharedKind, SharedText, Timed } from './document-kind.ts'
import { takeIn } from './take-in.ts'

/** A document as it stands in an issue, with what was changed there by hand, or why there is none, and the text around it. */
export type SharedInIssue<Document> = { readonly part: SharedPart } & SharedText<Document>

/**
 * Reads the document in an issue's text. What was changed by hand counts as written by the issue, the same on whichever machine
 * reads it, so that machines come to the same.
 */
export function readInIssue<Document extends Identified, Setting extends Timed, Conflict extends Crossed>(
  kind: SharedKind<Document, Setting, Conflict>,
  issue: Pick<Issue, 'description' | 'reference' | 'projectId' | 'iid' | 'updatedAt'>,
  setting: Setting,
): SharedInIssue<Document> {
  const part = findSharedPart(issue.description, kind.layout)
  const read = kind.judge(issue.description)
  if (read.kind !== 'read') return { ...read, part, words: unreadableWords(kind, read.kind, issue.reference) }
  const writing = { author: `issue-${issue.projectId}-${issue.iid}`, by: null, at: issue.updatedAt }
  return { ...read, part, document: kind.byHand?.(read.document, part, writing, setting) ?? read.document }
}

/** What is kept of an issue that was read. */
export function toSharedIssue<Document>(
  issue: Issue,
  document: Document | null,
  former: SharedIssue<Document> | null,
  now: number,
  problem: string | null = null,
): SharedIssue<Document> {
  const { projectId, iid, reference, url, state, title, description, labels, confidential, updatedAt } = issue
  const same = former?.projectId === projectId && former.iid === iid ? former : null
  return {
    ...{ projectId, iid, reference, url, state, title, description, labels, confidential, updatedAt },
    ...{ readAt: now, document, problem },
    takenIn: same?.takenIn ?? null,
    orderId: former?.orderId ?? 0,
  }
}

/**
 * Notes what stands in the issue of a document now, and takes it in by itself where nobody has to look at it first: nothing that
 * both sides changed may wait for a person, and the kind itself has nothing against it.
 *
 * @returns whether anything of the document, or of how it stands to its issue, is otherwise.
 */
export function noteIssue<Document extends Identified, Setting extends Timed, Conflict extends Crossed>(
  kind: SharedKind<Document, Setting, Conflict>,
  db: WriteDb,
  id: string,
  issue: Issue,
  setting: Setting,
): boolean {
  const former = readSharedIssue<Document>(db, kind.table, id)
  const stored = kind.read(db, id)
  if (!former || !stored) return false
  const write = (next: SharedIssue<Document>) => transaction(db, () => writeSharedIssue(db, kind.table, id, next))
  const keep = (document: Document | null, problem: string | null = null) => {
    const next = toSharedIssue(issue, document, former, setting.now, problem)
    write(next)
    return canonical({ ...next, readAt: 0 }) !== canonical({ ...former, readAt: 0 })
  }
  if (issue.movedToId !== null) return keep(former.document, movedWords(kind, issue.reference))
  const read = readInIssue(kind, issue, setting)
  if (read.kind !== 'read') return keep(null, read.words)
  const { document, unread } = read
  const merged = kind.merge(stored.document, document)
  if (!merged) return keep(null, otherOneWords(kind, issue.reference))
  const problem = partlyReadWords(kind, unread, issue.reference)
  const isNew = canonical(merged) !== canonical(stored.document)
  const crossed = (one: Document) => kind.conflicts(one, setting).length
  const isAsked = crossed(merged) > crossed(stored.document) || !kind.goesUnasked(stored.document, merged, setting)
  if (!isNew || isAsked) return keep(document, problem)
  const next = toSharedIssue(issue, document, former, setting.now, problem)
  const { changes } = takeIn(kind, db, { document, apply: true, issue: next }, setting)
  if (changes.length > 0) write({ ...next, takenIn: { at: setting.now, changes } })
  return true
}

/** Says on a document that its issue could not be read. */
export function noteIssueGone(
  kind: Named & { readonly table: SharedTable },
  db: WriteDb,
  id: string,
  now: number,
): boolean {
  const former = readSharedIssue(db, kind.table, id)
  if (!former) return false
  const problem = goneWords(kind, former.reference)
  transaction(db, () => writeSharedIssue(db, kind.table, id, { ...former, readAt: now, problem }))
  return former.problem !== problem
}
