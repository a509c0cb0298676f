import { join } from 'node:path'
import type { IpcMain } from 'electron'
import ElectronStore from 'electron-store'
import type { SettingsFile } from '#service/ports.ts'
import { settingsFileName, settingsFileOver, storeOptions } from '#service/settings/settings-file.ts'

/** Channel on which electron-store would tell any page where the data folder is. */
const storeChannel = 'electron-store-get-data'

/**
 * The settings of a data folder, kept by electron-store in the same file that the other doors use.
 *
 * @param now milliseconds of the wall clock, for the name of a damaged file
 */
export function createDesktopSettingsFile(
  ipcMain: Pick<IpcMain, 'removeAllListeners'>,
  dataDir: string,
  now: () => number,
): SettingsFile {
  const open = () => {
    const store = new ElectronStore<Record<string, unknown>>({ ...storeOptions, cwd: dataDir, name: 'config' })
    // SECURITY: the main process listens to no page; the port is the only way in.
    ipcMain.removeAllListeners(storeChannel)
    return store
  }
  return settingsFileOver(join(dataDir, settingsFileName), open, now)
}
