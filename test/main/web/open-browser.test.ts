import { expect, test } from 'vitest'
import { browserOpener, openBrowser } from '#main/web/open-browser.ts'

const url = 'https://example.com/?a=1&b=2'

test('each platform opens an address its own way, as one argument', () => {
  expect(browserOpener('darwin', {}, url)).toEqual({ command: 'open', args: [url] })
  expect(browserOpener('win32', {}, url)).toEqual({ command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] })
  expect(browserOpener('linux', { DISPLAY: ':0' }, url)).toEqual({ command: 'xdg-open', args: [url] })
  expect(browserOpener('linux', { WAYLAND_DISPLAY: 'wayland-0' }, url)).toEqual({ command: 'xdg-open', args: [url] })
})

test('a machine without a screen opens nothing', () => {
  expect(browserOpener('linux', {}, url)).toBeNull()
})

test('what is no web address is never handed to the system', async () => {
  expect(await openBrowser('file:///etc/passwd')).toBe(false)
  expect(await openBrowser('javascript:alert(1)')).toBe(false)
})
