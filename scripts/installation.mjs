import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { runChild } from './child.mjs'
import { memoryFile, nodeBinary } from './project.mjs'

/**
 * What an install has to do. `npm ci` writes its own record of what it installed last of all, so a broken-off install is `outdated`.
 * After an `npm ci` that runs no install scripts only the Node is missing that one of them unpacks.
 * @param {string} root
 * @returns {'complete' | 'without-node' | 'missing' | 'outdated'}
 */
export function installationState(root) {
  if (!existsSync(join(root, 'node_modules'))) return 'missing'
  const wanted = lockHash(root)
  const known = readIfThere(memoryFile(root, 'installed')) === wanted
  if (!known && !installedFits(root)) return 'outdated'
  if (!existsSync(nodeBinary(root))) return 'without-node'
  if (!known) remember(root, wanted)
  return 'complete'
}

/**
 * Installs what the lock file names when that is not what is there. Progress goes to stderr.
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {Promise<{ ok: true } | { ok: false, reason: string }>}
 */
export async function ensureInstalled(root, say) {
  const state = installationState(root)
  if (state === 'complete') return { ok: true }
  if (state === 'missing') say('Installing what Understudy needs (npm ci), about a minute …')
  if (state === 'outdated') say('Packages changed since the last install: running npm ci …')
  const code = await withSignsOfLife(
    say,
    async () => (state === 'without-node' ? 0 : await runNpm(root, cleanInstall)) || (await unpackNode(root)),
  )
  if (code !== 0) {
    return {
      ok: false,
      reason: `Installing ended with code ${code}; what npm said is above. If this machine is offline or cannot reach its npm registry, mend that, then run the command again.`,
    }
  }
  if (!existsSync(nodeBinary(root))) {
    return {
      ok: false,
      reason: `npm installed everything but the Node that Understudy brings along: ${nodeBinary(root)} is not there.`,
    }
  }
  remember(root, lockHash(root))
  return { ok: true }
}

// SECURITY: no package runs a script of its own when it is installed, but the one that carries Node and has to unpack it. (It also
// keeps npm from compiling SQLite, which comes ready-made but is not recognised as such when installed from a lock file.)
const cleanInstall = [
  'ci',
  '--include=dev',
  '--include=optional',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--no-update-notifier',
]

/** @param {string} root */
function unpackNode(root) {
  return runNpm(root, ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error', '--no-update-notifier'])
}

/**
 * @param {string} root
 * @param {string[]} args
 */
function runNpm(root, args) {
  // Under `npm start` this is the very npm that was called. Calling it through Node needs no shell on Windows.
  const npmScript = process.env['npm_execpath']
  if (npmScript && /^npm-cli\.c?js$/.test(basename(npmScript))) {
    return runChild(process.execPath, [npmScript, ...args], { cwd: root, stdout: 'stderr' })
  }
  const windows = process.platform === 'win32'
  return runChild(windows ? 'npm.cmd' : 'npm', args, { cwd: root, shell: windows, stdout: 'stderr' })
}

/**
 * npm shows its own progress in a terminal and nothing elsewhere.
 * @template T
 * @param {(line: string) => void} say
 * @param {() => Promise<T>} work
 */
async function withSignsOfLife(say, work) {
  const startedAt = Date.now()
  const timer = process.stderr.isTTY
    ? undefined
    : setInterval(() => say(`… ${Math.round((Date.now() - startedAt) / 1000)} s`), 10_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/**
 * Whether npm's record of what it installed agrees with the lock file. Packages for other platforms are not installed.
 * @param {string} root
 */
function installedFits(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !installed) return false
  const fits = Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  )
  return fits && Object.keys(installed).every((path) => wanted[path]?.version === installed[path]?.version)
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }> | undefined}
 */
function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** @param {string} root */
function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

/**
 * @param {string} root
 * @param {string} hash
 */
function remember(root, hash) {
  const file = memoryFile(root, 'installed')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, hash)
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
