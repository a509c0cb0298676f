import type { CallRow, OpenAction } from '#contract/calls.ts'
import {
  describeOptions,
  readArguments,
  readWholeNumber,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { exitCodes } from '#service/problem.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead } from './open-cli.ts'
import { isoInstant, printJson, printTable } from './print.ts'

const options = {
  account: { type: 'string', value: 'ID', help: 'only those of this account, by its Zendesk organization id' },
  json: { type: 'boolean', help: 'print a JSON object with calls and open_actions' },
  ...workspaceOptions,
} as const satisfies CommandOptions

/** `understudy calls`: calls that were written down, and what is still to be done after them. */
export const callsCommand: Command = {
  summary: 'list calls and their open action items',
  help: `Lists calls with customers, drafts first, and the action items of calls that are not done, overdue ones first, also while Understudy runs.

understudy calls [options]

${describeOptions(options)}

Fields with --json: calls (id, organization_id, day, purpose, about, ticket_ids, state, filed_at, became: words, ticket_id, url, state, problem) and
open_actions (organization_id, what, dri, due_on, overdue, call_day, call_purpose, reference, url). Days are calendar days, instants ISO 8601 in UTC.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    const accountId =
      given.account === undefined ? undefined : readWholeNumber('account', given.account, 1, Number.MAX_SAFE_INTEGER)
    const { service, close } = await openToRead(given, terminal)
    try {
      const input = accountId === undefined ? {} : { accountId }
      const { calls } = await service.client.calls.list(input)
      const { actions } = await service.client.calls.actions(input)
      if (given.json) {
        await printJson(terminal, { calls: calls.map(callRecord), open_actions: actions.map(actionRecord) })
      } else {
        await printTable(terminal, callColumns, each(calls, callCells))
        await terminal.print('\n')
        await printTable(terminal, actionColumns, each(actions, actionCells))
      }
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

async function* each<From, To>(items: readonly From[], map: (item: From) => To): AsyncGenerator<To> {
  for (const item of items) yield map(item)
}

function callRecord(call: CallRow): object {
  return {
    id: call.id,
    organization_id: call.accountId,
    day: call.day || null,
    purpose: call.purpose,
    about: call.about,
    ticket_ids: call.ticketIds,
    state: call.state,
    filed_at: isoInstant(call.filedAt),
    became: call.became.map(({ words, ticketId, url, state, problem }) => ({
      ...{ words, ticket_id: ticketId, url, state, problem },
    })),
  }
}

function actionRecord(action: OpenAction): object {
  const { at } = action
  return {
    organization_id: action.accountId,
    what: action.what,
    dri: action.dri || null,
    due_on: action.dueOn || null,
    overdue: action.overdue,
    call_day: action.callDay,
    call_purpose: action.callPurpose,
    reference: at.kind === 'issue' ? at.reference : null,
    url: at.kind === 'issue' ? at.url : null,
  }
}

const callColumns = [
  ['DAY', 10],
  ['STATE', 5],
  ['ACCOUNT', 24],
  ['CALL', 80],
] as const

function callCells({ day, state, accountName, purpose }: CallRow): readonly string[] {
  return [day || '-', state, accountName, purpose || '-']
}

const actionColumns = [
  ['DUE', 10],
  ['OVERDUE', 7],
  ['DRI', 20],
  ['ACCOUNT', 24],
  ['ACTION ITEM', 80],
] as const

function actionCells({ dueOn, overdue, dri, accountName, what }: OpenAction): readonly string[] {
  return [dueOn || '-', overdue ? 'yes' : '-', dri || '-', accountName, what]
}
