import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { trayStates, type TrayView } from '#main/desktop/tray-view.ts'
import { createDesktopTray, trayImagePath } from '#main/desktop/tray.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'

class TrayStandIn extends EmitterStandIn {
  static last: TrayStandIn | undefined
  image: unknown
  tooltip = ''
  title: string | undefined
  destroyed = false
  menu: readonly MenuItemConstructorOptions[] = []
  constructor(image: unknown) {
    super()
    this.image = image
    TrayStandIn.last = this
  }
  setImage = (image: unknown) => void (this.image = image)
  setToolTip = (text: string) => void (this.tooltip = text)
  setTitle = (text: string) => void (this.title = text)
  setContextMenu = (menu: { template: readonly MenuItemConstructorOptions[] }) => void (this.menu = menu.template)
  destroy = () => void (this.destroyed = true)
}

const view: TrayView = {
  state: 'offline',
  count: 3,
  tooltip: 'Understudy: offline',
  entries: [
    { kind: 'ticket', ticketId: 12, label: 'by 10:45, R&D: #12 a & b' },
    { kind: 'separator' },
    { kind: 'line', label: 'You cover Acme & Sons' },
    { kind: 'command', command: 'quit', label: 'Quit', enabled: true },
    { kind: 'command', command: 'sync', label: 'Syncing…', enabled: false },
    {
      kind: 'submenu',
      label: 'All tickets read just now',
      entries: [{ kind: 'line', label: 'R&D: tickets just now' }],
    },
  ],
}

function trayOn(platform: NodeJS.Platform) {
  const done: unknown[] = []
  const badges: (number | undefined)[] = []
  const electron = {
    Tray: TrayStandIn,
    Menu: { buildFromTemplate: (template: unknown) => ({ template }) },
    nativeImage: { createFromPath: (path: string) => path, createEmpty: () => '' },
    app: { setBadgeCount: (count?: number) => badges.push(count) },
  }
  const tray = createDesktopTray({
    // The tray uses six functions of four large classes.
    electron: electron as never,
    platform,
    imagesDir: '/images',
    onCommand: (command) => void done.push(command),
    onTicket: (ticketId) => void done.push(ticketId),
  })
  const shown = TrayStandIn.last
  if (!shown) throw new Error('there is no tray')
  return { tray, shown, done, badges }
}

test('the icon follows the state and the tooltip says it', () => {
  const { tray, shown } = trayOn('linux')
  expect(shown.image).toBe('/images/ok.png')
  tray.show(view)
  expect(shown).toMatchObject({ image: '/images/offline.png', tooltip: 'Understudy: offline' })
})

describe('the count', () => {
  test('stands beside the icon on macOS, and goes when nothing is left', () => {
    const { tray, shown, badges } = trayOn('darwin')
    tray.show(view)
    expect(shown).toMatchObject({ image: '/images/offlineTemplate.png', title: '3' })
    tray.show({ ...view, count: 0 })
    expect(shown.title).toBe('')
    expect(badges).toEqual([3, 0])
  })

  test('is left to the tooltip on Windows, which has no badges', () => {
    const { tray, shown, badges } = trayOn('win32')
    tray.show(view)
    expect(shown.title).toBeUndefined()
    expect(badges).toEqual([])
  })
})

test('entries do what they say, and text of customers underlines no letter', () => {
  const { tray, shown, done } = trayOn('linux')
  tray.show(view)
  expect(shown.menu.map(({ label, enabled, type }) => ({ label, enabled, type }))).toEqual([
    { label: 'by 10:45, R&&D: #12 a && b', enabled: undefined, type: undefined },
    { label: undefined, enabled: undefined, type: 'separator' },
    { label: 'You cover Acme && Sons', enabled: false, type: undefined },
    { label: 'Quit', enabled: true, type: undefined },
    { label: 'Syncing…', enabled: false, type: undefined },
    { label: 'All tickets read just now', enabled: undefined, type: undefined },
  ])
  expect(shown.menu[5]?.submenu).toEqual([{ label: 'R&&D: tickets just now', enabled: false }])
  for (const index of [0, 3]) shown.menu[index]?.click?.({} as never, undefined, {})
  expect(done).toEqual([12, 'quit'])
})

test('a click opens the window where it does not open the menu', () => {
  const linux = trayOn('linux')
  linux.shown.fire('click')
  expect(linux.done).toEqual(['open'])
  const mac = trayOn('darwin')
  mac.shown.fire('click')
  expect(mac.done).toEqual([])
})

test('the icon leaves with the app', () => {
  const { tray, shown } = trayOn('linux')
  tray.destroy()
  expect(shown.destroyed).toBe(true)
})

test('there is an image for each state on each platform, and one for sharp screens', () => {
  const images = fileURLToPath(new URL('../../../resources/tray', import.meta.url))
  for (const state of trayStates) {
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      const path = trayImagePath(images, state, platform)
      expect([path, path.replace('.png', '@2x.png')].filter((file) => !existsSync(file))).toEqual([])
    }
  }
})
