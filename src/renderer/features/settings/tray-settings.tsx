import { Section, Toggle } from './settings-fields.tsx'
import { ShortcutField } from './shortcut-field.tsx'
import type { SettingsPart } from './use-settings-change.ts'

/** What only a host with a tray has: its count, starting with the computer, keys that open the window from anywhere. */
export function TraySettings({ settings, change }: SettingsPart) {
  return (
    <Section title="Tray">
      <Toggle
        name="Count of unopened alerts beside the tray icon"
        value={settings.trayCount}
        onChange={(trayCount) => change({ trayCount })}
      />
      <Toggle
        name="Start with the computer"
        hint="In the tray, without opening the window."
        value={settings.startAtLogin}
        onChange={(startAtLogin) => change({ startAtLogin })}
      />
      <ShortcutField value={settings.openShortcut} />
    </Section>
  )
}
