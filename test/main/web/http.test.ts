import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDoorway, createToken } from '#main/web/auth.ts'
import { contentSecurityPolicy } from '#service/security/content-security-policy.ts'
import { startTestWebHost } from '#test/support/web-host.ts'

test('the page and its files come with exact types and are kept as long as they are good', async () => {
  const { ask } = await startTestWebHost()
  const expected = {
    '/': ['text/html; charset=utf-8', 'no-store'],
    '/index.html': ['text/html; charset=utf-8', 'no-store'],
    '/assets/index-abc123.js': ['text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
    '/assets/index-abc123.css': ['text/css; charset=utf-8', 'private, max-age=31536000, immutable'],
    '/assets/font.woff2': ['font/woff2', 'private, max-age=31536000, immutable'],
    '/icon.svg?x=1': ['image/svg+xml', 'no-cache'],
  }
  for (const [path, [type, cache]] of Object.entries(expected)) {
    const { status, headers } = await ask(path)
    expect([path, status, headers['content-type'], headers['cache-control']]).toEqual([path, 200, type, cache])
  }
})

test('every answer, refusals included, carries the security headers', async () => {
  const { ask } = await startTestWebHost()
  const answers = [
    await ask('/'),
    await ask('/nothing'),
    await ask('/', { method: 'POST' }),
    await ask('/', { headers: { host: 'evil.example' } }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 405, 403])
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'content-security-policy': contentSecurityPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect(headers).not.toHaveProperty('set-cookie')
  }
})

test('only this machine’s own names are served', async () => {
  const { ask, port } = await startTestWebHost()
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
    expect((await ask('/', { headers: { host } })).status).toBe(200)
  }
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    'localhost',
    `127.0.0.1:${port + 1}`,
    `127.0.0.1.evil.example:${port}`,
    `[::1]:${port}`,
  ]) {
    expect((await ask('/', { headers: { host } })).status).toBe(403)
  }
})

test('no path leads out of the window’s folder', async () => {
  const { ask, around } = await startTestWebHost()
  mkdirSync(join(around, 'window-2'))
  for (const name of ['secret.txt', 'window-2/secret.txt']) writeFileSync(join(around, name), 'canary-8c1f')
  symlinkSync(join(around, 'secret.txt'), join(around, 'window', 'link.txt'))
  const paths = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '/../window-2/secret.txt',
    '/link.txt',
    `/${join(around, 'secret.txt')}`,
    '//secret.txt',
    '/secret.txt%00.js',
    '/%',
    '/assets',
    '/assets/',
    'http://evil.example/../secret.txt',
    '/constructor',
    '/__proto__',
  ]
  for (const path of paths) {
    const { status, body } = await ask(path)
    expect([path, [400, 404].includes(status)]).toEqual([path, true])
    expect(body).not.toContain('canary')
  }
})

test('only GET and HEAD are answered, HEAD without a body', async () => {
  const { ask } = await startTestWebHost()
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    expect(await ask('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  }
  expect(await ask('/', { method: 'HEAD' })).toMatchObject({
    status: 200,
    body: '',
    headers: { 'content-length': '40' },
  })
})

test('without a built window the page says what to run', async () => {
  const { ask } = await startTestWebHost({ files: {} })
  expect(await ask('/')).toMatchObject({
    status: 503,
    body: 'The window has not been built yet. Stop Understudy and start it with: npm start -- --web\n',
  })
})

test('a doorway leads to the window once and only there is the token, in the fragment', async () => {
  const { ask, token } = await startTestWebHost()
  const doorway = createDoorway(token, Date.now())
  expect(await ask(doorway)).toMatchObject({
    status: 303,
    headers: { location: `/#token=${token}`, 'cache-control': 'no-store' },
  })
  expect((await ask(doorway)).status).toBe(403)
  const foreign = await ask(createDoorway(createToken(), Date.now()))
  expect(foreign.status).toBe(403)
  expect(JSON.stringify(foreign)).not.toContain(token)
})

test('a doorway leads on to a screen of the window, and to nothing else', async () => {
  const { ask, token } = await startTestWebHost()
  const led = async (more: string) => (await ask(`${createDoorway(token, Date.now())}${more}`)).headers.location
  expect(await led('?at=/today/ticket/12')).toBe(`/#token=${token}&at=/today/ticket/12`)
  expect(await led('?at=/alerts')).toBe(`/#token=${token}&at=/alerts`)
  for (const other of [
    '?at=https://evil.example',
    '?at=/x%0d%0aSet-Cookie:a',
    '?at=/a&token=b',
    '?at=',
    '?x=/alerts',
  ]) {
    expect(await led(other)).toBe(`/#token=${token}`)
  }
})
