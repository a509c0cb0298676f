import { once } from 'node:events'
import { DatabaseFromTheFuture } from '../db/open-database.ts'
import { exitCodes, Problem } from '../problem.ts'

/** Where a command writes to and what it can know of its surroundings. */
export interface Terminal {
  /** Writes to standard output: the answer and nothing else. Resolves when there is room for more. */
  print(text: string): Promise<void>
  /** Writes a line to standard error. */
  say(line: string): void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Reads standard input to its end. Throws a `Problem` when it is a keyboard or far too long. */
  readInput(): Promise<string>
  /** Resolves when the person (SIGINT), the system (SIGTERM) or the terminal (SIGHUP) wants the command to end. */
  untilStopped(): Promise<void>
}

/**
 * Runs a command as this process: its failures become one sentence on standard error and an exit code, and a reader of its
 * output that goes away (`| head`) ends it quietly.
 *
 * @param command Resolves with the exit code.
 */
export async function runCommand(command: (terminal: Terminal) => Promise<number>): Promise<void> {
  process.stdout.on('error', leaveWhenUnread)
  process.stderr.on('error', leaveWhenUnread)
  process.exitCode = await outcomeOf(command, processTerminal)
}

/** Runs a command and turns what it throws into a sentence and an exit code. */
export async function outcomeOf(command: (terminal: Terminal) => Promise<number>, terminal: Terminal): Promise<number> {
  try {
    return await command(terminal)
  } catch (error) {
    if (error instanceof Problem) {
      terminal.say(error.message)
      return exitCodes[error.kind]
    }
    terminal.say(error instanceof DatabaseFromTheFuture ? error.message : bugSentence(error, terminal.env))
    return exitCodes.failed
  }
}

const processTerminal: Terminal = {
  async print(text) {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain')
  },
  say: (line) => void process.stderr.write(`${line}\n`),
  env: process.env,
  readInput: () => readInput(process.stdin),
  untilStopped: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        process.once(signal, () => {
          // Whoever asks twice does not want to wait.
          process.once(signal, () => process.exit(exitCodes.failed))
          resolve()
        })
      }
    }),
}

/** More than any token has. */
const longestInput = 100_000

async function readInput(input: NodeJS.ReadStream): Promise<string> {
  // SECURITY: what is typed would stand on the screen and in the terminal's history.
  if (input.isTTY)
    throw new Problem(
      'usage',
      'Nothing was piped in. Write the token to standard input, like: understudy … < token.txt',
    )
  input.setEncoding('utf8')
  let text = ''
  for await (const part of input) {
    text += part as string
    if (text.length > longestInput) throw new Problem('usage', 'Standard input is far too long for a token.')
  }
  return text
}

function leaveWhenUnread(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(exitCodes.done)
  throw error
}

function bugSentence(error: unknown, env: Terminal['env']): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  if (env['UNDERSTUDY_DEBUG']) return stack ?? message
  return `Understudy failed in a way nobody foresaw: ${message.split('\n')[0]}. Set UNDERSTUDY_DEBUG=1 to see where.`
}
