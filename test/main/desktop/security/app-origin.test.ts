import { expect, test } from 'vitest'
import { appPageUrl, isAppUrl } from '#main/desktop/security/app-origin.ts'

test.each([appPageUrl, 'app://understudy/', 'app://understudy/index.html#/today/ticket/1'])('%s is ours', (url) => {
  expect(isAppUrl(url)).toBe(true)
})

test.each([
  'app://understudy.evil/',
  'app://evil/understudy',
  'app://understudy:80/',
  'app://user@understudy/',
  'app://UNDERSTUDY/',
  'https://understudy/',
  'file:///understudy',
  'about:blank',
  'null',
  '',
])('%s is not', (url) => {
  expect(isAppUrl(url)).toBe(false)
})
