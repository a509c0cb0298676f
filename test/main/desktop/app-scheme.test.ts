import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CustomScheme, Protocol } from 'electron'
import { expect, test } from 'vitest'
import { answerAppRequest, registerAppScheme, serveWindowFiles } from '#main/desktop/app-scheme.ts'
import { contentSecurityPolicy } from '#service/security/content-security-policy.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'

function builtWindow(): string {
  const root = join(temporaryFolder(), 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  writeFileSync(join(root, '..', 'secret.json'), '{}')
  return root
}

test('app:// is a secure scheme with an origin, and stays under the page’s policy', () => {
  const registered: CustomScheme[] = []
  registerAppScheme({
    registerSchemesAsPrivileged: (schemes) => void registered.push(...schemes),
  } satisfies Pick<Protocol, 'registerSchemesAsPrivileged'>)
  expect(registered).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
})

test('the page comes with its type and its policy', async () => {
  const handled: Record<string, Parameters<Protocol['handle']>[1]> = {}
  serveWindowFiles(
    { handle: (scheme, handler) => void (handled[scheme] = handler) } satisfies Pick<Protocol, 'handle'>,
    builtWindow(),
  )
  const response = await handled['app']?.(new Request('app://understudy/'))
  expect(response?.status).toBe(200)
  expect(await response?.text()).toBe('<!doctype html>')
  expect(Object.fromEntries(response?.headers ?? [])).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
})

test('refusals and missing files carry the policy too, and no words', async () => {
  const root = builtWindow()
  const answers = await Promise.all([
    answerAppRequest({ method: 'POST', url: 'app://understudy/' }, root),
    answerAppRequest({ method: 'GET', url: 'app://evil/' }, root),
    answerAppRequest({ method: 'GET', url: 'app://understudy/..%2fsecret.json' }, root),
    answerAppRequest({ method: 'GET', url: 'app://understudy/missing.js' }, root),
    answerAppRequest({ method: 'GET', url: 'app://understudy/%00' }, root),
  ])
  expect(answers.map(({ status }) => status)).toEqual([405, 403, 403, 404, 400])
  for (const answer of answers) {
    expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
    expect(await answer.text()).toBe('')
  }
})
