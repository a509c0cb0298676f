import type { OrgNoteQuestion } from './org-note-policy.ts'

/** Where a note answers a question. */
export interface NoteAnswer {
  /** From 1. */
  readonly line: number
  readonly text: string
}

/** What a note says of one question. */
export interface LintedQuestion extends Pick<OrgNoteQuestion, 'id' | 'kind' | 'question' | 'source'> {
  /** Nothing: the note leaves it open. */
  readonly answers: readonly NoteAnswer[]
}
