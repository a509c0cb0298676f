import { randomUUID } from 'node:crypto'
import { canonical } from '#core/sharing/versioned.ts'
import type { SharedIssue } from '../db/document-issues.ts'
import type { WriteDb } from '../db/sql.ts'
import { Refusal } from '../refusal.ts'
import type { Crossed, Identified, SharedKind, UnreadPiece, Timed } from './document-kind.ts'

/** What taking in a document changes, or would change. */
export interface TakenIn<Conflict> {
  readonly id: string
  readonly fresh: boolean
  readonly changes: readonly string[]
  readonly conflicts: readonly Conflict[]
  /** What could not be read and was left as it stood, in words. */
  readonly unread: readonly string[]
}

/**
 * Takes in a document by merging it with what is known; without `apply` it only says what would change.
 *
 * @param input.issue the issue it stood in; the document is in that one from now on.
 * @throws {Refusal} when another document of that id is here; nothing is stored then.
 */
export function takeIn<Document extends Identified, Setting extends Timed, Conflict extends Crossed>(
  kind: SharedKind<Document, Setting, Conflict>,
  db: WriteDb,
  input: {
    readonly document: Document
    readonly apply: boolean
    readonly issue?: SharedIssue<Document>
    readonly unread?: readonly UnreadPiece[]
  },
  setting: Setting,
): TakenIn<Conflict> {
  const { document: incoming, issue, unread = [] } = input
  const stored = kind.read(db, incoming.id)
  const document = stored ? kind.merge(stored.document, incoming) : incoming
  if (!document) {
    const { noun } = kind
    throw new Refusal('refused', `A ${noun} of the same number is here for somebody else. Ask for the ${noun} again.`)
  }
  const before = stored?.document ?? null
  const isNew = !before || canonical(before) !== canonical(document)
  if (input.apply && (isNew || issue)) {
    kind.store(db, { document, author: stored?.author ?? randomUUID() }, setting.now, issue)
  }
  return {
    id: document.id,
    fresh: before === null,
    changes: [...kind.changes(before, document, setting), ...(kind.advice?.(before, document, setting) ?? [])],
    conflicts: kind.conflicts(document, setting),
    unread: unread.map(({ words }) => words),
  }
}
