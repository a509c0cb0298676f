import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { openLoopbackListener, type CallbackAnswer } from '#service/oauth/loopback-listener.ts'
import { freePorts, takePort } from '#test/support/free-ports.ts'

async function listening(more: { readonly words?: string; readonly ports?: readonly number[] } = {}) {
  const answers: CallbackAnswer[] = []
  const ports = more.ports ?? (await freePorts(1))
  const listener = await openLoopbackListener({
    ports,
    path: '/callback',
    state: 'our-state',
    settle: async (answer) => {
      answers.push(answer)
      return more.words ?? 'Done.'
    },
  })
  onTestFinished(() => listener.close())
  return { answers, listener, redirectUri: listener.redirectUri, port: Number(new URL(listener.redirectUri).port) }
}

/** A request with a Host header of one's own, which fetch does not let one choose. */
function ask(port: number, path: string, more: { readonly host?: string; readonly method?: string } = {}) {
  return new Promise<number>((resolve, reject) => {
    const headers = { host: more.host ?? `127.0.0.1:${port}` }
    const asked = request({ host: '127.0.0.1', port, path, method: more.method ?? 'GET', headers }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    asked.on('error', reject)
    asked.end()
  })
}

test('the code of the awaited request is handed on, and the browser shows what came of it', async () => {
  const { answers, redirectUri } = await listening({ words: 'Understudy is signed in. <b> & more' })
  const page = await fetch(`${redirectUri}?code=abc&state=our-state`)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('<p>Understudy is signed in. &lt;b> &amp; more</p>')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(answers).toEqual([{ kind: 'code', code: 'abc' }])
})

test('what the vendor says instead of a code is handed on', async () => {
  const { answers, redirectUri } = await listening()
  await fetch(`${redirectUri}?error=access_denied&error_description=no&state=our-state`)
  expect(answers).toEqual([{ kind: 'refused', error: 'access_denied' }])
})

test('only one request counts; the next gets nothing', async () => {
  const { answers, redirectUri } = await listening()
  const asked = [1, 2, 3].map(() => fetch(`${redirectUri}?code=abc&state=our-state`))
  const statuses = (await Promise.all(asked)).map(({ status }) => status)
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404, 404])
  expect(answers).toHaveLength(1)
})

test('another path, method or host name gets nothing and changes nothing', async () => {
  const { answers, port, redirectUri } = await listening()
  const path = '/callback?code=abc&state=our-state'
  expect(await ask(port, path.replace('callback', 'callback/'))).toBe(404)
  expect(await ask(port, path.replace('callback', 'Callback'))).toBe(404)
  expect(await ask(port, '/favicon.ico')).toBe(404)
  expect(await ask(port, `http://evil.example${path}`)).toBe(404)
  for (const method of ['POST', 'HEAD', 'OPTIONS', 'PUT']) expect(await ask(port, path, { method })).toBe(404)
  for (const host of [`localhost:${port}`, `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
    expect(await ask(port, path, { host })).toBe(404)
  }
  expect(answers).toEqual([])
  expect((await fetch(`${redirectUri}?code=abc&state=our-state`)).status).toBe(200)
})

test('a request without our state, or with half of what it should have, is refused and the wait goes on', async () => {
  const { answers, redirectUri } = await listening()
  for (const query of [
    'code=evil&state=other',
    'code=evil',
    'code=evil&state=',
    'code=evil&state=our-state&state=our-state',
    'state=our-state',
    'code=&state=our-state',
    'code=a&code=b&state=our-state',
  ]) {
    expect([query, (await fetch(`${redirectUri}?${query}`)).status]).toEqual([query, 400])
  }
  expect(answers).toEqual([])
  expect((await fetch(`${redirectUri}?code=ours&state=our-state`)).status).toBe(200)
  expect(answers).toEqual([{ kind: 'code', code: 'ours' }])
})

test('the first free port is taken, and given back', async () => {
  const ports = await freePorts(3)
  const [first = 0, second = 0] = ports
  const other = await takePort(first)
  onTestFinished(() => void other.close())
  const { redirectUri, listener } = await listening({ ports })
  expect(redirectUri).toBe(`http://127.0.0.1:${second}/callback`)
  await listener.close()
  const again = await takePort(second)
  again.close()
})

test('when all ports are taken, the sentence names them', async () => {
  const ports = await freePorts(2)
  const others = await Promise.all(ports.map(takePort))
  onTestFinished(() => {
    for (const other of others) other.close()
  })
  await expect(listening({ ports })).rejects.toThrow(`one of the ports ${ports.join(', ')} on this computer`)
})

test('closed as soon as the answer is known, the page still reaches the browser', async () => {
  for (let round = 0; round < 20; round += 1) {
    const [port = 0] = await freePorts(1)
    const listener = await openLoopbackListener({
      ports: [port],
      path: '/callback',
      state: 'our-state',
      settle: async () => {
        closed = Promise.resolve().then(() => listener.close())
        return 'Done.'
      },
    })
    let closed: Promise<void> = Promise.resolve()
    const pages = [1, 2, 3].map(async () => (await fetch(`${listener.redirectUri}?code=abc&state=our-state`)).text())
    const shown = await Promise.allSettled(pages)
    expect(shown.filter((page) => page.status === 'fulfilled' && page.value.includes('Done.'))).toHaveLength(1)
    await closed
  }
})
