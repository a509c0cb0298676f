import { join } from 'node:path'
import Conf from 'conf'
import type { SettingsFile } from '../ports.ts'
import { settingsFileName, settingsFileOver, storeOptions } from './settings-file.ts'

/** The settings of a data folder for doors without Electron; the same file that electron-store writes there. */
export function createConfSettingsFile(dataDir: string, now: () => number): SettingsFile {
  const open = () => new Conf<Record<string, unknown>>({ ...storeOptions, cwd: dataDir, configName: 'config' })
  return settingsFileOver(join(dataDir, settingsFileName), open, now)
}
