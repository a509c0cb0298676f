import { expect, test } from 'vitest'
import { appMenuTemplate, setAppMenu } from '#main/desktop/app-menu.ts'

const rolesOf = (platform: NodeJS.Platform, packaged: boolean) =>
  appMenuTemplate({ platform, packaged }).flatMap(({ role, submenu }) => [
    ...(role ? [role] : []),
    ...(Array.isArray(submenu) ? submenu.flatMap((item) => item.role ?? []) : []),
  ])

test('copying, zooming and closing work as everywhere', () => {
  expect(rolesOf('linux', true)).toEqual([
    'fileMenu',
    'editMenu',
    'resetZoom',
    'zoomIn',
    'zoomOut',
    'togglefullscreen',
    'windowMenu',
  ])
  expect(rolesOf('darwin', true)[0]).toBe('appMenu')
})

test('an installed app has no developer tools', () => {
  expect(rolesOf('win32', true)).not.toContain('toggleDevTools')
  expect(rolesOf('win32', false)).toContain('toggleDevTools')
})

test('the menu is set', () => {
  const set: unknown[] = []
  const menu = {
    buildFromTemplate: (template: unknown) => ({ template }),
    setApplicationMenu: (made: unknown) => void set.push(made),
  }
  // A menu is only handed through.
  setAppMenu(menu as never, { platform: 'linux', packaged: true })
  expect(set).toEqual([{ template: appMenuTemplate({ platform: 'linux', packaged: true }) }])
})
