import { readFile } from 'node:fs/promises'
import type { HandoffConflict, HandoffPacket } from '#contract/handoffs.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Command } from './command.ts'
import { conflictRecord, plain } from './coverage-import.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead, openToWrite } from './open-cli.ts'
import { isoInstant, printJson, printTable, readableInstant } from './print.ts'
import { sendIssue } from './send-issue.ts'

const options = {
  markdown: { type: 'boolean', help: 'export: as Markdown that a person reads, in place of a file' },
  page: { type: 'boolean', help: 'export: as a page of HTML to print' },
  yes: { type: 'boolean', help: 'import, fetch: take it in; send: send it; without it only what would change is said' },
  json: { type: 'boolean', help: 'print as JSON' },
  ...workspaceOptions,
} as const satisfies CommandOptions

type Given = ReturnType<typeof readArguments<typeof options>>['options']

/** Handoffs that one export takes. */
const mostAtOnce = 100

/** `understudy handoff`: how far handoffs are, and handing them over. */
export const handoffCommand: Command = {
  summary: 'how far handoffs are; hands them over as files, pages and GitLab issues',
  help: `Lists the handoffs of absences, or hands them over.

understudy handoff [list] [options]
understudy handoff export HANDOFF… [--markdown|--page] [options] > FILE
understudy handoff import FILE [--yes] [options]
understudy handoff send HANDOFF [--yes] [options]       as a GitLab issue
understudy handoff fetch HANDOFF|ISSUE [--yes] [options]  from its GitLab issue, or from an address or group/project#12

${describeOptions(options)}

Fields with --json: id, absence_id, organization_id, account, ase, covers, phase, state, owner, tickets, prepared, reviewed, stale,
not_reviewed, conflicts, starts_at, ends_at. Instants are ISO 8601 in UTC.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, mostAtOnce + 1)
    const [verb = 'list', ...subjects] = words
    if (verb === 'export') return exportHandoffs(subjects, given, terminal)
    const [subject, surplus] = subjects
    if (surplus !== undefined) throw new Problem('usage', `There is a word too many: ${surplus}. See --help.`)
    if (verb === 'list') return list(given, terminal)
    if (verb === 'import') return importHandoffs(subject, given, terminal)
    if (verb === 'send') return sendHandoff(subject, given, terminal)
    if (verb === 'fetch') return fetchHandoff(subject, given, terminal)
    throw new Problem('usage', `There is no “handoff ${verb}”. There are: list, export, import, send, fetch.`)
  },
}

async function list(given: Given, terminal: Terminal): Promise<number> {
  const { service, close } = await openToRead(given, terminal)
  try {
    const { packets } = await service.client.handoffs.list({})
    if (given.json) {
      await printJson(terminal, packets.flatMap(packetRecords))
      return exitCodes.done
    }
    await printTable(
      terminal,
      [
        ['', 8],
        ['Account', 24],
        ['ASE', 18],
        ['From', 19],
        ['State', 11],
        ['Reviewed', 9],
        ['Handoff', 60],
      ],
      rowsOf(packets),
    )
    return exitCodes.done
  } finally {
    await close()
  }
}

async function* rowsOf(packets: readonly HandoffPacket[]): AsyncGenerator<readonly string[]> {
  for (const { phase, aseName, startsAt, accounts } of packets) {
    for (const { accountName, state, reviewed, tickets, id } of accounts) {
      const progress = `${reviewed}/${tickets}`
      yield [phase, accountName, aseName, readableInstant(startsAt), state.replace('-', ' '), progress, id]
    }
  }
}

function packetRecords({ absenceId, aseName, phase, startsAt, endsAt, accounts }: HandoffPacket): object[] {
  return accounts.map((row) => ({
    id: row.id,
    absence_id: absenceId,
    organization_id: row.accountId,
    account: row.accountName,
    ase: aseName,
    covers: row.coverNames,
    phase,
    state: row.state,
    owner: row.ownerWords,
    tickets: row.tickets,
    prepared: row.prepared,
    reviewed: row.reviewed,
    stale: row.stale,
    not_reviewed: row.notReviewed,
    conflicts: row.conflicts,
    starts_at: isoInstant(startsAt),
    ends_at: isoInstant(endsAt),
  }))
}

async function exportHandoffs(handoffIds: readonly string[], given: Given, terminal: Terminal): Promise<number> {
  if (handoffIds.length === 0) throw new Problem('usage', which('export HANDOFF…'))
  if (given.markdown && given.page) throw new Problem('usage', 'Choose one: --markdown or --page.')
  const as = given.page ? 'page' : given.markdown ? 'markdown' : 'file'
  const { service, close } = await openToRead(given, terminal)
  try {
    const { text } = (await callProcedure(service.router, 'handoffs.export', { handoffIds, as })) as { text: string }
    await terminal.print(text)
    return exitCodes.done
  } finally {
    await close()
  }
}

async function importHandoffs(file: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (file === undefined) throw new Problem('usage', 'Which file? Write its name: handoff import FILE.')
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Problem('usage', `${file} cannot be read. Check its name.`, { cause })
  })
  return takeIn('handoffs.import', { text }, { connect: false }, given, terminal)
}

async function sendHandoff(handoffId: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (handoffId === undefined) throw new Problem('usage', which('send HANDOFF'))
  return sendIssue('handoffs.previewIssue', { handoffId }, given, terminal)
}

async function fetchHandoff(subject: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if (subject === undefined) {
    throw new Problem(
      'usage',
      'From where? Write the id of a handoff, the address of an issue or group/project#12: handoff fetch HANDOFF|ISSUE.',
    )
  }
  const input = /[#/]/.test(subject) ? { reference: subject } : { handoffId: subject }
  return takeIn('handoffs.fetch', input, {}, given, terminal)
}

function which(call: string): string {
  return `Which handoff? Write its id, as “understudy handoff” lists it: handoff ${call}.`
}

interface Taken {
  readonly ids: readonly string[]
  readonly fresh: number
  readonly changes: readonly string[]
  readonly conflicts: readonly HandoffConflict[]
  readonly unread: readonly string[]
}

async function takeIn(
  procedure: string,
  input: object,
  how: { readonly connect?: boolean },
  given: Given,
  terminal: Terminal,
): Promise<number> {
  const apply = given.yes ?? false
  const { service, close } = await openToWrite(given, terminal, how)
  try {
    const taken = (await callProcedure(service.router, procedure, { ...input, apply })) as Taken
    if (given.json) await printJson(terminal, takenRecord(taken, apply))
    else await terminal.print(takenWords(taken, apply))
    return exitCodes.done
  } finally {
    await close()
  }
}

function takenWords({ ids, changes, conflicts, unread }: Taken, apply: boolean): string {
  const crossed = conflicts.map(
    ({ about, sides }) => `Conflict: ${about}: ${sides.map(({ words }) => words).join(' / ')}`,
  )
  const found = [...changes, ...crossed, ...unread.map((words) => `Not read: ${words}`)]
  const end = apply ? `Taken in: ${ids.join(', ')}.` : 'Nothing was stored. Write --yes to take it in.'
  return `${[...(found.length === 0 ? ['There is nothing new in it.'] : found), end].map(plain).join('\n')}\n`
}

function takenRecord({ ids, fresh, changes, conflicts, unread }: Taken, apply: boolean): object {
  return { ids, fresh, stored: apply, changes, conflicts: conflicts.map(conflictRecord), unread }
}
