import {
  describeOptions,
  readArguments,
  readWholeNumber,
  type CommandOptions,
} from '#service/doors/command-arguments.ts'
import { exitCodes, Problem } from '#service/problem.ts'
import { launchSimulator } from '#simulator/launch.ts'
import type { Command } from './command.ts'
import { exitCodesHelp } from './exit-codes.ts'

const options = {
  seed: { type: 'string', value: 'N', help: 'everything random follows from it (default: 1)' },
  speed: { type: 'string', value: 'N', help: 'simulated seconds per second; 0 moves only when stepped (default: 1)' },
  scale: { type: 'string', value: 'N', help: 'how many tickets there are (default: the sample workspace)' },
  anchor: { type: 'string', value: 'TIME', help: 'the day the sample is built around, ISO 8601 or ms (default: now)' },
  now: { type: 'string', value: 'TIME', help: 'where the simulated clock starts, ISO 8601 or ms (default: now)' },
  'data-dir': { type: 'string', value: 'DIR', help: 'taken by every command; the simulator keeps nothing there' },
  sample: { type: 'boolean', help: 'taken by every command; the simulator is the sample' },
  help: { type: 'boolean', help: 'show this text' },
} as const satisfies CommandOptions

/** `understudy simulator`: the sample Zendesk and GitLab by themselves, for tests and other programs. */
export const simulatorCommand: Command = {
  summary: 'run the sample Zendesk and GitLab by themselves',
  help: `Runs the sample workspace's Zendesk and GitLab on this machine until it is stopped (Ctrl+C). Prints one line of JSON when
they are ready: their addresses, how to sign in, the control address for --simulator, and who works there.

understudy simulator [options]

${describeOptions(options)}

${exitCodesHelp}`,
  async run(argv, terminal) {
    const given = readArguments(argv, options).options
    const stopped = terminal.untilStopped()
    const { description, stop } = await launchSimulator({
      ...(given.seed === undefined ? {} : { seed: readWholeNumber('seed', given.seed, 0, Number.MAX_SAFE_INTEGER) }),
      ...(given.speed === undefined ? {} : { speed: readSpeed(given.speed) }),
      ...(given.scale === undefined ? {} : { scale: readWholeNumber('scale', given.scale, 1, 1_000_000) }),
      ...(given.anchor === undefined ? {} : { anchor: readInstant('anchor', given.anchor) }),
      ...(given.now === undefined ? {} : { now: readInstant('now', given.now) }),
    })
    await terminal.print(`${JSON.stringify(description)}\n`)
    await stopped
    await stop()
    return exitCodes.done
  },
}

function readSpeed(text: string): number {
  const speed = text.trim() === '' ? Number.NaN : Number(text)
  if (speed >= 0 && speed <= 1_000_000) return speed
  throw new Problem('usage', `--speed is a number from 0 to 1000000, not ${JSON.stringify(text)}.`)
}

function readInstant(name: string, text: string): number {
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  if (Number.isSafeInteger(at) && at > 0) return at
  throw new Problem('usage', `--${name} is a time like 2026-11-21T09:00:00Z, not ${JSON.stringify(text)}.`)
}
