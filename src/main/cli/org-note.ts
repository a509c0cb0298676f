import { readFile } from 'node:fs/promises'
import { callProcedure } from '#service/doors/call-procedure.ts'
import {
  describeOptions,
  readArguments,
  readWholeNumber,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { lintOrgNote, type LintedFile } from '#service/doors/lint-org-note.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Command } from './command.ts'
import { plain } from './coverage-import.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead } from './open-cli.ts'
import { printJson } from './print.ts'

const options = {
  policy: { type: 'string', value: 'VERSION', help: 'lint: the edition of the handbook’s rules, like 2025-04' },
  account: { type: 'string', value: 'ID', help: 'compose: number of the account’s organization in Zendesk' },
  cover: { type: 'string', value: 'NAME', help: 'compose: who covers during an absence; goes with --until' },
  until: { type: 'string', value: 'DAY', help: 'compose: the last day of the absence, like 2026-03-02' },
  json: { type: 'boolean', help: 'print as JSON' },
  ...workspaceOptions,
} as const satisfies CommandOptions

type Given = ReturnType<typeof readArguments<typeof options>>['options']

/** `understudy org-note`: what an organization note leaves open, and writing one from an account's facts. */
export const orgNoteCommand: Command = {
  summary: 'what an organization note leaves open; writes one from an account’s facts',
  help: `Says which of the questions that an organization note has to answer it leaves open, and where it answers the others; or writes one.

understudy org-note lint FILE [--policy VERSION] [--json]   a file of the Organizations project, or plain text; - reads standard input
understudy org-note compose --account ID [--cover NAME --until DAY] [--json] [options]

${describeOptions(options)}

lint needs no workspace and asks nobody, so it can run in a pipeline. It ends with 1 when a question is open or the file cannot be read; warnings
alone end with 0. Fields with --json: file, organization_id, policy, answered, of, questions (id, kind, question, open, answers (line, text)),
warnings (kind, line, words). compose: text, missing, answered, of.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 2)
    const [verb, file] = words
    if (verb === 'lint') return lint(file, given, terminal)
    if (verb === 'compose') return compose(given, terminal)
    throw new Problem('usage', `There is no “org-note ${verb ?? ''}”. There are: lint, compose.`)
  },
}

async function lint(file: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (file === undefined) throw new Problem('usage', 'Which file? Write its name, or - for standard input.')
  const text = file === '-' ? await terminal.readInput() : await contentOf(file)
  const name = file === '-' ? 'standard input' : file
  const linted = lintOrgNote({ text, name, policyVersion: given.policy, now: Date.now() })
  if (given.json) await printJson(terminal, record(name, linted))
  else await terminal.print(`${lines(name, linted).map(plain).join('\n')}\n`)
  return linted.lint.answered === linted.lint.of ? exitCodes.done : exitCodes.failed
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new Problem('failed', `${file} cannot be read. Look whether it is there, and whether it is a file.`, {
      cause,
    })
  }
}

function lines(name: string, { policy, lint: { answered, of, questions, warnings } }: LintedFile): string[] {
  return [
    `${name}: ${answered} of ${of} answered (${policy.title})`,
    ...questions.map(({ question, answers }) => {
      const at = [...new Set(answers.map(({ line }) => line))].join(', ')
      return at === '' ? `  open     ${question}` : `  line ${at.padEnd(4)}${question}`
    }),
    ...warnings.map(({ line, words }) => `  warning  ${line === null ? '' : `line ${line}: `}${words}`),
  ]
}

function record(name: string, { policy, organizationId, lint: { answered, of, questions, warnings } }: LintedFile) {
  return {
    ...{ file: name, organization_id: organizationId, policy: policy.version, answered, of },
    questions: questions.map(({ id, kind, question, answers }) => ({
      ...{ id, kind, question, open: answers.length === 0, answers },
    })),
    warnings,
  }
}

async function compose(given: Given, terminal: Terminal): Promise<number> {
  const { account, cover, until } = given
  if (account === undefined) {
    throw new Problem('usage', '--account is missing. Write --account with the number of the organization.')
  }
  if ((cover === undefined) !== (until === undefined)) throw new Problem('usage', '--cover and --until go together.')
  const input = {
    accountId: readWholeNumber('account', account, 1, Number.MAX_SAFE_INTEGER),
    ...(cover === undefined ? {} : { cover: { name: cover, until } }),
  }
  const { service, close } = await openToRead(given, terminal)
  try {
    const { text, missing, lint } = (await callProcedure(service.router, 'orgNotes.compose', input)) as Awaited<
      ReturnType<typeof service.client.orgNotes.compose>
    >
    if (given.json) await printJson(terminal, { text, missing, answered: lint.answered, of: lint.of })
    else {
      await terminal.print(`${text.trimEnd().split('\n').map(plain).join('\n')}\n`)
      for (const words of missing) terminal.say(words)
    }
    return exitCodes.done
  } finally {
    await close()
  }
}
