import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { aptGet, mayInstallPackages } from './debian.mjs'

/** A screen without a monitor, a session bus, a notification server, and a hand at the mouse, each with Debian's package. */
const programs = { Xvfb: 'xvfb', 'dbus-daemon': 'dbus-daemon', dunst: 'dunst', xdotool: 'xdotool' }

/**
 * Which of the programs that the test of Linux notifications needs are not there, and the packages that have them.
 * @param {{ env?: NodeJS.ProcessEnv, exists?: (file: string) => boolean }} [machine]
 * @returns {{ names: string[], packages: string[] }}
 */
export function missingNotificationPrograms({ env = process.env, exists = existsSync } = {}) {
  const folders = (env['PATH'] ?? '/usr/bin').split(delimiter).filter((folder) => folder !== '')
  const missing = Object.entries(programs).filter(([name]) => !folders.some((folder) => exists(join(folder, name))))
  return { names: missing.map(([name]) => name), packages: missing.map(([, of]) => of) }
}

/**
 * Sees to the programs that the test of Linux notifications needs: installs Debian's where this is a Debian and we are root. Undefined
 * when all are there, or what a person can do.
 * @param {(line: string) => void} say
 * @returns {string | undefined}
 */
export function provideNotificationPrograms(say) {
  const { packages } = missingNotificationPrograms()
  if (packages.length > 0 && mayInstallPackages()) {
    say(`Installing what the test of Linux notifications needs (apt-get install ${packages.join(' ')}) …`)
    if (aptGet(['update', '-q'])) aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages])
  }
  return adviceOnNotificationPrograms()
}

/** What a person can do about programs that are missing; undefined when none is. */
export function adviceOnNotificationPrograms() {
  const { names, packages } = missingNotificationPrograms()
  if (names.length === 0) return undefined
  return `The test of Linux notifications needs ${names.join(', ')}. Install ${packages.join(', ')} (the names of Debian's packages).`
}
