import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { electronBinary } from '#scripts/electron-binary.mjs'
import { projectRoot } from '#scripts/project.mjs'

/*
 * The desktop app in real Electron. Runs only where Electron's program is; what this cannot see (tray, notification centre, keychain dialogs) is on the
 * list in docs/electron-smoke.md.
 */
let app: ElectronApplication
let page: Page
let dataDir = ''

function launch(): Promise<ElectronApplication> {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
  delete env['ELECTRON_RUN_AS_NODE']
  return _electron.launch({
    executablePath: electronBinary(projectRoot) ?? '',
    args: [projectRoot, '--data-dir', dataDir],
    env,
  })
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'understudy-electron-'))
  app = await launch()
  page = await app.firstWindow()
})

afterAll(async () => {
  await app.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('the window', () => {
  test('shows the queue of the sample workspace, which came over the message port', async () => {
    await page
      .getByText(/#\d{4,}/)
      .first()
      .waitFor()
    expect(page.url()).toMatch(/^app:\/\/understudy\/index\.html/)
    expect(await page.evaluate(() => location.origin)).toBe('app://understudy')
  })

  test('is a sandboxed page without Node and without anything of Electron', async () => {
    expect(
      await page.evaluate(() =>
        ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
      ),
    ).toEqual([])
  })

  test('stays under its content security policy', async () => {
    const blocked = await page.evaluate(async () => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
      const script = document.createElement('script')
      try {
        script.textContent = 'globalThis.injected = true'
      } catch {
        violations.push('trusted-types')
      }
      document.head.append(script)
      await fetch('https://example.com').catch(() => undefined)
      return { injected: 'injected' in globalThis, violations }
    })
    expect(blocked.injected).toBe(false)
    expect(blocked.violations).toContain('connect-src')
  })

  test('cannot be led elsewhere, nor open a window', async () => {
    await page.evaluate(() => void (location.href = 'https://example.com/'))
    expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull()
    expect(page.url()).toMatch(/^app:\/\/understudy\//)
    expect(app.windows()).toHaveLength(1)
  })

  test('goes when it is closed, while the app lives on, and comes back', async () => {
    await page.close()
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
    const next = app.waitForEvent('window')
    await app.evaluate(({ app: electronApp }) => void electronApp.emit('activate'))
    page = await next
    await page
      .getByText(/#\d{4,}/)
      .first()
      .waitFor()
  })
})

test('a second start ends by itself', async () => {
  const second = await launch().catch(() => undefined)
  if (second) await second.waitForEvent('close')
  expect(app.windows()).toHaveLength(1)
})

test('the main process listens to no page', async () => {
  expect(await app.evaluate(({ ipcMain }) => ipcMain.eventNames())).toEqual([])
})
