import type { CarriedOutSettings, SettingRefusal } from '#service/ports.ts'
import type { LoginItem } from './login-item.ts'
import type { OpenShortcut } from './open-shortcut.ts'

/** Carries out the settings that only the desktop app can. */
export interface SettingsCarrier {
  /** Takes up what was chosen before. Answers what is wrong with the keys, in words; all else goes on. */
  begin(settings: CarriedOutSettings): string | null
  /** Carries out changes: all of them, or none and why. */
  carryOut(changes: Partial<CarriedOutSettings>): SettingRefusal | null
}

/** @param loginItem asked only for a change: what the person switched off in the system stays off. */
export function createSettingsCarrier(shortcut: OpenShortcut, loginItem: LoginItem): SettingsCarrier {
  let keys: string | null = null
  return {
    begin({ openShortcut }) {
      loginItem.refresh()
      const words = shortcut.set(openShortcut)
      if (words === null) keys = openShortcut
      return words
    },
    carryOut({ openShortcut = keys, startAtLogin }) {
      const shortcutWords = shortcut.set(openShortcut)
      if (shortcutWords !== null) return { setting: 'openShortcut', words: shortcutWords }
      const loginWords = startAtLogin === undefined ? null : loginItem.set(startAtLogin)
      if (loginWords !== null) {
        shortcut.set(keys)
        return { setting: 'startAtLogin', words: loginWords }
      }
      keys = openShortcut
      return null
    },
  }
}
