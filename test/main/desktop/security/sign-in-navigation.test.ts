import { describe, expect, test } from 'vitest'
import { isAtCompany, mayVisitForSignIn, signInTitle } from '#main/desktop/security/sign-in-navigation.ts'

describe('a page of a sign-in may be', () => {
  test.each([
    'https://acme.zendesk.com/agent',
    'https://login.microsoftonline.com/x/saml2?login_hint=ACME\\ada',
    'https://idp.acme.example:8443/',
    'http://127.0.0.1:4711/access/login',
    'http://localhost:4711/company-sso',
    'http://[::1]:4711/',
    'about:blank',
    'about:srcdoc',
  ])('%s', (url) => {
    expect(mayVisitForSignIn(url)).toBe(true)
  })
})

describe('a page of a sign-in is never', () => {
  test.each([
    'http://acme.zendesk.com/',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil.example/',
    'http://localhost@evil.example/',
    'http://192.168.0.1/',
    'file:///etc/passwd',
    'app://understudy/index.html',
    'understudy://ticket/1',
    'data:text/html,<h1>x</h1>',
    'blob:https://acme.zendesk.com/1',
    'filesystem:https://acme.zendesk.com/temporary/1',
    'view-source:https://acme.zendesk.com/',
    'javascript:alert(1)',
    'chrome://settings',
    'devtools://devtools/bundled/inspector.html',
    'about:version',
    'okta-verify:/x',
    'ws://127.0.0.1/',
    'ftp://acme.example/',
    'no address',
    '',
  ])('%s', (url) => {
    expect(mayVisitForSignIn(url)).toBe(false)
  })
})

test('a page is at the company only where scheme, host and port are the company’s', () => {
  const company = 'https://acme.zendesk.com'
  for (const url of [
    company,
    'https://acme.zendesk.com/agent/dashboard',
    'https://ACME.zendesk.com:443/access/login',
  ]) {
    expect(isAtCompany(url, company)).toBe(true)
  }
  for (const url of [
    'http://acme.zendesk.com/agent',
    'https://acme.zendesk.com:8443/',
    'https://acme.zendesk.com.evil.example/',
    'https://evil.example/?https://acme.zendesk.com/agent',
    'https://acme.zendesk.com@evil.example/',
    'blob:https://acme.zendesk.com/1',
    'about:blank',
    '',
  ]) {
    expect(isAtCompany(url, company)).toBe(false)
  }
})

test.each([
  ['https://login.acme.example/step?x=1', 'Sign in at login.acme.example'],
  ['http://127.0.0.1:4711/access/login', 'Sign in at 127.0.0.1:4711'],
  ['https://acme.zendesk.com@evil.example/', 'Sign in at evil.example'],
  ['https://аcme.zendesk.com/', 'Sign in at xn--cme-5cd.zendesk.com'],
  ['about:blank', 'Sign in'],
  ['', 'Sign in'],
])('the window at %s is titled “%s”', (url, title) => {
  expect(signInTitle(url)).toBe(title)
})
