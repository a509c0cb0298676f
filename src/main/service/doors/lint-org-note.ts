import { lintNote, type NoteLint } from '#core/org-note/lint-note.ts'
import type { Policy } from '#core/policy/policy.ts'
import { settingsSchema } from '#contract/settings.ts'
import { openPolicies } from '../policy/policies.ts'
import { Problem } from '../problem.ts'
import { readNoteFile } from '../yaml/note-file.ts'

/** A linted file. */
export interface LintedFile {
  readonly policy: Pick<Policy, 'version' | 'title'>
  /** Zendesk id of the organization, where the file says it. */
  readonly organizationId: number | null
  /** Lines are those of the file. */
  readonly lint: NoteLint
}

/**
 * Lints an organization note without a workspace: a file of the Organizations project, or the plain text of a note.
 *
 * @param name of the file: one that ends in `.yaml` or `.yml` has to be YAML; for others its beginning decides.
 * @throws {Problem} where there is no such edition, or the file is no YAML, with line and column.
 */
export function lintOrgNote(given: {
  readonly text: string
  readonly name: string
  readonly policyVersion: string | undefined
  readonly now: number
}): LintedFile {
  const { text, name, now } = given
  const policies = openPolicies()
  const version = given.policyVersion ?? settingsSchema.parse({}).policyVersion
  if (!policies.has(version)) throw new Problem('usage', `There are no rules ${version}; ${policies.advice}.`)
  const policy = policies.of(version)
  const facts = { now, timeZone: 'UTC', ase: null, restrictedName: null }
  if (!/\.ya?ml$/i.test(name) && !/^(?:id|name|notes)[ \t]*:/m.test(text)) {
    return { policy, organizationId: null, lint: lintNote(text, policy.orgNote, facts) }
  }
  const read = readNoteFile(text)
  if (read.kind === 'fault') throw new Problem('failed', `${name} cannot be read. ${read.words}`)
  const { file } = read
  return {
    policy,
    organizationId: file.id,
    lint: inFile(lintNote(file.note, policy.orgNote, facts), file.noteLine),
  }
}

/** Lines of the note as lines of its file; where the note is not written line by line, the first one stands for all. */
function inFile(lint: NoteLint, noteLine: number | null): NoteLint {
  const lineOf = (line: number) => (noteLine === null ? 1 : noteLine + line - 1)
  return {
    ...lint,
    questions: lint.questions.map((question) => ({
      ...question,
      answers: question.answers.map(({ line, text }) => ({ line: lineOf(line), text })),
    })),
    warnings: lint.warnings.map((warning) => ({
      ...warning,
      line: warning.line === null ? null : lineOf(warning.line),
    })),
  }
}
