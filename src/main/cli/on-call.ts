import type { OnCallShift } from '#contract/on-call.ts'
import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { exitCodes } from '#service/problem.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead } from './open-cli.ts'
import { isoInstant, printJson, printTable, readableInstant } from './print.ts'

const options = {
  json: { type: 'boolean', help: 'print as JSON' },
  ...workspaceOptions,
} as const satisfies CommandOptions

/** `understudy on-call`: shifts, and which of them have to change hands. */
export const onCallCommand: Command = {
  summary: 'list on-call shifts and which need a swap',
  help: `Lists the on-call shifts of the last four weeks and all to come, and says which of them have to change hands because their
engineer covers too many accounts then. Until a replacement is recorded the original engineer is on duty.

understudy on-call [options]

${describeOptions(options)}

Fields with --json: id, person_id, person, mine, starts_at, ends_at, title, calendar, replacement, swap with overlaps, since,
subject and text of the message to the manager.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    const { service, close } = await openToRead(given, terminal)
    try {
      const { shifts } = await service.client.onCall.list({})
      if (given.json) await printJson(terminal, shifts.map(record))
      else await printTable(terminal, columns, each(shifts))
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

const columns = [
  ['From', 19],
  ['Until', 19],
  ['Engineer', 22],
  ['Swap', 24],
  ['Title', 60],
] as const

async function* each(shifts: readonly OnCallShift[]): AsyncGenerator<readonly string[]> {
  for (const { startsAt, endsAt, personName, swap, replacement, title } of shifts) {
    const standing = replacement ? `taken by ${replacement.name}` : swap ? 'needed' : '-'
    yield [readableInstant(startsAt), readableInstant(endsAt), personName, standing, title]
  }
}

function record(shift: OnCallShift): object {
  const { swap } = shift
  return {
    id: shift.id,
    person_id: shift.personId,
    person: shift.personName,
    mine: shift.mine,
    starts_at: isoInstant(shift.startsAt),
    ends_at: isoInstant(shift.endsAt),
    title: shift.title,
    calendar: shift.feedName,
    replacement: shift.replacement?.name ?? null,
    swap: swap && {
      overlaps: swap.overlaps.map(({ startsAt, endsAt, accountNames }) => ({
        starts_at: isoInstant(startsAt),
        ends_at: isoInstant(endsAt),
        accounts: accountNames,
      })),
      since: swap.since,
      ...swap.message,
    },
  }
}
