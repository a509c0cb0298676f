import { expect, test } from 'vitest'
import { settingsSchema } from '#contract/settings.ts'
import type { SettingsFile } from '#service/ports.ts'
import { createSettings } from '#service/settings/settings.ts'
import { SettingsFileCorrupt } from '#service/settings/settings-file.ts'

function fileWith(stored: Record<string, unknown>): SettingsFile & { stored: Record<string, unknown> } {
  return {
    stored,
    read() {
      return this.stored
    },
    write(values) {
      this.stored = values
    },
  }
}

function open(file: SettingsFile) {
  const reports: string[] = []
  return { settings: createSettings({ file, schema: settingsSchema, report: (line) => reports.push(line) }), reports }
}

test('what was never set has its default', () => {
  expect(open(fileWith({})).settings.get()).toEqual(settingsSchema.parse({}))
})

test('a value that cannot be used falls back to its default, alone, and is reported once', () => {
  const { settings, reports } = open(fileWith({ theme: 'purple', syncEverySeconds: 30, baselinePerWeek: -1 }))
  expect(settings.get()).toMatchObject({ theme: 'system', syncEverySeconds: 30, baselinePerWeek: null })
  settings.set({ trayCount: false })
  expect(reports).toHaveLength(2)
  expect(reports[0]).toMatch(/^The setting theme has a value that cannot be used \(.+\), so its default is used\.$/)
})

test('a change leaves the rest of the file alone, also what this version does not know', () => {
  const file = fileWith({ fromTheFuture: { a: 1 }, theme: 'dark' })
  const { settings } = open(file)
  expect(settings.set({ syncEverySeconds: 20, baselinePerWeek: undefined })).toMatchObject({
    theme: 'dark',
    syncEverySeconds: 20,
  })
  expect(file.stored).toEqual({ fromTheFuture: { a: 1 }, theme: 'dark', syncEverySeconds: 20 })
  expect(settings.get()).not.toHaveProperty('fromTheFuture')
})

test('a damaged file is reported and leaves the defaults', () => {
  const file: SettingsFile = {
    read: () => {
      throw new SettingsFileCorrupt('The settings file was damaged.')
    },
    write: () => undefined,
  }
  const { settings, reports } = open(file)
  expect(settings.get()).toEqual(settingsSchema.parse({}))
  expect(reports).toEqual(['The settings file was damaged.'])
})
