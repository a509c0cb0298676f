import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { provideChromium } from './chromium.mjs'
import { runGate } from './gate-run.mjs'
import { failuresIn, gates } from './gates.mjs'
import { ensureInstalled } from './installation.mjs'
import { provideNotificationPrograms } from './notification-programs.mjs'
import { endWhenOrphaned } from './orphaned.mjs'
import { projectRoot } from './project.mjs'

const help = `npm test [-- gates]    runs every gate, or only those named: ${gates.map((gate) => gate.name).join(' ')}`

/**
 * What `npm test` does: installs what is missing, runs the gates, ends with the line "N passed, N failed". Resolves with the exit code.
 * @param {readonly string[]} args names of gates; none means all
 * @returns {Promise<number>}
 */
export async function runGates(args) {
  if (args.includes('--help')) {
    console.log(help)
    return 0
  }
  const unknown = args.find((arg) => !gates.some((gate) => gate.name === arg))
  if (unknown !== undefined) {
    console.error(`There is no gate "${unknown}".\n${help}`)
    return 2
  }
  endWhenOrphaned()
  const installed = await ensureInstalled(projectRoot, (line) => console.error(line))
  if (!installed.ok) {
    console.error(installed.reason)
    console.log('0 passed, 1 failed')
    return 1
  }
  const wanted = gates.filter((gate) => args.length === 0 || args.includes(gate.name))
  const env = await environmentFor(wanted)
  const results = await runAll(wanted, env)
  const passed = results.reduce((sum, { tally }) => sum + tally.passed, 0)
  const failed = results.reduce((sum, { tally }) => sum + tally.failed, 0)
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** @param {readonly import('./gates.mjs').Gate[]} wanted */
async function environmentFor(wanted) {
  if (process.platform === 'linux' && wanted.some((gate) => gate.name === 'e2e')) {
    const advice = provideNotificationPrograms((line) => console.error(line))
    if (advice !== undefined) console.error(advice)
  }
  if (!wanted.some((gate) => gate.browser)) return process.env
  const chromium = await provideChromium((line) => console.error(line))
  if (chromium.ok) return { ...process.env, UNDERSTUDY_CHROMIUM: chromium.path }
  // The gates that need it will fail, and they should: nobody may take a run without them for a whole one.
  console.error(chromium.reason)
  return process.env
}

/**
 * Checks run side by side, since each of them leaves processors idle; tests one project after the other, since those do not.
 * @param {readonly import('./gates.mjs').Gate[]} wanted
 * @param {NodeJS.ProcessEnv} env
 */
async function runAll(wanted, env) {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  const checks = wanted.filter((gate) => gate.counts === 'check')
  const results = await sideBySide(checks, availableParallelism(), (gate) => runGate(gate, scripts, env).then(shown))
  for (const gate of wanted.filter((other) => other.counts === 'tests')) {
    results.push(shown(await runGate(gate, scripts, env)))
  }
  return results
}

/**
 * @template T, R
 * @param {readonly T[]} items
 * @param {number} atOnce
 * @param {(item: T) => Promise<R>} work
 * @returns {Promise<R[]>}
 */
async function sideBySide(items, atOnce, work) {
  /** @type {R[]} */
  const results = []
  const waiting = items.values()
  const lane = async () => {
    for (const item of waiting) results.push(await work(item))
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return results
}

/**
 * One line for a gate that passed; what it said of its failures for one that did not.
 * @param {import('./gate-run.mjs').GateResult} result
 */
function shown(result) {
  const { gate, tally, output, tookMs } = result
  const counts =
    gate.counts === 'tests'
      ? `, ${tally.passed} passed${tally.failed ? `, ${tally.failed} failed` : ''}${tally.notRun ? `, ${tally.notRun} not run` : ''}`
      : ''
  const line = `${tally.failed ? 'FAILED' : 'passed'}  ${gate.name} (${(tookMs / 1000).toFixed(1)} s${counts})`
  console.log(tally.failed ? `\n${line}\n${indented(failuresIn(output))}\n` : line)
  return result
}

/** @param {string} text */
function indented(text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}
