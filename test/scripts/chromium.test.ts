import { describe, expect, test } from 'vitest'
import { findChromium } from '#scripts/chromium.mjs'

const none = (): Promise<undefined> => Promise.resolve(undefined)

describe('the Chromium of the tests', () => {
  test('is the one a person names, before any other', async () => {
    const env = { UNDERSTUDY_CHROMIUM: '/opt/mine', PATH: '/usr/bin' }
    expect(await findChromium({ env, platform: 'linux', exists: () => true })).toBe('/opt/mine')
  })

  test('is never a silent other one when the named one is not there', async () => {
    const search = findChromium({ env: { UNDERSTUDY_CHROMIUM: '/opt/mine' }, platform: 'linux', exists: () => false })
    await expect(search).rejects.toThrow('UNDERSTUDY_CHROMIUM names /opt/mine')
  })

  test.each([
    ['linux', { PATH: '/usr/local/bin:/usr/bin' }, '/usr/bin/chromium'],
    ['darwin', { HOME: '/Users/mia' }, '/Applications/Chromium.app/Contents/MacOS/Chromium'],
    ['win32', { PROGRAMFILES: 'C:/Programs' }, 'C:/Programs/Google/Chrome/Application/chrome.exe'],
  ] as const)('is found where %s keeps programs', async (platform, env, place) => {
    expect(await findChromium({ env, platform, exists: (file) => file === place, playwrights: none })).toBe(place)
  })

  test('is otherwise the one Playwright installed', async () => {
    const machine = { env: {}, platform: 'linux', playwrights: () => Promise.resolve('/cache/chrome') } as const
    expect(await findChromium({ ...machine, exists: (file) => file === '/cache/chrome' })).toBe('/cache/chrome')
    expect(await findChromium({ ...machine, exists: () => false })).toBeUndefined()
  })
})
