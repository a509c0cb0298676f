import { expect, test } from 'vitest'
import { readDesktopArguments } from '#main/desktop/desktop-arguments.ts'

test('data folder and simulator are read, in either way of writing', () => {
  expect(readDesktopArguments(['--data-dir', '/d', '--simulator=http://127.0.0.1:1'])).toEqual({
    dataDir: '/d',
    sample: false,
    background: false,
    simulatorUrl: 'http://127.0.0.1:1',
  })
})

test('the sample is shown where it is asked for', () => {
  expect(readDesktopArguments(['--sample'])).toEqual({
    dataDir: undefined,
    sample: true,
    background: false,
    simulatorUrl: undefined,
  })
})

test('what others add is left alone: switches of Chromium and of desktops, links', () => {
  expect(
    readDesktopArguments(['--no-sandbox', '--ozone-platform=wayland', '-psn_0_1', 'understudy://ticket/1', '--web']),
  ).toEqual({ dataDir: undefined, sample: false, background: false, simulatorUrl: undefined })
})

test.each([['--data-dir'], ['--data-dir='], ['--simulator']])('%s without a value is said', (word) => {
  expect(() => readDesktopArguments([word])).toThrow(/^--(data-dir|simulator) needs a value\. Write --/)
})

test('a start with the computer brings up no window', () => {
  expect(readDesktopArguments(['--background']).background).toBe(true)
})
