import { exitCodes, Problem } from '#service/problem.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { version } from '#service/doors/version.ts'
import { accountCommand } from './account.ts'
import { accountsCommand } from './accounts.ts'
import { alertsCommand } from './alerts.ts'
import { calendarsCommand } from './calendars.ts'
import { callCommand } from './call.ts'
import { callsCommand } from './calls.ts'
import type { Command } from './command.ts'
import { connectCommand } from './connect.ts'
import { coverageCommand } from './coverage.ts'
import { disconnectCommand } from './disconnect.ts'
import { exitCodesHelp } from './exit-codes.ts'
import { gitlabKitCommand } from './gitlab-kit.ts'
import { guidanceCommand } from './guidance.ts'
import { handoffCommand } from './handoff.ts'
import { issuesCommand } from './issues.ts'
import { onCallCommand } from './on-call.ts'
import { orgNoteCommand } from './org-note.ts'
import { peopleCommand } from './people.ts'
import { returnCommand } from './return.ts'
import { serveCommand } from './serve.ts'
import { simulatorCommand } from './simulator.ts'
import { statusCommand } from './status.ts'
import { syncCommand } from './sync.ts'
import { ticketsCommand } from './tickets.ts'
import { workloadCommand } from './workload.ts'

const commands: ReadonlyMap<string, Command> = new Map([
  ['serve', serveCommand],
  ['connect', connectCommand],
  ['disconnect', disconnectCommand],
  ['accounts', accountsCommand],
  ['account', accountCommand],
  ['people', peopleCommand],
  ['coverage', coverageCommand],
  ['handoff', handoffCommand],
  ['return', returnCommand],
  ['workload', workloadCommand],
  ['calendars', calendarsCommand],
  ['on-call', onCallCommand],
  ['alerts', alertsCommand],
  ['sync', syncCommand],
  ['status', statusCommand],
  ['tickets', ticketsCommand],
  ['guidance', guidanceCommand],
  ['issues', issuesCommand],
  ['gitlab-kit', gitlabKitCommand],
  ['org-note', orgNoteCommand],
  ['calls', callsCommand],
  ['call', callCommand],
  ['simulator', simulatorCommand],
])

/** Runs the command that was typed behind `understudy`. Resolves with the exit code. */
export async function dispatch(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    await terminal.print(overview())
    return name === undefined ? exitCodes.usage : exitCodes.done
  }
  if (name === '--version') {
    await terminal.print(`${version}\n`)
    return exitCodes.done
  }
  const command = commands.get(name)
  if (!command) {
    throw new Problem(
      'usage',
      `There is no command ${JSON.stringify(name)}. There are: ${[...commands.keys()].join(', ')}.`,
    )
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await terminal.print(command.help)
    return exitCodes.done
  }
  return command.run(rest, terminal)
}

function overview(): string {
  const lines = [...commands].map(([name, { summary }]) => `  ${name.padEnd(11)}${summary}`)
  return `understudy COMMAND [options]

${lines.join('\n')}

Every command explains itself: understudy COMMAND --help

${exitCodesHelp}`
}
