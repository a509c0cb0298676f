import {
  describeOptions,
  readArguments,
  workspaceOptions,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { exitCodes } from '#service/problem.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { openToWrite } from './open-cli.ts'
import { printJson } from './print.ts'

const options = {
  once: { type: 'boolean', help: 'read both sources once and end (what it does in any case)' },
  json: { type: 'boolean', help: 'print the result as JSON' },
  ...workspaceOptions,
} as const satisfies CommandOptions

/** `understudy sync`: one run of the sync, for scripts and cron. */
export const syncCommand: Command = {
  summary: 'read Zendesk and GitLab once',
  help: `Reads Zendesk and GitLab once and stores what changed. A run that was killed is finished by the next one.

understudy sync --once [options]

${describeOptions(options)}

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    const { service, close } = await openToWrite(given, terminal)
    try {
      const result = await service.syncOnce()
      if (given.json) await printJson(terminal, result)
      else {
        const { tickets, comments, issues, events } = result
        await terminal.print(`${tickets} tickets, ${comments} comments, ${issues} issues changed; ${events} events.\n`)
      }
      return sayProblems(result.problems, terminal)
    } finally {
      await close()
    }
  },
}

function sayProblems(problems: readonly { readonly problem: string }[], terminal: Terminal): number {
  const [first] = problems
  if (!first) return exitCodes.done
  const others = problems.length === 1 ? '' : ` (and ${problems.length - 1} more)`
  terminal.say(`Not everything could be read: ${first.problem}${others}`)
  return exitCodes.failed
}
