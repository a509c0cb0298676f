import { parseArgs } from 'node:util'
import { Problem } from '#service/problem.ts'

/** What the desktop app was started with. */
export interface DesktopArguments {
  /** Folder for database and settings; undefined is the platform's own place. */
  readonly dataDir: string | undefined
  /** True for the sample also where a Zendesk is connected. */
  readonly sample: boolean
  /** True where no window is to come up: the computer starts, and the tray is enough. */
  readonly background: boolean
  /** Control address of a running simulator to use instead of an own one. */
  readonly simulatorUrl: string | undefined
}

/**
 * Reads the options of the desktop app. Everything else is left alone: Chromium takes switches of its own, desktops add theirs, and a
 * link arrives as a plain word.
 *
 * @param argv what follows the program and, in development, the project's folder
 * @throws {Problem} of kind `usage` when an option has no value
 */
export function readDesktopArguments(argv: readonly string[]): DesktopArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      background: { type: 'boolean' },
      'data-dir': { type: 'string' },
      sample: { type: 'boolean' },
      simulator: { type: 'string' },
    },
    allowPositionals: true,
    strict: false,
  })
  return {
    dataDir: textOf(values, 'data-dir', 'DIR'),
    sample: values['sample'] === true,
    background: values['background'] === true,
    simulatorUrl: textOf(values, 'simulator', 'URL'),
  }
}

function textOf(values: Readonly<Record<string, unknown>>, name: string, what: string): string | undefined {
  const value = values[name]
  if (value === undefined || (typeof value === 'string' && value !== '')) return value
  throw new Problem('usage', `--${name} needs a value. Write --${name} ${what}.`)
}
