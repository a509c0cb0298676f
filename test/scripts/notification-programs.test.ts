import { expect, test } from 'vitest'
import { missingNotificationPrograms } from '#scripts/notification-programs.mjs'

test('nothing is missing where every program lies somewhere on the path', () => {
  const places = ['/usr/bin/Xvfb', '/usr/bin/dbus-daemon', '/opt/bin/dunst', '/usr/bin/xdotool']
  const exists = (file: string) => places.includes(file)
  expect(missingNotificationPrograms({ env: { PATH: '/opt/bin:/usr/bin' }, exists })).toEqual({
    names: [],
    packages: [],
  })
})

test('what is missing is named with Debian’s package of it', () => {
  const exists = (file: string) => file === '/usr/bin/dunst'
  expect(missingNotificationPrograms({ env: { PATH: '/usr/bin' }, exists })).toEqual({
    names: ['Xvfb', 'dbus-daemon', 'xdotool'],
    packages: ['xvfb', 'dbus-daemon', 'xdotool'],
  })
})
