import { expect, test } from 'vitest'
import { obstacleTo } from '#scripts/door.mjs'

test('a Linux without a display opens the browser', () => {
  expect(obstacleTo({ platform: 'linux', env: {}, userId: 1000 })).toContain('no display')
})

test('root on Linux opens the browser, because Electron would need its sandbox off', () => {
  expect(obstacleTo({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, userId: 0 })).toContain('root')
})

test('nothing keeps the desktop app from opening elsewhere', () => {
  expect(obstacleTo({ platform: 'linux', env: { DISPLAY: ':0' }, userId: 1000 })).toBeUndefined()
  expect(obstacleTo({ platform: 'darwin', env: {}, userId: 501 })).toBeUndefined()
  expect(obstacleTo({ platform: 'win32', env: {}, userId: undefined })).toBeUndefined()
})
