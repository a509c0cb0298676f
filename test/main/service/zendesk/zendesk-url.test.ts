import { describe, expect, test } from 'vitest'
import { parseZendeskUrl } from '#service/zendesk/zendesk-url.ts'

describe('an address is read as people have it at hand', () => {
  test.each([
    ['acme', 'https://acme.zendesk.com'],
    ['  Acme-2 ', 'https://acme-2.zendesk.com'],
    ['12345', 'https://12345.zendesk.com'],
    ['acme.zendesk.com', 'https://acme.zendesk.com'],
    ['ACME.Zendesk.com/', 'https://acme.zendesk.com'],
    ['acme.zendesk.com.', 'https://acme.zendesk.com'],
    ['https://acme.zendesk.com/agent/tickets/42?x=1#y', 'https://acme.zendesk.com'],
    ['HTTPS://acme.zendesk.com', 'https://acme.zendesk.com'],
    ['https://acme.zendesk.com:443/agent', 'https://acme.zendesk.com'],
    ['acme.zendesk.com:8443', 'https://acme.zendesk.com:8443'],
    ['http://127.0.0.1:4711/agent', 'http://127.0.0.1:4711'],
    ['http://localhost:4711', 'http://localhost:4711'],
    ['http://[::1]:4711', 'http://[::1]:4711'],
    ['https://localhost', 'https://localhost'],
  ])('%s', (typed, origin) => {
    expect(parseZendeskUrl(typed)).toEqual({ ok: true, origin, warning: null })
  })
})

describe('a company’s own host name is taken with a word of warning', () => {
  test.each(['support.acme.com', 'acme.zendesk.com.evil.example', 'evilzendesk.com', 'https://192.0.2.7'])(
    '%s',
    (typed) => {
      const read = parseZendeskUrl(typed)
      expect(read).toMatchObject({ ok: true, warning: expect.stringContaining('does not end with .zendesk.com') })
    },
  )
})

describe('what cannot be an address is answered with what to type instead', () => {
  test.each([
    ['', /like acme\.zendesk\.com/],
    ['   ', /like acme\.zendesk\.com/],
    ['http://acme.zendesk.com', /Type it with https: https:\/\/acme\.zendesk\.com/],
    ['http://127.0.0.1.evil.example', /unprotected/],
    ['http://2130706434', /unprotected/],
    ['ftp://acme.zendesk.com', /begins with ftp:\/\//],
    ['file:///etc/passwd', /begins with file:\/\//],
    ['zendesk://acme', /begins with zendesk:\/\//],
    ['javascript:alert(1)', /no address/],
    ['jonas@acme.com', /before the @/],
    ['mailto:jonas@acme.com', /before the @/],
    ['https://jonas:secret@acme.zendesk.com', /before the @/],
    ['https://acme.zendesk.com@evil.example', /before the @/],
    ['https://acme.zendesk.com\\@evil.example', /no address has/],
    ['acme zendesk', /no address has/],
    ['ac\tme.zendesk.com', /no address has/],
    ['https://', /no address/],
    ['https://acme', /acme is no complete address\. Type your company's/],
    ['https:/acme.zendesk.com', /no complete address/],
    ['zendesk.com', /Zendesk's own address/],
    ['https://www.zendesk.com/login', /Zendesk's own address/],
    ['acme_support', /acme_support is no complete address/],
  ])('%s', (typed, words) => {
    expect(parseZendeskUrl(typed)).toEqual({ ok: false, problem: expect.stringMatching(words) })
  })

  test('a password in the address is not repeated', () => {
    expect(JSON.stringify(parseZendeskUrl('https://jonas:geheim@acme.zendesk.com'))).not.toContain('geheim')
  })
})
