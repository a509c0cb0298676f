import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { runChild } from './child.mjs'
import { memoryFile, nodeBinary, toolEnvironment } from './project.mjs'

/**
 * @typedef {object} Build
 * @property {string} name
 * @property {readonly string[]} sources files and folders it is made from
 * @property {readonly string[]} results files that are there once it was built
 * @property {readonly string[]} command a script of a package, and its arguments
 */

const shared = ['src/contract', 'src/core', 'src/renderer', 'package.json', 'package-lock.json', 'tsconfig.base.json']

/**
 * What has to be built. Command line, web host, service and simulator run from their sources.
 * @type {Readonly<Record<'window' | 'desktop', Build>>}
 */
export const builds = {
  window: {
    name: 'window',
    sources: [...shared, 'renderer.vite.config.ts'],
    results: ['out/renderer/index.html'],
    command: ['vite/bin/vite.js', 'build', '--config', 'renderer.vite.config.ts', '--logLevel', 'error'],
  },
  desktop: {
    name: 'desktop',
    sources: [
      ...shared,
      'src/main',
      'src/preload',
      'src/simulator',
      'resources',
      'electron.vite.config.ts',
      'renderer.vite.config.ts',
    ],
    results: ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'],
    command: ['electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'error'],
  },
}

/**
 * Whether a build is missing or was made from other sources than those there now. Compares contents: a checkout touches every file's time.
 * @param {string} root
 * @param {Build} build
 */
export function isStale(root, build) {
  if (!build.results.every((file) => existsSync(join(root, file)))) return true
  const stamp = stampFile(root, build)
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== sourcesHash(root, build)
}

/**
 * Makes a build. Its output goes to stderr. Resolves with the exit code of the tool.
 * @param {string} root
 * @param {Build} build
 */
export async function make(root, build) {
  const hash = sourcesHash(root, build)
  const stamp = stampFile(root, build)
  rmSync(stamp, { force: true })
  const [script = '', ...args] = build.command
  const env = toolEnvironment(root, process.env)
  const code = await runChild(nodeBinary(root), [join(root, 'node_modules', script), ...args], {
    env,
    stdout: 'stderr',
    cwd: root,
  })
  if (code !== 0) return code
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
  return 0
}

/**
 * One hash over the names and contents of everything a build is made from.
 * @param {string} root
 * @param {Build} build
 */
export function sourcesHash(root, build) {
  const hash = createHash('sha256').update(JSON.stringify(build.command))
  for (const file of build.sources.flatMap((source) => filesIn(join(root, source)))) {
    hash.update(relative(root, file).replaceAll(sep, '/')).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return []
  if (found.isFile()) return [path]
  const names = readdirSync(path).toSorted()
  return names.flatMap((name) => filesIn(join(path, name)))
}

/**
 * @param {string} root
 * @param {Build} build
 */
function stampFile(root, build) {
  return memoryFile(root, `built-${build.name}`)
}
