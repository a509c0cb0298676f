import { readFile } from 'node:fs/promises'
import { deskShapes, type DeskImport, type DeskPage } from '#contract/desk.ts'
import { environmentFields, environmentNames } from '#core/desk/desk-document.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import {
  describeOptions,
  readArguments,
  readWholeNumber,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Command } from './command.ts'
import { plain } from './coverage-import.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead, openToWrite } from './open-cli.ts'
import { isoInstant, printJson, readableInstant } from './print.ts'

const options = {
  id: { type: 'string', value: 'ID', help: 'number of the account’s organization in Zendesk' },
  as: { type: 'string', value: 'SHAPE', help: `export: ${deskShapes.join(', ')} (default: inventory)` },
  fields: { type: 'boolean', help: 'import: the organization’s fields in Zendesk instead of a file' },
  yes: { type: 'boolean', help: 'import: take it in; without it, only what would change is said' },
  json: { type: 'boolean', help: 'print as JSON' },
  ...workspaceOptions,
} as const satisfies CommandOptions

type Given = ReturnType<typeof readArguments<typeof options>>['options']

/** `understudy account`: the page of an account, and taking in and giving out what is known of it. */
export const accountCommand: Command = {
  summary: 'an account’s people, contacts, environment and onboarding',
  help: `Shows what is known of an account beside its tickets, takes in what others wrote of it, or gives it out as YAML.

understudy account --id ID [--json] [options]
understudy account import FILE --id ID [--yes] [options]
understudy account import --fields --id ID [--yes] [options]
understudy account export --id ID [--as SHAPE] [options]

${describeOptions(options)}

import takes an inventory or entries of the Support Team, as YAML. A restricted account is not exported.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 2)
    const [verb = 'show', file] = words
    if (given.id === undefined) {
      throw new Problem('usage', '--id is missing. Write --id with the number of the organization.')
    }
    const accountId = readWholeNumber('id', given.id, 1, Number.MAX_SAFE_INTEGER)
    if (verb === 'import') return takeIn(accountId, file, given, terminal)
    if (file !== undefined) throw new Problem('usage', `There is a word too many: ${file}. See --help.`)
    if (verb === 'show') return show(accountId, given, terminal)
    if (verb === 'export') return giveOut(accountId, given, terminal)
    throw new Problem('usage', `There is no “account ${verb}”. There are: import, export, or nothing to look at it.`)
  },
}

async function show(accountId: number, given: Given, terminal: Terminal): Promise<number> {
  const { service, close } = await openToRead(given, terminal)
  try {
    const page = (await callProcedure(service.router, 'desks.get', { accountId })) as DeskPage
    if (given.json) await printJson(terminal, record(page))
    else await terminal.print(text(pageLines(page)))
    return exitCodes.done
  } finally {
    await close()
  }
}

async function takeIn(accountId: number, file: string | undefined, given: Given, terminal: Terminal): Promise<number> {
  if ((file === undefined) === (given.fields !== true)) {
    throw new Problem('usage', 'Name the file to take in, or write --fields for the organization’s fields in Zendesk.')
  }
  const from = file === undefined ? { kind: 'organization-fields' } : { kind: 'text', text: await textOf(file) }
  const { service, close } = await openToWrite(given, terminal)
  try {
    const input = { accountId, from, apply: given.yes === true }
    const result = (await callProcedure(service.router, 'desks.import', input)) as DeskImport
    if (given.json) await printJson(terminal, importRecord(result))
    else await terminal.print(text(importLines(result, input.apply)))
    return exitCodes.done
  } finally {
    await close()
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new Problem('usage', `${file} cannot be read. Name a file that is there.`)
  }
}

async function giveOut(accountId: number, given: Given, terminal: Terminal): Promise<number> {
  const as = deskShapes.find((shape) => shape === (given.as ?? 'inventory'))
  if (!as) throw new Problem('usage', `--as is one of ${deskShapes.join(', ')}, not ${JSON.stringify(given.as)}.`)
  const { service, close } = await openToRead(given, terminal)
  try {
    const exported = (await callProcedure(service.router, 'desks.export', { accountId, as })) as {
      readonly fileName: string
      readonly text: string
    }
    if (given.json) await printJson(terminal, { file_name: exported.fileName, text: exported.text })
    else await terminal.print(exported.text)
    return exitCodes.done
  } finally {
    await close()
  }
}

function pageLines({ account, restricted, people, document, coverages, onboarding }: DeskPage): string[] {
  const open = onboarding.steps.filter(({ done }) => !done)
  return [
    `${account.name} (${account.id})${restricted ? ', restricted' : ''}`,
    `  Label ${account.label ?? 'none'}, GitLab ${account.gitlabGroup ?? 'none'}, Slack ${document.slackChannel || 'none'}`,
    ...(document.cadence === '' ? [] : [`  Cadence: ${document.cadence}`]),
    '',
    ...people.map(
      ({ role, name, hours, timeZone, slackHandle }) =>
        `${roleWords[role]}: ${name}${slackHandle === null ? '' : ` (${slackHandle})`}, ${hours || 'hours not known'} ${timeZone}`,
    ),
    ...(document.contacts.length === 0 ? [] : ['', 'Contacts']),
    ...document.contacts.map(
      ({ name, role, reach, howToWork, important, side }) =>
        `  ${important ? '! ' : ''}${[`${name} (${side})`, role, reach, howToWork].filter(Boolean).join(', ')}`,
    ),
    ...(Object.keys(document.environment).length === 0 ? [] : ['', 'Environment']),
    ...environmentFields.flatMap((field) => {
      const value = document.environment[field]
      return value === undefined ? [] : [`  ${environmentNames[field]}: ${value}`]
    }),
    ...(document.environmentNote === '' ? [] : [`  ${document.environmentNote}`]),
    ...document.extras.map(({ name, text: words }) => `  ${name}: ${words}`),
    ...(document.resources.length === 0 ? [] : ['', 'Resources']),
    ...document.resources.map(({ title, url }) => `  ${title}: ${url}`),
    ...(coverages.length === 0 ? [] : ['', 'Coverages']),
    ...coverages.map(
      ({ coverName, startsAt, endsAt, phase }) =>
        `  ${coverName}, ${readableInstant(startsAt)} – ${readableInstant(endsAt)}${phase === 'past' ? '' : `, ${phase}`}`,
    ),
    '',
    open.length === 0 ? 'Taking it over: all done.' : `Taking it over: ${open.length} to do.`,
    ...open.map(({ words, dueOn, late }) => `  ${late ? 'late, ' : ''}${dueOn ?? 'no day yet'}: ${words}`),
  ]
}

const roleWords = { ase: 'ASE', covering: 'Covering now', 'covering-next': 'Covering next' } as const

function importLines({ changes, leftOver }: DeskImport, apply: boolean): string[] {
  return [
    ...(changes.length === 0 ? ['The page says all of it already.'] : changes),
    ...leftOver.map(({ name, words, line, column }) =>
      line === null ? `${name}: ${words}` : `Line ${line}, column ${column}: ${name}: ${words}`,
    ),
    ...(changes.length === 0 ? [] : [apply ? 'Taken in.' : 'Nothing was stored. Write --yes to take it in.']),
  ]
}

function text(lines: readonly string[]): string {
  // SECURITY: what is known of an account was written by others; control characters would command the terminal.
  return `${lines.map(plain).join('\n')}\n`
}

function record({ account, restricted, people, document, orgNote, coverages, onboarding, now }: DeskPage): object {
  return {
    organization_id: account.id,
    account: account.name,
    restricted,
    ase_since: isoInstant(account.aseSince),
    label: account.label,
    gitlab_group: account.gitlabGroup,
    slack_channel: document.slackChannel,
    cadence: document.cadence,
    people: people.map((person) => ({
      role: person.role,
      id: person.id,
      name: person.name,
      region: person.region,
      time_zone: person.timeZone,
      hours: person.hours,
      hours_here: person.hoursHere,
      slack_handle: person.slackHandle,
      next_available_at: isoInstant(person.nextAvailableAt),
      from: isoInstant(person.startsAt),
      until: isoInstant(person.endsAt),
    })),
    contacts: document.contacts.map(({ howToWork, id: _, ...contact }) => ({ ...contact, how_to_work: howToWork })),
    environment: document.environment,
    environment_note: document.environmentNote,
    resources: document.resources.map(({ id: _, ...resource }) => resource),
    without_a_field: Object.fromEntries(document.extras.map(({ name, text: words }) => [name, words])),
    org_note: orgNote,
    coverages: coverages.map(({ coverName, phase, startsAt, endsAt }) => ({
      cover: coverName,
      phase,
      from: isoInstant(startsAt),
      until: isoInstant(endsAt),
    })),
    onboarding: {
      starts_on: onboarding.startsOn,
      edition: onboarding.edition,
      steps: onboarding.steps.map(({ id, words, dueOn, done, byItself, seen, late }) => ({
        ...{ id, words, done, seen, late },
        due_on: dueOn,
        by_itself: byItself,
      })),
    },
    as_of: isoInstant(now),
  }
}

function importRecord({ shape, changes, leftOver, stored }: DeskImport): object {
  return { shape, stored, changes, left_over: leftOver }
}
