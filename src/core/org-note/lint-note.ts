import type { LintedQuestion, NoteAnswer } from './linted-question.ts'
import { noteWarnings, type NoteFacts, type NoteWarning } from './note-warnings.ts'
import type { OrgNotePolicy, OrgNoteQuestion } from './org-note-policy.ts'
import { readSentences, type NoteSentence } from './read-sentences.ts'
import { temporarySentences } from './temporary-text.ts'

/** What was found out about a note. */
export interface NoteLint {
  readonly answered: number
  readonly of: number
  readonly questions: readonly LintedQuestion[]
  readonly warnings: readonly NoteWarning[]
}

/** Sentences that only hold a place. */
const notSaid = /\b(?:TBD|TBC|TODO|FIXME|XXX)\b|\?\?|to be (?:defined|decided|confirmed|determined)|\{\w+\}|\bn\/a\b/i

/**
 * Says which questions of the policy an organization note answers, and where. Questions, headings and what holds only for the time of an
 * absence answer nothing.
 *
 * @param facts what is known of the account; with less there are fewer warnings.
 */
export function lintNote(note: string, policy: OrgNotePolicy, facts: NoteFacts): NoteLint {
  const temporary = temporarySentences(note)
  const lasting = readSentences(note).filter(
    ({ text, start }) => !text.endsWith('?') && !notSaid.test(text) && !temporary.some((one) => one.start === start),
  )
  const questions = policy.questions.map((question) => ({
    id: question.id,
    kind: question.kind,
    question: question.question,
    source: question.source,
    answers: answersTo(question, lasting),
  }))
  return {
    answered: questions.filter(({ answers }) => answers.length > 0).length,
    of: questions.length,
    questions,
    warnings: noteWarnings(note, { questions, temporary, facts }),
  }
}

function answersTo({ signs }: OrgNoteQuestion, sentences: readonly NoteSentence[]): NoteAnswer[] {
  const patterns = signs.map((sign) => new RegExp(sign, 'iu'))
  const fits = (text: string) => patterns.some((pattern) => pattern.test(text))
  return sentences
    .filter(({ text, topic }) => fits(text) || (topic !== null && fits(`${topic}: ${text}`)))
    .map(({ line, text }) => ({ line, text }))
}
