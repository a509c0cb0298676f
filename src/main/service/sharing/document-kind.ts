import type { PartLayout, SharedPart } from '#core/sharing/issue-part.ts'
import type { Writing } from '#core/sharing/versioned.ts'
import type { SharedIssue, SharedIssueState, SharedTable } from '../db/document-issues.ts'
import type { ReadDb, WriteDb } from '../db/sql.ts'

/** What names a document in all its copies. */
export interface Identified {
  readonly id: string
}

/** What documents are seen in; when, at least. */
export interface Timed {
  readonly now: number
}

/** A part that people changed without knowing of each other's change. */
export interface Crossed {
  /** What it is about, in words. */
  readonly about: string
}

/** A document with the name under which changes to it are made here. */
export interface StoredShare<Document> {
  readonly document: Document
  readonly author: string
}

/** A piece of a text that could not be read: what it is, in words, and how it stood. */
export interface UnreadPiece {
  readonly words: string
  readonly text: string
}

/** A document as it was read from a text, or why none could be, in words. `damaged` is cut off or not of the known shape. */
export type SharedText<Document> =
  | { readonly kind: 'read'; readonly document: Document; readonly unread: readonly UnreadPiece[] }
  | {
      readonly kind: 'none' | 'several' | 'newer' | 'damaged'
      readonly words: string
      readonly unread: readonly UnreadPiece[]
    }

/** What a document looks like to people. */
export interface WrittenShare {
  readonly title: string
  readonly markdown: string
  /** What of the Markdown follows from elsewhere than the document, and is brought up to date by sending it; may be empty. */
  readonly beside: string
}

/**
 * A kind of document that two machines hand to each other without a server between them: as a file, as Markdown, as an issue in
 * GitLab. What is about all kinds alike is in `service/sharing`.
 */
export interface SharedKind<Document extends Identified, Setting extends Timed, Conflict extends Crossed> {
  /** What people call it, in short and in full: `plan`, `coverage plan`. */
  readonly noun: string
  readonly name: string
  readonly layout: PartLayout
  /** Titles of issues that no person wrote. */
  readonly ownTitle: RegExp
  /** Names the reading of its issues among what is read. */
  readonly scope: string
  readonly table: SharedTable
  readonly read: (db: ReadDb, id: string) => StoredShare<Document> | undefined
  /** Those that are in an issue and end after an instant, ms. */
  readonly inIssues: (db: ReadDb, endingAfter: number) => readonly LinkedShare[]
  /** Stores it, on disk when this returns, with what follows from it and the issue it is in, where that is given. */
  readonly store: (db: WriteDb, share: StoredShare<Document>, now: number, issue?: SharedIssue<Document>) => void
  /** SECURITY: the text comes from outside; what is not of the known shape is not taken. */
  readonly judge: (text: string) => SharedText<Document>
  /** Undefined where the two are not copies of one. */
  readonly merge: (one: Document, other: Document) => Document | undefined
  /** What became otherwise, a sentence each; `before` is null where it was not known. */
  readonly changes: (before: Document | null, after: Document, setting: Setting) => string[]
  readonly conflicts: (document: Document, setting: Setting) => Conflict[]
  /** What else to say to whom takes it in. */
  readonly advice?: (before: Document | null, after: Document, setting: Setting) => string[]
  /** Whether it may be taken in before a person looked at it, where nothing crossed. */
  readonly goesUnasked: (before: Document, after: Document, setting: Setting) => boolean
  readonly write: (document: Document, setting: Setting) => WrittenShare
  /** What was written into the visible part of an issue by hand and counts as a change. */
  readonly byHand?: (document: Document, part: SharedPart, writing: Writing, setting: Setting) => Document
}

/** A document that is in an issue. */
export interface LinkedShare {
  readonly id: string
  readonly issue: SharedIssueState
}
