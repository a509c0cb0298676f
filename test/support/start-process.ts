import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

/** What a finished command left. */
export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command of Understudy as it runs. */
export interface Running {
  readonly child: ChildProcess
  /** The first line on stdout that fits; fails with what was said on stderr when the process ends before. */
  line(pattern: RegExp): Promise<string>
  finished: Promise<Finished>
}

/**
 * Starts a source file of the project under this Node, in an environment without the developer's own settings.
 *
 * @param input what it reads on standard input; without it there is none.
 */
export function startProcess(
  entry: string,
  args: readonly string[],
  env: Record<string, string> = {},
  input?: string,
): Running {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: projectRoot,
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', TZ: 'Europe/Berlin', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const finished = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
  return {
    child,
    finished,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = stdout.split('\n').find((line) => pattern.test(line))
          if (found !== undefined) resolve(found)
        }
        child.stdout.on('data', look)
        look()
        void finished.then(({ code }) => reject(new Error(`${entry} ended with ${code} before ${pattern}: ${stderr}`)))
      }),
  }
}

/** Runs the command line to its end. */
export function runUnderstudy(
  args: readonly string[],
  env: Record<string, string> = {},
  input?: string,
): Promise<Finished> {
  return startProcess('src/main/cli/index.ts', args, env, input).finished
}
