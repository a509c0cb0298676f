import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import { callProcedure, noSuchProcedure, procedureNames } from '#service/doors/call-procedure.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead, openToWrite } from './open-cli.ts'
import { printJson } from './print.ts'

const options = {
  json: { type: 'string', value: 'INPUT', help: 'the input, a JSON object (default: {})' },
  ...workspaceOptions,
} as const satisfies CommandOptions

/** Procedures that change something or ask Zendesk: only one Understudy of a data folder may call them. */
export const writingProcedures: ReadonlySet<string> = new Set([
  'absences.add',
  'absences.remove',
  'accountKits.look',
  'accounts.add',
  'accounts.change',
  'accounts.find',
  'accounts.findAgents',
  'accounts.organization',
  'accounts.remove',
  'alerts.markOpened',
  'alerts.takePending',
  'app.openExternal',
  'calendars.add',
  'calendars.change',
  'calendars.preview',
  'calendars.refresh',
  'calendars.remove',
  'calls.file',
  'calls.preview',
  'calls.remove',
  'calls.restore',
  'calls.save',
  'calls.start',
  'calls.tick',
  'connections.cancelSignIn',
  'connections.checkZendesk',
  'connections.connectZendesk',
  'connections.signOutZendesk',
  'connections.startZendeskOauth',
  'connections.startZendeskSession',
  'customerData.keepLonger',
  'customerData.remove',
  'guidance.setChoice',
  'handoffs.accept',
  'handoffs.begin',
  'handoffs.fetch',
  'handoffs.import',
  'handoffs.judge',
  'handoffs.previewIssue',
  'handoffs.resolve',
  'handoffs.review',
  'handoffs.saveLine',
  'handoffs.saveText',
  'handoffs.teachBack',
  'issues.projects',
  'onCall.add',
  'onCall.clearReplacement',
  'onCall.recordReplacement',
  'onCall.remove',
  'orgNotes.findPeople',
  'orgNotes.findProject',
  'orgNotes.get',
  'orgNotes.previewMergeRequest',
  'orgNotes.saveDraft',
  'outbox.discard',
  'outbox.preview',
  'outbox.resolve',
  'outbox.retry',
  'outbox.send',
  'people.change',
  'plans.answer',
  'plans.ask',
  'plans.change',
  'plans.create',
  'plans.fetch',
  'plans.findProject',
  'plans.import',
  'plans.previewIssue',
  'plans.putEntry',
  'plans.remove',
  'plans.removeEntry',
  'plans.resolve',
  'plans.restore',
  'plans.tick',
  'returnWrapUps.call',
  'returnWrapUps.learn',
  'returnWrapUps.transfer',
  'returnFigures.schedule',
  'returns.decide',
  'returns.handBack',
  'returns.settle',
  'returns.stand',
  'returns.takeBack',
  'returns.undo',
  'settings.set',
  'sync.run',
])

/** `understudy call`: any procedure of the contract, for scripts. */
export const callCommand: Command = {
  summary: 'call any procedure of the contract',
  help: `Calls a procedure and prints its answer as JSON. Streams are printed as one JSON object a line until Ctrl+C.

understudy call AREA.PROCEDURE [--json '{…}'] [options]

${describeOptions(options)}

Procedures: ${procedureNames.join(', ')}

Those that change something or ask Zendesk (${[...writingProcedures].join(', ')})
need Understudy not to run with the same data folder; the others work beside it.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 1)
    const [name] = words
    if (name === undefined) throw new Problem('usage', 'Name the procedure to call, like tickets.list. See --help.')
    const input = parseInput(given.json ?? '{}')
    if (!procedureNames.includes(name)) throw noSuchProcedure(name)
    const open = writingProcedures.has(name) ? openToWrite : openToRead
    const { service, close } = await open(given, terminal)
    const reading = new AbortController()
    try {
      await printAnswer(await callProcedure(service.router, name, input, reading.signal), reading, terminal)
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem(
      'usage',
      `--json is not valid JSON: ${(error as Error).message}. Quote it for the shell, like '{"id":1}'.`,
    )
  }
}

async function printAnswer(answer: unknown, reading: AbortController, terminal: Terminal): Promise<void> {
  if (!isStream(answer)) return printJson(terminal, answer)
  void terminal.untilStopped().then(() => reading.abort())
  for await (const item of answer) await terminal.print(`${JSON.stringify(item)}\n`)
}

function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
}
