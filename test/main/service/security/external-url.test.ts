import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { documentationOrigins, judgeExternalUrl, judgeUrlShape } from '#service/security/external-url.ts'

const connected = ['https://acme.zendesk.com/api/v2', 'https://gitlab.example.com', 'http://127.0.0.1:4711/zendesk']

function allowed(url: string): boolean {
  return judgeExternalUrl(url, connected).allowed
}

describe('an address is opened', () => {
  test.each([
    'https://acme.zendesk.com/agent/tickets/12',
    'https://gitlab.example.com/acme/collaboration/-/issues/3?tab=notes#note_1',
    'https://handbook.gitlab.com/handbook/support/',
    'http://127.0.0.1:4711/agent/tickets/1',
    'HTTPS://ACME.zendesk.com/agent/tickets/12',
    'https://acme.zendesk.com:443/agent',
  ])('at a connected source, on this machine or in our documentation: %s', (url) => {
    expect(judgeExternalUrl(url, connected)).toEqual({ allowed: true, href: new URL(url).href })
  })

  test('that Understudy itself offers, and no other at that host', () => {
    const ours = ['https://acme.slack.com/app_redirect?channel=ext-acme']
    expect(judgeExternalUrl('https://acme.slack.com/app_redirect?channel=ext-acme', connected, ours).allowed).toBe(true)
    expect(judgeExternalUrl('https://acme.slack.com/app_redirect?channel=other', connected, ours).allowed).toBe(false)
    expect(judgeExternalUrl('http://acme.slack.com/app_redirect?channel=ext-acme', connected, ours).allowed).toBe(false)
  })

  test('of a mail that has a subject and a text and is to nobody yet', () => {
    const href = 'mailto:?subject=On-call%20swap&body=Could%20you%20move%20it%3F'
    expect(judgeExternalUrl(href, [])).toEqual({ allowed: true, href })
  })

  test('as the parser reads it, never as it was written', () => {
    expect(judgeExternalUrl('HTTPS://ACME.zendesk.com:443/a/../agent', connected)).toEqual({
      allowed: true,
      href: 'https://acme.zendesk.com/agent',
    })
  })
})

describe('an address is refused', () => {
  test.each([
    ['of another host', 'https://evil.example/'],
    ['that names ours in its query', 'https://evil.example/?acme.zendesk.com'],
    ['that names this machine in its query', 'https://evil/?localhost:'],
    ['whose host begins like ours', 'https://acme.zendesk.com.evil.example/'],
    ['whose host ends like ours', 'https://evilacme.zendesk.com/'],
    ['of another port', 'https://acme.zendesk.com:8443/'],
    ['that hides the host behind a name', 'https://acme.zendesk.com@evil.example/'],
    ['with a name and password at our host', 'https://user:pass@acme.zendesk.com/'],
    ['with a name alone', 'https://user@acme.zendesk.com/'],
    ['without encryption', 'http://acme.zendesk.com/'],
    ['on another port of this machine', 'http://127.0.0.1:4712/'],
    ['that runs script', 'javascript:alert(1)'],
    ['that runs script in capitals', 'JavaScript:alert(1)'],
    ['of a file', 'file:///etc/passwd'],
    ['of a network share', 'smb://acme.zendesk.com/share'],
    ['of a mail to somebody', 'mailto:someone@acme.zendesk.com'],
    ['of a mail to somebody in its query', 'mailto:?subject=x&to=someone@acme.zendesk.com'],
    ['of a mail with a copy', 'mailto:?cc=someone@acme.zendesk.com'],
    ['of a mail with a file', 'mailto:?attach=/etc/passwd'],
    ['with its content in it', 'data:text/html,hello'],
    ['with backslashes', 'https:\\\\acme.zendesk.com\\agent'],
    ['with a backslash before the at', 'https://evil.example\\@acme.zendesk.com/'],
    ['with a newline', 'https://acme.zendesk.com/\nagent'],
    ['with a tab in its scheme', 'java\tscript:alert(1)'],
    ['with a NUL', 'https://acme.zendesk.com/\u0000'],
    ['with a blank before it', ' https://acme.zendesk.com/'],
    ['with a letter that only looks like ours', 'https://аcme.zendesk.com/'],
    ['without a scheme', '//acme.zendesk.com/agent'],
    ['of nothing', ''],
  ])('%s: %s', (_what, url) => {
    expect(allowed(url)).toBe(false)
  })

  test('with a sentence that says why', () => {
    expect(judgeExternalUrl('https://evil.example/', connected)).toEqual({
      allowed: false,
      reason: "evil.example is neither your Zendesk, your GitLab nor Understudy's documentation.",
    })
    expect(judgeExternalUrl('file:///etc/passwd', connected)).toMatchObject({
      reason: 'Only https addresses are opened.',
    })
  })

  test('when the connected origin itself is plain http elsewhere', () => {
    expect(judgeExternalUrl('http://zendesk.example/', ['http://zendesk.example']).allowed).toBe(false)
  })
})

test('whatever is written, only an https address at a known origin comes through', () => {
  const origins = new Set<string>([...documentationOrigins, ...connected.map((url) => new URL(url).origin)])
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.webUrl({ withFragments: true }).map((url) => `${url}@acme.zendesk.com`),
      ),
      (text) => {
        const verdict = judgeExternalUrl(text, connected)
        return !verdict.allowed || origins.has(new URL(verdict.href).origin)
      },
    ),
  )
})

test('the shape alone says nothing about the host', () => {
  expect(judgeUrlShape('https://anything.example/')).toEqual({ allowed: true, href: 'https://anything.example/' })
  expect(judgeUrlShape('http://anything.example/').allowed).toBe(false)
})
