import type { CalendarPreview, CalendarRow } from '#contract/calendars.ts'
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
import { exitCodesHelp } from './exit-codes.ts'
import { myId } from './my-id.ts'
import { openToRead, openToWrite } from './open-cli.ts'
import { isoInstant, printJson, printTable, readableInstant } from './print.ts'

const options = {
  'url-stdin': { type: 'boolean', help: 'add: read the feed’s iCal address, which is a secret, from standard input' },
  purpose: { type: 'string', value: 'PURPOSE', help: 'add: “absence” or “on-call”' },
  person: { type: 'string', value: 'ID', help: 'add: whose calendar it is, their Zendesk user id, or “me”' },
  title: {
    type: 'string',
    value: 'TITLE',
    help: 'add: which events count (default: those that look like the purpose)',
  },
  name: { type: 'string', value: 'NAME', help: 'add: what to call it (default: its own name)' },
  json: { type: 'boolean', help: 'print as JSON' },
  ...workspaceOptions,
} as const satisfies CommandOptions

type Given = ReturnType<typeof readArguments<typeof options>>['options']

/** `understudy calendars`: the calendars that absences and on-call shifts are read from. */
export const calendarsCommand: Command = {
  summary: 'list the calendars that are read, add one',
  help: `Lists the calendars that absences and on-call shifts are read from, or adds a feed.

understudy calendars [list] [options]
understudy calendars add --url-stdin --purpose absence|on-call --person ID|me [--title TITLE] [--name NAME] [options] < address.txt

${describeOptions(options)}

A running Understudy reads each feed every hour, and so does understudy sync --once where it is due.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 1)
    const [verb = 'list'] = words
    if (verb === 'list') return list(given, terminal)
    if (verb === 'add') return add(given, terminal)
    throw new Problem('usage', `There is no “calendars ${verb}”. There are: list, add.`)
  },
}

async function list(given: Given, terminal: Terminal): Promise<number> {
  const { service, close } = await openToRead(given, terminal)
  try {
    const { calendars } = await service.client.calendars.list({})
    if (given.json) await printJson(terminal, calendars.map(record))
    else await printTable(terminal, columns, each(calendars))
    return exitCodes.done
  } finally {
    await close()
  }
}

const columns = [
  ['Name', 28],
  ['Purpose', 8],
  ['Of', 22],
  ['Events', 6],
  ['Read', 18],
  ['Problem', 80],
] as const

async function* each(calendars: readonly CalendarRow[]): AsyncGenerator<readonly string[]> {
  for (const { name, purpose, personName, events, refreshedAt, problem } of calendars) {
    yield [name, purpose, personName, String(events), readableInstant(refreshedAt), problem ?? '-']
  }
}

async function add(given: Given, terminal: Terminal): Promise<number> {
  const { purpose, person, title } = given
  if (purpose !== 'absence' && purpose !== 'on-call') {
    throw new Problem('usage', '--purpose says what its events are. Write --purpose absence or --purpose on-call.')
  }
  if (person === undefined) throw new Problem('usage', '--person is missing. Write --person with their id, or “me”.')
  if (!given['url-stdin']) {
    const why = 'The address is read from standard input, so that no list of processes shows it.'
    throw new Problem('usage', `--url-stdin is missing. ${why}`)
  }
  const url = (await terminal.readInput()).trim()
  if (url === '') throw new Problem('usage', 'Standard input was empty. Write the address to it, like: … < address.txt')
  const { service, close } = await openToWrite(given, terminal, { keepSecrets: true })
  try {
    const personId =
      person === 'me' ? await myId(service) : readWholeNumber('person', person, 1, Number.MAX_SAFE_INTEGER)
    const preview = (await callProcedure(service.router, 'calendars.preview', { url })) as CalendarPreview
    for (const problem of preview.problems) terminal.say(problem)
    const row = (await callProcedure(service.router, 'calendars.add', {
      previewId: preview.previewId,
      name: given.name ?? preview.name,
      purpose,
      personId,
      titles: titlesOf(preview, purpose, title),
    })) as CalendarRow
    if (given.json) await printJson(terminal, record(row))
    else
      await terminal.print(
        `${row.name} is read: ${row.events} ${row.events === 1 ? 'event counts' : 'events count'}.\n`,
      )
    return exitCodes.done
  } finally {
    await close()
  }
}

function titlesOf({ titles }: CalendarPreview, purpose: string, chosen: string | undefined): string[] {
  if (chosen !== undefined) return [chosen]
  const suggested = titles.filter(({ suggested: use }) => use === purpose).map(({ title }) => title)
  if (suggested.length > 0) return suggested
  const there = titles.slice(0, 10).map(({ title }) => JSON.stringify(title))
  const words = there.length === 0 ? 'There are no events in it.' : `In it are: ${there.join(', ')}.`
  throw new Problem('failed', `No events in this calendar look like ${purpose}. ${words} Name one with --title.`)
}

function record(row: CalendarRow): object {
  return {
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    person_id: row.personId,
    host: row.host,
    titles: row.titles,
    events: row.events,
    refreshed_at: isoInstant(row.refreshedAt),
    next_refresh_at: isoInstant(row.nextRefreshAt),
    problem: row.problem,
  }
}
