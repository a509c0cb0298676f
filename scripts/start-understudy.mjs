import { join } from 'node:path'
import { builds, isStale, make } from './builds.mjs'
import { runChild } from './child.mjs'
import { chooseDoor } from './door.mjs'
import { ensureInstalled } from './installation.mjs'
import { leanFlags } from './lean-flags.mjs'
import { endWhenOrphaned } from './orphaned.mjs'
import { nodeBinary, projectRoot } from './project.mjs'
import { readStartOptions, startHelp } from './start-options.mjs'

/**
 * What `npm start` does: installs and builds what is missing, opens a door, stays until it is closed. Only the door writes to
 * stdout. Resolves with the exit code.
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export async function startUnderstudy(args) {
  const read = readStartOptions(args)
  if (!read.ok) {
    say(`${read.reason}. "npm start -- --help" lists the options.`)
    return 2
  }
  if (read.options.help) {
    console.log(startHelp)
    return 0
  }
  endWhenOrphaned()
  const installed = await ensureInstalled(projectRoot, say)
  if (!installed.ok) {
    say(installed.reason)
    return 1
  }
  const door = await chooseDoor(projectRoot, read.options.door, { now: Date.now(), say })
  if (door.kind === 'web' && door.reason) say(`Opening in the browser: ${door.reason}.`)
  const build = door.kind === 'desktop' ? builds.desktop : builds.window
  if (isStale(projectRoot, build)) {
    say(`Building the ${build.name} …`)
    const code = await make(projectRoot, build)
    if (code !== 0) {
      say(`The ${build.name} could not be built; the errors are above.`)
      return 1
    }
  }
  return door.kind === 'desktop' ? openDesktop(door.binary, read.options.desktop) : openWeb(read.options.web)
}

/** @param {readonly string[]} args */
function openWeb(args) {
  // The folder of compile-cache.ts, told before Node starts, so that the entry and the simulator's thread use it too.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(projectRoot, 'node_modules', '.cache', 'compiled') }
  return runChild(
    nodeBinary(projectRoot),
    [...leanFlags, join(projectRoot, 'src', 'main', 'web', 'index.ts'), ...args],
    {
      env,
    },
  )
}

/**
 * @param {string} binary
 * @param {readonly string[]} args
 */
async function openDesktop(binary, args) {
  const env = { ...process.env }
  // Set in the terminals of editors that are Electron apps themselves; it would turn ours into a plain Node.
  delete env['ELECTRON_RUN_AS_NODE']
  const code = await runChild(binary, [`--js-flags=${leanFlags.join(' ')}`, projectRoot, ...args], { env })
  if (code !== 0 && code < 128) {
    say(`The desktop app ended with code ${code}. "npm start -- --web" opens Understudy in the browser.`)
  }
  return code
}

/** @param {string} line */
function say(line) {
  console.error(line)
}
