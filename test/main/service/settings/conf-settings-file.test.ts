import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ElectronStore from 'electron-store'
import { expect, test } from 'vitest'
import { createConfSettingsFile } from '#service/settings/conf-settings-file.ts'
import { SettingsFileCorrupt, settingsFileOver, storeOptions } from '#service/settings/settings-file.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

const now = () => Date.UTC(2026, 10, 21, 9, 30)

test('reading makes no file; writing makes one that only this user may read', () => {
  const folder = temporaryFolder()
  const file = createConfSettingsFile(folder, now)
  expect(file.read()).toEqual({})
  expect(readdirSync(folder)).toEqual([])
  file.write({ theme: 'dark', 'a.b': { c: [1] } })
  expect(file.read()).toEqual({ theme: 'dark', 'a.b': { c: [1] } })
  expect(statSync(join(folder, 'config.json')).mode & 0o777).toBe(0o600)
})

test('the desktop’s store and this one read and write the very same file', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'config.json')
  const ours = createConfSettingsFile(folder, now)
  const open = () =>
    new ElectronStore<Record<string, unknown>>({ ...storeOptions, cwd: folder, projectVersion: '1.0.0' })
  const desktops = settingsFileOver(path, open, now)
  ours.write({ theme: 'dark', 'unknown.key': 1 })
  const written = readFileSync(path, 'utf8')
  expect(desktops.read()).toEqual({ theme: 'dark', 'unknown.key': 1 })
  desktops.write({ theme: 'dark', 'unknown.key': 1 })
  expect(readFileSync(path, 'utf8')).toBe(written)
})

test.each(['{"theme": "da', '[1, 2]', 'null', '\u0000\u0000'])(
  'a damaged file (%j) is kept beside the new one',
  (damaged) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'config.json'), damaged)
    const file = createConfSettingsFile(folder, now)
    const aside = join(folder, 'config.corrupt-2026-11-21T09-30-00-000Z.json')
    expect(() => file.read()).toThrow(SettingsFileCorrupt)
    expect(readFileSync(aside, 'utf8')).toBe(damaged)
    expect(file.read()).toEqual({})
    file.write({ theme: 'light' })
    expect(file.read()).toEqual({ theme: 'light' })
  },
)

test('the report of a damaged file says where it is now', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'config.json'), '{')
  expect(() => createConfSettingsFile(folder, now).read()).toThrow(
    `The settings file ${join(folder, 'config.json')} was damaged, so the default settings are used. ` +
      `The damaged file was kept as ${join(folder, 'config.corrupt-2026-11-21T09-30-00-000Z.json')}; ` +
      'mend it and move it back, or set your settings again.',
  )
})
