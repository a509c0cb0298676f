import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '#service/security/content-security-policy.ts'

test('the window may load its own files, speak to its own origin, and nothing else', () => {
  expect(contentSecurityPolicy.split('; ').toSorted()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "script-src 'self'",
    "style-src 'self'",
  ])
})
