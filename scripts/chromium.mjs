import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptGet, mayInstallPackages } from './debian.mjs'

/**
 * Finds a Chromium for the tests: the one `UNDERSTUDY_CHROMIUM` names, the machine's Chrome, Chromium or Edge, or Playwright's own.
 * Undefined when there is none. Throws when `UNDERSTUDY_CHROMIUM` names a file that is not there.
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, exists?: (file: string) => boolean, playwrights?: () => Promise<string | undefined> }} [machine]
 * @returns {Promise<string | undefined>}
 */
export async function findChromium({
  env = process.env,
  platform = process.platform,
  exists = existsSync,
  playwrights = playwrightsChromium,
} = {}) {
  const named = env['UNDERSTUDY_CHROMIUM']
  if (named) {
    if (exists(named)) return named
    throw new Error(`UNDERSTUDY_CHROMIUM names ${named}, which is not there.`)
  }
  const installed = placesOf(platform, env).find(exists)
  if (installed) return installed
  const own = await playwrights()
  return own && exists(own) ? own : undefined
}

/**
 * Finds a Chromium, or installs Debian's where this is a Debian and we are root. `reason` says what a person can do.
 * @param {(line: string) => void} say
 * @returns {Promise<{ ok: true, path: string } | { ok: false, reason: string }>}
 */
export async function provideChromium(say) {
  const found = await findChromium()
  if (found) return { ok: true, path: found }
  if (mayInstallPackages()) {
    say('No Chromium found: installing Debian’s (apt-get install chromium) …')
    const installed = aptGet(['update', '-q']) && aptGet(['install', '-y', '-q', '--no-install-recommends', 'chromium'])
    const now = installed ? await findChromium() : undefined
    if (now) return { ok: true, path: now }
  }
  return {
    ok: false,
    reason:
      'No Chromium found. Install Chrome or Chromium, or run "npx playwright install chromium", or set UNDERSTUDY_CHROMIUM to the program.',
  }
}

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
function placesOf(platform, env) {
  if (platform === 'darwin') {
    const apps = [
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Chromium.app/Contents/MacOS/Chromium',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]
    return ['/Applications', join(env['HOME'] ?? '/', 'Applications')].flatMap((folder) =>
      apps.map((app) => join(folder, app)),
    )
  }
  if (platform === 'win32') {
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ]
    const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
      (folder) => folder !== undefined,
    )
    return folders.flatMap((folder) => programs.map((program) => join(folder, program)))
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge']
  const folders = (env['PATH'] ?? '/usr/bin').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

async function playwrightsChromium() {
  try {
    const { chromium } = await import('playwright')
    return chromium.executablePath()
  } catch {
    return undefined
  }
}
