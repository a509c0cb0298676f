import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IpcMain } from 'electron'
import { expect, test } from 'vitest'
import { createDesktopSettingsFile } from '#main/desktop/settings-file.ts'
import { createConfSettingsFile } from '#service/settings/conf-settings-file.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const noon = Date.UTC(2026, 10, 21, 12)

function settingsFile(dataDir: string, removed: (string | undefined)[] = []) {
  const ipcMain: Pick<IpcMain, 'removeAllListeners'> = {
    removeAllListeners: (channel) => removed.push(channel) as never,
  }
  return createDesktopSettingsFile(ipcMain, dataDir, () => noon)
}

test('settings are written for this user alone and read back', () => {
  const dataDir = temporaryFolder()
  settingsFile(dataDir).write({ theme: 'dark', 'a.b': 1 })
  expect(settingsFile(dataDir).read()).toEqual({ theme: 'dark', 'a.b': 1 })
  expect(statSync(join(dataDir, 'config.json')).mode & 0o777).toBe(0o600)
})

test('the other doors read the same file', () => {
  const dataDir = temporaryFolder()
  settingsFile(dataDir).write({ theme: 'dark' })
  expect(createConfSettingsFile(dataDir, () => noon).read()).toEqual({ theme: 'dark' })
})

test('a folder without settings has none, and gets no file by reading', () => {
  const dataDir = temporaryFolder()
  expect(settingsFile(dataDir).read()).toEqual({})
  expect(readdirSync(dataDir)).toEqual([])
})

test('a damaged file is kept aside and said', () => {
  const dataDir = temporaryFolder()
  writeFileSync(join(dataDir, 'config.json'), '{"theme":')
  expect(() => settingsFile(dataDir).read()).toThrow(/was damaged, so the default settings are used/)
  const [aside = ''] = readdirSync(dataDir)
  expect(aside).toBe('config.corrupt-2026-11-21T12-00-00-000Z.json')
  expect(readFileSync(join(dataDir, aside), 'utf8')).toBe('{"theme":')
  expect(settingsFile(dataDir).read()).toEqual({})
})

test('the listener that electron-store leaves for pages is taken away each time', () => {
  const removed: (string | undefined)[] = []
  settingsFile(temporaryFolder(), removed).write({ theme: 'dark' })
  expect(removed).toEqual(['electron-store-get-data'])
})
