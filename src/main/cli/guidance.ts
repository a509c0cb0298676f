import type { GuidancePerson, GuidanceStep, TicketGuidance } from '#contract/guidance.ts'
import { guidanceDimensions } from '#core/guidance/guidance-dimensions.ts'
import { callProcedure } from '#service/doors/call-procedure.ts'
import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToRead } from './open-cli.ts'
import { isoInstant, printJson } from './print.ts'

const roles = guidanceDimensions.role

const options = {
  as: { type: 'string', value: 'ROLE', help: `${roles.join(', ')} (default: what you are)` },
  at: { type: 'string', value: 'TIME', help: 'another time, as 2026-11-24T17:00Z (default: now)' },
  json: { type: 'boolean', help: 'print as JSON, instants as ISO 8601 in UTC' },
  ...workspaceOptions,
} as const satisfies CommandOptions

/** `understudy guidance`: what to do with a ticket, why, and step by step. */
export const guidanceCommand: Command = {
  summary: 'what to do with a ticket, why, and the steps',
  help: `Says what to do with a stored ticket, why, and the steps, as the window does on top of each ticket. Also while Understudy runs.

understudy guidance TICKET [--as ROLE] [--at TIME] [options]

${describeOptions(options)}

--at looks at the ticket as it is stored now, with who is away, covers and is at work at that time.

Fields with --json: ticket_id, role, situation, action, reason, source, steps (id, kind, words, source, and by kind intent and done, text,
url or choice), next_clock, breaches_first, ase and cover (id, name, slack_handle, time_zone, state, online_at), pre_ase, cell, at.

${exitCodesHelp}`,
  async run(argv, terminal) {
    const { options: given, words } = readArguments(argv, options, 1)
    const ticketId = ticketOf(words[0])
    const input = { ticketId, as: roleOf(given.as), at: timeOf(given.at) }
    const { service, close } = await openToRead(given, terminal)
    try {
      const guidance = (await callProcedure(service.router, 'guidance.of', input)) as TicketGuidance
      if (given.json) await printJson(terminal, record(guidance))
      else await terminal.print(inWords(guidance))
      return exitCodes.done
    } finally {
      await close()
    }
  },
}

function ticketOf(word: string | undefined): number {
  const id = Number(word?.replace(/^#/, ''))
  if (Number.isSafeInteger(id) && id > 0) return id
  throw new Problem(
    'usage',
    word === undefined ? 'Name the ticket, like 712004. See --help.' : `${JSON.stringify(word)} is no ticket number.`,
  )
}

function roleOf(text: string | undefined): TicketGuidance['role'] | undefined {
  const role = roles.find((each) => each === text)
  if (text === undefined || role) return role
  throw new Problem('usage', `--as is one of ${roles.join(', ')}, not ${JSON.stringify(text)}.`)
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  // Without a zone it would be another time on every machine.
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN
  if (!Number.isNaN(at)) return at
  throw new Problem('usage', `--at is a time with its zone, like 2026-11-24T17:00Z, not ${JSON.stringify(text)}.`)
}

function record(guidance: TicketGuidance): object {
  const { ticketId, role, situation, action, reason, source, nextClock, preAse } = guidance
  return {
    ticket_id: ticketId,
    role,
    situation,
    action,
    reason,
    source,
    steps: guidance.steps,
    next_clock: nextClock && {
      metric: nextClock.metric,
      stage: nextClock.stage,
      breach_at: isoInstant(nextClock.breachAt),
    },
    breaches_first: guidance.breachesFirst,
    ase: personRecord(guidance.ase),
    cover: personRecord(guidance.cover),
    pre_ase: preAse && {
      ase_since: isoInstant(preAse.aseSince),
      choice: preAse.choice,
      chosen_at: isoInstant(preAse.chosenAt),
      by_name: preAse.byName,
    },
    cell: guidance.cell,
    at: isoInstant(guidance.now),
  }
}

function personRecord(person: GuidancePerson | null): object | null {
  if (!person) return null
  const { id, name, slackHandle, timeZone, state, onlineAt } = person
  return { id, name, slack_handle: slackHandle, time_zone: timeZone, state, online_at: isoInstant(onlineAt) }
}

function inWords(guidance: TicketGuidance): string {
  const { action, reason, source, steps } = guidance
  const lines = [action, reason, ...onlineLine(guidance), `Source: ${source}`]
  if (steps.length > 0) lines.push('', ...steps.flatMap((step, index) => stepLines(step, index + 1)))
  return `${lines.join('\n')}\n`
}

function onlineLine({ ase, breachesFirst, nextClock, timeZone }: TicketGuidance): string[] {
  if (!ase) return []
  const clock = nextClock?.breachAt ?? null
  const first =
    clock === null ? 'no clock runs' : breachesFirst ? 'the clock ends before that' : 'in time for the clock'
  if (ase.onlineAt === null) return [`When ${ase.name} is next online is not known; ${first}.`]
  if (ase.state === 'here') return [`${ase.name} is online now.`]
  return [
    `${ase.name} is next online ${at(ase.onlineAt, timeZone)} (${timeZone}), ${at(ase.onlineAt, ase.timeZone)} (${ase.timeZone}); ${first}.`,
  ]
}

function at(instant: number, timeZone: string): string {
  return new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone })
}

function stepLines(step: GuidanceStep, number: number): string[] {
  const done = step.kind === 'change' && step.done ? ' (done)' : ''
  const more = step.kind === 'copy' ? [`   ${step.text}`] : step.kind === 'open' ? [`   ${step.url}`] : []
  // SECURITY: subjects are written by strangers; control characters would command the terminal.
  return [`${number}. ${step.words}${done}`, ...more].map((line) => line.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' '))
}
