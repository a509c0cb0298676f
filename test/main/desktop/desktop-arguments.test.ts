import { expect, test } from 'vitest'
import { readDesktopArguments } from '#main/desktop/desktop-arguments.ts'

test('data folder and simulator are read, in either way of writing', () => {
  expect(readDesktopArguments(['--data-dir', '/d', '--simulator=http://127.0.0.1:1'])).toEqual({
    dataDir: '/d',
    simulatorUrl: 'http://127.0.0.1:1',
  })
})

test('what others add is left alone: switches of Chromium and of desktops, links', () => {
  expect(
    readDesktopArguments(['--no-sandbox', '--ozone-platform=wayland', '-psn_0_1', 'understudy://ticket/1', '--sample']),
  ).toEqual({ dataDir: undefined, simulatorUrl: undefined })
})

test.each([['--data-dir'], ['--data-dir='], ['--simulator']])('%s without a value is said', (word) => {
  expect(() => readDesktopArguments([word])).toThrow(/^--(data-dir|simulator) needs a value\. Write --/)
})
