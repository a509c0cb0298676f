import { alertKind, type AlertKind, type AlertRow, type Quiet } from '#contract/alerts.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Service } from '#service/service.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead, openToWrite } from './open-cli.ts'
import { isoInstant, printJson, printJsonList, printTable, readableInstant } from './print.ts'

const options = {
  open: { type: 'boolean', help: 'only what nobody opened or dismissed' },
  kind: { type: 'string', value: 'KIND', help: 'only of this kind, like “breached”' },
  pause: { type: 'string', value: 'LENGTH', help: 'announce nothing for an “hour” or until “tomorrow”; “off” goes on' },
  json: { type: 'boolean', help: 'print a JSON array, one alert a line' },
  ...workspaceOptions,
} as const satisfies CommandOptions

type Given = ReturnType<typeof readArguments<typeof options>>['options']

const pageSize = 500

/** `understudy alerts`: everything that was raised, and pausing what is to come. */
export const alertsCommand: Command = {
  summary: 'list what was raised, pause alerts',
  help: `Lists every alert that was raised, newest first, with what became of it, also while Understudy runs. With --pause it says when alerts go on
instead.

understudy alerts [--open] [--kind KIND] [options]
understudy alerts --pause hour|tomorrow|off [options]

${describeOptions(options)}

Kinds: ${alertKind.options.join(', ')}.

Fields with --json: id, kind, state (listed, held, claimed, shown, opened, dismissed), ticket_id, organization_id, title, body, why, urgent,
held_by, due_at, raised_at, shown_at, opened_at, dismissed_at. Instants are ISO 8601 in UTC.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    return given.pause === undefined ? list(given, terminal) : pause(given, given.pause, terminal)
  },
}

async function list(given: Given, terminal: Terminal): Promise<number> {
  const wanted = { open: given.open ?? false, ...(given.kind === undefined ? {} : { kinds: [readKind(given.kind)] }) }
  const { service, close } = await openToRead(given, terminal)
  try {
    if (given.json) await printJsonList(terminal, allAlerts(service, wanted, record))
    else await printTable(terminal, columns, allAlerts(service, wanted, cells))
    return exitCodes.done
  } finally {
    await close()
  }
}

async function pause(given: Given, length: string, terminal: Terminal): Promise<number> {
  if (given.open || given.kind !== undefined) {
    throw new Problem('usage', '--pause lists nothing. Leave --open and --kind out.')
  }
  if (length !== 'hour' && length !== 'tomorrow' && length !== 'off') {
    throw new Problem('usage', `--pause is “hour”, “tomorrow” or “off”, not ${JSON.stringify(length)}.`)
  }
  const { service, close } = await openToWrite(given, terminal, { connect: false })
  try {
    const input = { for: length === 'off' ? null : length }
    const { reason, until, words, held } = (await callProcedure(service.router, 'alerts.pause', input)) as Quiet
    if (given.json) await printJson(terminal, { reason, until: isoInstant(until), words, held })
    else await terminal.print(`${words}\n`)
    return exitCodes.done
  } finally {
    await close()
  }
}

function readKind(text: string): AlertKind {
  const kind = alertKind.safeParse(text)
  if (kind.success) return kind.data
  throw new Problem('usage', `There is no kind ${JSON.stringify(text)}. There are: ${alertKind.options.join(', ')}.`)
}

async function* allAlerts<To>(
  service: Service,
  wanted: { readonly open: boolean; readonly kinds?: AlertKind[] },
  map: (alert: AlertRow) => To,
): AsyncGenerator<To> {
  let beforeId: number | undefined
  for (;;) {
    const page = await service.client.alerts.list({
      ...wanted,
      limit: pageSize,
      ...(beforeId === undefined ? {} : { beforeId }),
    })
    for (const alert of page.alerts) yield map(alert)
    beforeId = page.alerts.at(-1)?.id
    if (!page.more || beforeId === undefined) return
  }
}

const columns = [
  ['Raised', 19],
  ['State', 9],
  ['Kind', 19],
  ['Ticket', 9],
  ['Alert', 100],
] as const

function cells({ raisedAt, state, kind, ticketId, title }: AlertRow): readonly string[] {
  return [readableInstant(raisedAt), state, kind, ticketId === null ? '' : `#${ticketId}`, title]
}

function record(alert: AlertRow): object {
  return {
    id: alert.id,
    kind: alert.kind,
    state: alert.state,
    ticket_id: alert.ticketId,
    organization_id: alert.accountId,
    title: alert.title,
    body: alert.body,
    why: alert.why,
    urgent: alert.urgent,
    held_by: alert.heldBy,
    due_at: isoInstant(alert.dueAt),
    raised_at: isoInstant(alert.raisedAt),
    shown_at: isoInstant(alert.shownAt),
    opened_at: isoInstant(alert.openedAt),
    dismissed_at: isoInstant(alert.dismissedAt),
  }
}
