import { alertKind } from '#contract/alerts.ts'
import type { SettingsFile } from '../ports.ts'

/**
 * A settings file in which what an older version wrote keeps its meaning: `notifyNewTickets: false` listed new tickets without announcing
 * them, which `alertKindsOff` says now. Once that one is written, the old line means nothing any more.
 */
export function withOldSettings(file: SettingsFile): SettingsFile {
  return {
    write: (values) => file.write(values),
    read() {
      const stored = file.read()
      if (stored['notifyNewTickets'] !== false || 'alertKindsOff' in stored) return stored
      return { ...stored, alertKindsOff: [alertKind.enum['new-ticket']] }
    },
  }
}
