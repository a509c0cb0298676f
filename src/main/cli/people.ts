import type { PersonRow } from '#contract/people.ts'
import { hoursExample, readHours, writeHours } from '#core/people/hours-words.ts'
import type { WorkingHours } from '#core/people/people.ts'
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
import type { Service } from '#service/service.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { myId } from './my-id.ts'
import { openToRead, openToWrite } from './open-cli.ts'
import { isoInstant, printJson, printTable } from './print.ts'

const options = {
  person: { type: 'string', value: 'ID', help: 'change: their Zendesk user id, or “me”' },
  hours: { type: 'string', value: 'HOURS', help: `change: like “${hoursExample}”, or “none”` },
  'days-off': { type: 'string', value: 'DAYS', help: 'change: all days off, like 2026-12-24,2026-12-25, or “none”' },
  region: { type: 'string', value: 'REGION', help: 'change: like EMEA' },
  slack: { type: 'string', value: 'HANDLE', help: 'change: their Slack handle, or “none”' },
  json: { type: 'boolean', help: 'print as JSON' },
  ...workspaceOptions,
} as const satisfies CommandOptions

type Given = ReturnType<typeof readArguments<typeof options>>['options']

/** `understudy people`: who works here, and when. */
export const peopleCommand: Command = {
  summary: 'list people, set their working hours and days off',
  help: `Lists the ASEs and you with their working hours, or changes those. Clock times and days are by the person's own zone, which
comes from Zendesk.

understudy people [list] [options]
understudy people change --person ID|me [--hours HOURS] [--days-off DAYS] [--region REGION] [--slack HANDLE] [options]

${describeOptions(options)}

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 1)
    const [verb = 'list'] = words
    if (verb === 'list') return list(given, terminal)
    if (verb === 'change') return change(given, terminal)
    throw new Problem('usage', `There is no “people ${verb}”. There are: list, change.`)
  },
}

async function list(given: Given, terminal: Terminal): Promise<number> {
  const { service, close } = await openToRead(given, terminal)
  try {
    const { people } = await service.client.people.list({})
    if (given.json) await printJson(terminal, people.map(record))
    else
      await printTable(
        terminal,
        [
          ['ID', 16],
          ['Name', 24],
          ['Zone', 20],
          ['Hours', 40],
        ],
        each(people),
      )
    return exitCodes.done
  } finally {
    await close()
  }
}

async function* each(people: readonly PersonRow[]): AsyncGenerator<readonly string[]> {
  for (const { id, name, timeZone, workingHours } of people)
    yield [String(id), name, timeZone, writeHours(workingHours)]
}

async function change(given: Given, terminal: Terminal): Promise<number> {
  const { person } = given
  if (person === undefined) throw new Problem('usage', '--person is missing. Write --person with their id, or “me”.')
  const changes = changesOf(given)
  if (Object.keys(changes).length === 0) {
    throw new Problem('usage', 'Nothing is to be changed. Write --hours, --days-off, --region or --slack.')
  }
  const { service, close } = await openToWrite(given, terminal)
  try {
    const id = await idOf(person, service)
    const changed = (await callProcedure(service.router, 'people.change', { id, ...changes })) as PersonRow
    if (given.json) await printJson(terminal, record(changed))
    else await terminal.print(`${changed.name} works ${writeHours(changed.workingHours) || 'at hours not known'}.\n`)
    return exitCodes.done
  } finally {
    await close()
  }
}

/** What was said of the person; what was not said is left out. */
function changesOf({ hours, 'days-off': daysOff, region, slack }: Given): object {
  return {
    ...(hours === undefined ? {} : { workingHours: hoursOf(hours) }),
    ...(daysOff === undefined
      ? {}
      : { daysOff: daysOff === 'none' ? [] : daysOff.split(',').map((day) => day.trim()) }),
    ...(region === undefined ? {} : { region }),
    ...(slack === undefined ? {} : { slackHandle: slack === 'none' ? null : slack }),
  }
}

function hoursOf(text: string): WorkingHours[] {
  const hours = readHours(text === 'none' ? '' : text)
  if (hours) return hours
  throw new Problem('usage', `--hours is written like “${hoursExample}”, not ${JSON.stringify(text)}.`)
}

async function idOf(text: string, service: Service): Promise<number> {
  return text === 'me' ? myId(service) : readWholeNumber('person', text, 1, Number.MAX_SAFE_INTEGER)
}

function record(person: PersonRow): object {
  return {
    id: person.id,
    name: person.name,
    me: person.me,
    time_zone: person.timeZone,
    region: person.region,
    working_hours: writeHours(person.workingHours),
    days_off: person.daysOff,
    slack_handle: person.slackHandle,
    next_available_at: isoInstant(person.nextAvailableAt),
  }
}
