import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from 'electron'

/** Option of a start that brings up no window: the tray is enough when the computer starts. */
export const backgroundOption = '--background'

/** Whether Understudy starts with the computer. */
export interface LoginItem {
  /** Answers why it cannot be had, in words, after which nothing has changed. */
  set(on: boolean): string | null
  /** Where the program lies elsewhere since it was set (a newer AppImage), the system learns the new place. */
  refresh(): void
}

/** Where this is and what it runs on. */
export interface LoginItemFacts {
  readonly platform: NodeJS.Platform
  /** False while it is run from its sources: there is no program to start then. */
  readonly packaged: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  /** The running program. */
  readonly program: string
}

const notInstalled = 'Only an installed Understudy can start with the computer. Install it, then switch this on.'

/** The platform's own way to start a program with the computer: login items, or on Linux a file in the autostart folder. */
export function createLoginItem(
  app: Pick<App, 'setLoginItemSettings' | 'getLoginItemSettings'>,
  facts: LoginItemFacts,
): LoginItem {
  if (facts.platform === 'linux') return createAutostartFile(facts)
  const options = facts.platform === 'win32' ? { args: [backgroundOption] } : {}
  return {
    set(on) {
      if (on && !facts.packaged) return notInstalled
      app.setLoginItemSettings({ openAtLogin: on, ...options })
      const now = app.getLoginItemSettings(options)
      if (now.openAtLogin === on || now.status === 'requires-approval') return null
      return `The system did not ${on ? 'take Understudy among' : 'remove Understudy from'} what starts with it. Change it in the system’s settings.`
    },
    refresh: () => undefined,
  }
}

function createAutostartFile({ env, home, packaged, program }: LoginItemFacts): LoginItem {
  const folder = env['XDG_CONFIG_HOME'] || join(home, '.config')
  const path = join(folder, 'autostart', 'understudy.desktop')
  // An AppImage runs from where it is mounted, which is gone after the next start.
  const exec = `Exec=${quoted(env['APPIMAGE'] || program)} ${backgroundOption}`
  return {
    set(on) {
      if (on && !packaged) return notInstalled
      try {
        if (on) write(path, entry(exec))
        else rmSync(path, { force: true })
        return null
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        return `The file ${path} could not be ${on ? 'written' : 'removed'}: the system says ${code}.`
      }
    },
    refresh() {
      if (!packaged) return
      try {
        const text = readFileSync(path, 'utf8')
        // The other lines may be the desktop's: it writes there that a person switched it off.
        const next = text.replace(/^Exec=.*$/m, () => exec)
        if (next !== text) write(path, next)
      } catch {
        // Nothing is set, or nothing can be mended here; the switch in Settings says more.
      }
    },
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function entry(exec: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Understudy',
    'Comment=Alerts of the accounts you cover, from the tray',
    exec,
    'Icon=understudy',
    'Terminal=false',
    '',
  ].join('\n')
}

/** As the Desktop Entry Specification quotes an argument: once for the value of a key, once for the command line. */
function quoted(program: string): string {
  const argument = program.replaceAll(/["`$\\]/g, (sign) => `\\${sign}`).replaceAll('%', '%%')
  return `"${argument.replaceAll('\\', '\\\\')}"`
}
