import { existsSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SettingsFile } from '../ports.ts'

/** The settings file could not be read. It was moved aside; the message says where to, and what to do. */
export class SettingsFileCorrupt extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'SettingsFileCorrupt'
  }
}

/** What `conf` and `electron-store` have in common: reading `store` reads the file, assigning it writes the file. */
export interface StoreOnDisk {
  store: Record<string, unknown>
}

/** The options both libraries are opened with, so that every door writes the same file. */
export const storeOptions = {
  // SECURITY: settings name accounts and hosts; only this user may read them.
  configFileMode: 0o600,
  accessPropertiesByDotNotation: false,
  clearInvalidConfig: false,
  deserialize: parseSettings,
} as const

/** Name of the settings file in the data folder. */
export const settingsFileName = 'config.json'

/**
 * A settings file over a store library. `open` is called at every use, because these libraries read the file when they are
 * opened and throw when it is damaged. A damaged file is moved to `config.corrupt-<time>.json` and reported once by
 * `SettingsFileCorrupt`; the next read finds no file and answers nothing.
 *
 * @param now Milliseconds of the wall clock, for the name of a damaged file.
 */
export function settingsFileOver(path: string, open: () => StoreOnDisk, now: () => number): SettingsFile {
  return {
    read() {
      if (!existsSync(path)) return {}
      try {
        return { ...open().store }
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        throw moveAside(path, now(), error)
      }
    },
    write(values) {
      open().store = values
    },
  }
}

function parseSettings(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object')
  return { ...value }
}

function moveAside(path: string, nowMs: number, cause: unknown): SettingsFileCorrupt {
  const time = new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')
  const aside = join(dirname(path), `${basename(path, '.json')}.corrupt-${time}.json`)
  renameSync(path, aside)
  return new SettingsFileCorrupt(
    `The settings file ${path} was damaged, so the default settings are used. ` +
      `The damaged file was kept as ${aside}; mend it and move it back, or set your settings again.`,
    { cause },
  )
}
