import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exitCodeOf } from './child.mjs'
import { memoryFile } from './project.mjs'

const dayMs = 24 * 60 * 60 * 1000

/**
 * Where Electron's program is, or undefined when npm brought the package but nothing has fetched the program yet.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function electronBinary(root, env = process.env) {
  const folder = join(root, 'node_modules', 'electron')
  const elsewhere = env['ELECTRON_OVERRIDE_DIST_PATH']
  const pathFile = join(folder, 'path.txt')
  const inFolder = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : elsewhere && platformPath()
  if (!inFolder) return undefined
  const binary = join(elsewhere ?? join(folder, 'dist'), inFolder)
  return existsSync(binary) ? binary : undefined
}

function platformPath() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * Fetches Electron's program with its own installer. A failure is remembered for a day, so that the next start does not wait for the same one.
 * @param {string} root
 * @param {{ limitMs: number | undefined, now: number, say: (line: string) => void, env?: NodeJS.ProcessEnv }} options without a limit it takes as long as it takes
 * @returns {Promise<{ ok: true } | { ok: false, reason: string }>}
 */
export async function fetchElectronBinary(root, { limitMs, now, say, env = process.env }) {
  const forHowLong = limitMs === undefined ? '' : `, at most ${limitMs / 1000} s`
  say(`Fetching Electron's program (about 120 MB${forHowLong}) …`)
  const reason = await runInstaller(join(root, 'node_modules', 'electron', 'install.js'), limitMs, env)
  const memory = memoryFile(root, 'electron-not-fetched.json')
  if (reason === undefined) {
    rmSync(memory, { force: true })
    return { ok: true }
  }
  mkdirSync(dirname(memory), { recursive: true })
  writeFileSync(memory, JSON.stringify({ at: now, reason }))
  return { ok: false, reason }
}

/**
 * Why fetching failed earlier, if that was less than a day ago.
 * @param {string} root
 * @param {number} now instant in ms
 * @returns {string | undefined}
 */
export function rememberedFailure(root, now) {
  try {
    const { at, reason } = JSON.parse(readFileSync(memoryFile(root, 'electron-not-fetched.json'), 'utf8'))
    return now - at >= 0 && now - at < dayMs ? String(reason) : undefined
  } catch {
    return undefined
  }
}

/**
 * @param {string} installer
 * @param {number | undefined} limitMs
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} why it failed
 */
function runInstaller(installer, limitMs, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text) => (errors += text))
    const limit = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs)
    limit?.addEventListener('abort', () => child.kill('SIGKILL'))
    /** @param {NodeJS.Signals} signal */
    const leave = (signal) => {
      child.kill('SIGKILL')
      process.exit(exitCodeOf(null, signal))
    }
    process.once('SIGINT', leave).once('SIGTERM', leave)
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code) => {
      process.off('SIGINT', leave).off('SIGTERM', leave)
      if (code === 0) resolve(undefined)
      else resolve(limit?.aborted ? `not there after ${Number(limitMs) / 1000} s` : firstReason(errors))
    })
  })
}

/**
 * The line of a Node stack trace that says what went wrong.
 * @param {string} errors
 */
function firstReason(errors) {
  const lines = errors.split('\n').map((line) => line.trim())
  const said = lines.find((line) => /^\w*Error\b.*:/.test(line)) ?? lines.find((line) => line !== '')
  return said?.replace(/^\w*Error\b[^:]*:\s*/, '') ?? 'its installer gave no reason'
}
