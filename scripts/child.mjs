import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * Runs a program in the place of this one: same terminal, signals passed on. Resolves with the exit code to leave with: the
 * program's own, 128 + n when signal n ended it, 127 when it could not be started (said on stderr).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, stdout?: 'inherit' | 'stderr' }} [options]
 * @returns {Promise<number>}
 */
export function runChild(
  command,
  args,
  { cwd = process.cwd(), env = process.env, shell = false, stdout = 'inherit' } = {},
) {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd,
      env,
      shell,
      stdio: ['inherit', stdout === 'stderr' ? 2 : 'inherit', 'inherit'],
    })
    const stopPassingOn = passSignalsTo(child)
    child.once('error', (error) => {
      stopPassingOn()
      console.error(`${command} could not be started: ${error.message}`)
      resolve(127)
    })
    child.once('exit', (code, signal) => {
      stopPassingOn()
      resolve(exitCodeOf(code, signal))
    })
  })
}

/**
 * What a shell would call the end of a program.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  if (signal) return 128 + constants.signals[signal]
  return code ?? 1
}

/** @param {import('node:child_process').ChildProcess} child */
function passSignalsTo(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    // Ctrl+C in a terminal reaches the whole group: passing it on as well would look like somebody pressing it twice.
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, pass)
  return () => {
    for (const signal of signals) process.off(signal, pass)
  }
}
