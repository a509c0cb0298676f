import { expect, test } from 'vitest'
import { signInWindowOptions, windowOptions } from '#main/desktop/security/window-options.ts'

const facts = { preloadPath: '/app/preload.cjs', iconPath: '/app/icon.png', packaged: true, dark: false }

test.each([{ packaged: true }, { packaged: false }])('a page runs in a sandbox without Node (%o)', ({ packaged }) => {
  const { webPreferences } = windowOptions({ ...facts, packaged })
  expect(webPreferences).toEqual({
    preload: '/app/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    experimentalFeatures: false,
    allowRunningInsecureContent: false,
    navigateOnDragDrop: false,
    disableBlinkFeatures: 'Auxclick',
    devTools: !packaged,
    spellcheck: false,
  })
})

test('the same-origin rules are never named, so they are never off', () => {
  for (const packaged of [true, false]) {
    const { webPreferences } = windowOptions({ ...facts, packaged })
    expect(Object.keys(webPreferences)).not.toContain('webSecurity')
    expect(Object.keys(webPreferences)).not.toContain('enableBlinkFeatures')
  }
})

test('the window waits for its first paint on a ground of the right brightness', () => {
  expect(windowOptions({ ...facts, dark: false })).toMatchObject({ show: false, backgroundColor: '#ffffff' })
  expect(windowOptions({ ...facts, dark: true }).backgroundColor).not.toBe('#ffffff')
})

test('a window of a company’s own sign-in is as strict, keeps to its own storage, and has neither preload script nor developer tools', () => {
  const { preload: _preload, ...strict } = windowOptions(facts).webPreferences
  expect(signInWindowOptions('Sign in at acme.zendesk.com').webPreferences).toEqual({
    ...strict,
    partition: 'persist:zendesk-sign-in',
  })
})

test('a window of the sign-in shows its frame and title, and covers nothing', () => {
  expect(signInWindowOptions('Sign in at acme.zendesk.com')).toMatchObject({
    title: 'Sign in at acme.zendesk.com',
    show: true,
    frame: true,
    titleBarStyle: 'default',
    transparent: false,
    opacity: 1,
    fullscreen: false,
    kiosk: false,
    alwaysOnTop: false,
  })
})
