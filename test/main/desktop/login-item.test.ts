import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createLoginItem, type LoginItemFacts } from '#main/desktop/login-item.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

/** A system that keeps what it is told, or does not. */
function systemStandIn(obeys = true, status = 'not-registered') {
  const told: unknown[] = []
  let on = false
  return {
    told,
    app: {
      setLoginItemSettings(settings: { readonly openAtLogin?: boolean }) {
        told.push(settings)
        if (obeys) on = settings.openAtLogin === true
      },
      getLoginItemSettings: () => ({ openAtLogin: on, status }),
    } as never,
  }
}

function facts(changes: Partial<LoginItemFacts>): LoginItemFacts {
  return { platform: 'linux', packaged: true, env: {}, home: '/nonexistent', program: '/opt/understudy', ...changes }
}

describe('on macOS and Windows', () => {
  test('the system is told, on Windows with the option that leaves the window closed', () => {
    const mac = systemStandIn()
    expect(createLoginItem(mac.app, facts({ platform: 'darwin' })).set(true)).toBeNull()
    const windows = systemStandIn()
    expect(createLoginItem(windows.app, facts({ platform: 'win32' })).set(false)).toBeNull()
    expect([mac.told, windows.told]).toEqual([
      [{ openAtLogin: true }],
      [{ openAtLogin: false, args: ['--background'] }],
    ])
  })

  test('a system that does not obey is said, but not one that asks the person first', () => {
    expect(createLoginItem(systemStandIn(false).app, facts({ platform: 'win32' })).set(true)).toContain('did not take')
    const asks = systemStandIn(false, 'requires-approval')
    expect(createLoginItem(asks.app, facts({ platform: 'darwin' })).set(true)).toBeNull()
  })
})

describe('on Linux', () => {
  const on = (folder: string, changes: Partial<LoginItemFacts> = {}) =>
    createLoginItem(systemStandIn().app, facts({ env: { XDG_CONFIG_HOME: folder }, ...changes }))
  const pathIn = (folder: string) => join(folder, 'autostart', 'understudy.desktop')

  test('a file in the autostart folder starts it without a window, and is removed again', () => {
    const folder = temporaryFolder()
    expect(on(folder).set(true)).toBeNull()
    expect(readFileSync(pathIn(folder), 'utf8')).toContain('\nExec="/opt/understudy" --background\n')
    expect(on(folder).set(false)).toBeNull()
    expect(existsSync(pathIn(folder))).toBe(false)
    expect(on(folder).set(false)).toBeNull()
  })

  test('without XDG_CONFIG_HOME it lies in .config, and an AppImage is started by its own file, its path quoted', () => {
    const home = temporaryFolder()
    const env = { APPIMAGE: '/home/mia/My "apps"/100%$.AppImage' }
    expect(createLoginItem(systemStandIn().app, facts({ env, home })).set(true)).toBeNull()
    expect(readFileSync(join(home, '.config', 'autostart', 'understudy.desktop'), 'utf8')).toContain(
      String.raw`Exec="/home/mia/My \\"apps\\"/100%%\\$.AppImage" --background`,
    )
  })

  test('a program that lies elsewhere now is found again, and what the desktop wrote stays', () => {
    const folder = temporaryFolder()
    on(folder).set(true)
    writeFileSync(pathIn(folder), `${readFileSync(pathIn(folder), 'utf8')}X-GNOME-Autostart-enabled=false\n`)
    on(folder, { program: '/opt/next/understudy' }).refresh()
    const text = readFileSync(pathIn(folder), 'utf8')
    expect(text).toContain('Exec="/opt/next/understudy" --background')
    expect(text).toContain('X-GNOME-Autostart-enabled=false')
  })

  test('nothing is written where nothing was set', () => {
    const folder = temporaryFolder()
    on(folder).refresh()
    expect(existsSync(pathIn(folder))).toBe(false)
  })

  test('a folder that cannot be written to is named', () => {
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'autostart'), '')
    expect(on(folder).set(true)).toContain(`The file ${pathIn(folder)} could not be written`)
  })
})

test('from its sources it cannot start with the computer, and says so', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const system = systemStandIn()
    const item = createLoginItem(system.app, facts({ platform, packaged: false }))
    expect(item.set(true)).toContain('Only an installed Understudy')
    expect(system.told).toEqual([])
  }
})
