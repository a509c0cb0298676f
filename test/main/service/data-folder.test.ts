import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultDataDir, openDataFolder } from '#service/data-folder.ts'
import { Problem } from '#service/problem.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

test('the default folder is the platform’s place for application data', () => {
  expect(defaultDataDir('linux', {}, '/home/mia')).toBe('/home/mia/.local/share/understudy')
  expect(defaultDataDir('linux', { XDG_DATA_HOME: '/data' }, '/home/mia')).toBe('/data/understudy')
  expect(defaultDataDir('linux', { XDG_DATA_HOME: 'data' }, '/home/mia')).toBe('/home/mia/.local/share/understudy')
  expect(defaultDataDir('darwin', {}, '/Users/mia')).toBe('/Users/mia/Library/Application Support/Understudy')
  expect(defaultDataDir('win32', { APPDATA: 'C:\\Users\\mia\\AppData\\Roaming' }, 'C:\\Users\\mia')).toBe(
    'C:\\Users\\mia\\AppData\\Roaming\\Understudy',
  )
  expect(defaultDataDir('win32', {}, 'C:\\Users\\mia')).toBe('C:\\Users\\mia\\AppData\\Roaming\\Understudy')
})

test('the folder is made for this user alone and nothing is left in it', () => {
  const folder = openDataFolder(join(temporaryFolder(), 'a', 'b'))
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readdirSync(folder)).toEqual([])
})

test('a folder that cannot be written to is named, with the reason and the way out', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  const folder = join(file, 'data')
  expect(() => openDataFolder(folder)).toThrow(
    new Problem(
      'failed',
      `Understudy cannot write to its data folder ${folder}: part of the path is a file. ` +
        'Make it writable, or choose another folder with --data-dir.',
    ),
  )
  expect(() => openDataFolder(file)).toThrow('there is a file of that name')
})

test.runIf(existsSync('/proc/self'))('a folder where this user may not write is refused', () => {
  // Nobody can make a folder there, root included.
  expect(() => openDataFolder('/proc/self/understudy')).toThrow(
    /cannot write to its data folder \/proc\/self\/understudy/,
  )
})
