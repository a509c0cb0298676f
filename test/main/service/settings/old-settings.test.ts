import { expect, test } from 'vitest'
import { settingsSchema } from '#contract/settings.ts'
import type { SettingsFile } from '#service/ports.ts'
import { withOldSettings } from '#service/settings/old-settings.ts'
import { createSettings } from '#service/settings/settings.ts'

test('whoever had switched off notifications of new tickets still has them only listed', () => {
  expect(open({ notifyNewTickets: false }).settings.get().alertKindsOff).toEqual(['new-ticket'])
  expect(open({ notifyNewTickets: true }).settings.get().alertKindsOff).toEqual([])
  expect(open({}).settings.get().alertKindsOff).toEqual([])
})

test('what was chosen since then counts, and stays after a restart', () => {
  const { settings, file } = open({ notifyNewTickets: false, theme: 'dark' })
  settings.set({ theme: 'light' })
  expect(file.read()).toEqual({ notifyNewTickets: false, theme: 'light', alertKindsOff: ['new-ticket'] })
  settings.set({ alertKindsOff: [] })
  expect(settings.get().alertKindsOff).toEqual([])
  expect(open(file.read()).settings.get().alertKindsOff).toEqual([])
})

function open(first: Record<string, unknown>) {
  let stored = first
  const file: SettingsFile = { read: () => stored, write: (values) => (stored = values) }
  const settings = createSettings({ file: withOldSettings(file), schema: settingsSchema, report: () => {} })
  return { settings, file }
}
