import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodeOf } from './child.mjs'
import { tallyOf } from './gates.mjs'
import { projectRoot, toolEnvironment } from './project.mjs'

/** A gate that takes longer hangs. */
const limitMs = 15 * 60 * 1000

/**
 * @typedef {object} GateResult
 * @property {import('./gates.mjs').Gate} gate
 * @property {import('./gates.mjs').Tally} tally
 * @property {string} output everything the gate printed
 * @property {number} tookMs
 */

/**
 * Runs one gate to its end and counts it.
 * @param {import('./gates.mjs').Gate} gate
 * @param {Readonly<Record<string, string>>} scripts of package.json
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<GateResult>}
 */
export async function runGate(gate, scripts, env) {
  const startedAt = performance.now()
  const script = scripts[gate.script]
  if (script === undefined) throw new Error(`package.json has no script "${gate.script}".`)
  const folder = mkdtempSync(join(tmpdir(), 'understudy-gate-'))
  try {
    const report = join(folder, 'report.json')
    const asTests = gate.counts === 'tests'
    const command = asTests ? `${script} --reporter=default --reporter=json --outputFile.json="${report}"` : script
    const { code, output } = await run(command, env)
    const tally = asTests
      ? tallyOf(readReport(report), code)
      : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, notRun: 0 }
    return { gate, tally, output, tookMs: performance.now() - startedAt }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(command, env) {
  return new Promise((resolve) => {
    const ownGroup = process.platform !== 'win32'
    const child = spawn(command, {
      cwd: projectRoot,
      env: toolEnvironment(projectRoot, env),
      shell: true,
      detached: ownGroup,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    const endAll = () => {
      // The group, not the shell alone: a test may have started servers and browsers.
      if (ownGroup && child.pid) process.kill(-child.pid, 'SIGKILL')
      else child.kill()
    }
    /** @param {NodeJS.Signals} signal */
    const leave = (signal) => {
      endAll()
      process.exit(exitCodeOf(null, signal))
    }
    process.once('SIGINT', leave).once('SIGTERM', leave)
    const limit = setTimeout(() => {
      output += `\nStopped: it had not ended after ${limitMs / 60_000} minutes.\n`
      endAll()
    }, limitMs)
    child.once('close', (code, signal) => {
      clearTimeout(limit)
      process.off('SIGINT', leave).off('SIGTERM', leave)
      resolve({ code: exitCodeOf(code, signal), output })
    })
  })
}

/** @param {string} file */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
