import type { Terminal } from '#service/doors/run-command.ts'

/** One command of `understudy`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** What `understudy NAME --help` prints. */
  readonly help: string
  /** Does it. Resolves with the exit code. */
  run(argv: readonly string[], terminal: Terminal): Promise<number>
}
