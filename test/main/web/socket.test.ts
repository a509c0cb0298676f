import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createToken, subprotocol } from '#main/web/auth.ts'
import { startTestWebHost, type TestWebHost } from '#test/support/web-host.ts'

interface Attempt {
  readonly path?: string
  readonly origin?: string | undefined
  readonly host?: string
  readonly protocols?: string[]
}

/** What became of an attempt to connect: `open`, or the status and words of the refusal. */
function attempt(
  host: TestWebHost,
  { path = '/rpc', ...more }: Attempt,
): Promise<'open' | { status: number; words: string }> {
  const protocols = more.protocols ?? [subprotocol, `bearer.${host.token}`]
  const origin = 'origin' in more ? more.origin : `http://127.0.0.1:${host.port}`
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, protocols, {
    ...(origin === undefined ? {} : { origin }),
    headers: more.host === undefined ? {} : { host: more.host },
  })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('open', () => {
      expect(socket.protocol).toBe(subprotocol)
      socket.close()
      resolve('open')
    })
    socket.on('unexpected-response', (_, response) => {
      let words = ''
      response.setEncoding('utf8').on('data', (text: string) => (words += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, words }))
    })
  })
}

test('the window’s own origin with the token gets a socket, under either name of this machine', async () => {
  const host = await startTestWebHost()
  expect(await attempt(host, {})).toBe('open')
  const local = `localhost:${host.port}`
  expect(await attempt(host, { host: local, origin: `http://${local}` })).toBe('open')
})

test('a page of another origin is refused even with the token', async () => {
  const host = await startTestWebHost()
  const origins = [
    'https://evil.example',
    'null',
    undefined,
    `http://127.0.0.1:${host.port + 1}`,
    `https://127.0.0.1:${host.port}`,
    `http://localhost:${host.port}`,
  ]
  for (const origin of origins) {
    expect(await attempt(host, { origin })).toEqual({
      status: 403,
      words: 'Only the window served here may connect.\n',
    })
  }
})

test('a foreign name that leads to this machine is refused', async () => {
  const host = await startTestWebHost()
  const evil = `evil.example:${host.port}`
  expect(await attempt(host, { host: evil, origin: `http://${evil}` })).toMatchObject({ status: 403 })
})

test('a wrong or missing token is refused, and so is another path', async () => {
  const host = await startTestWebHost()
  const offers = [
    [],
    [subprotocol],
    [`bearer.${host.token}`],
    [subprotocol, `bearer.${createToken()}`],
    [subprotocol, 'bearer.'],
    [subprotocol, `bearer.${host.token}`, 'bearer.x'],
  ]
  for (const protocols of offers) {
    expect(await attempt(host, { protocols })).toEqual({
      status: 401,
      words: 'The token is missing or wrong. Take the address from the terminal.\n',
    })
  }
  for (const path of ['/', '/rpc/', `/rpc?token=${host.token}`]) {
    expect(await attempt(host, { path })).toMatchObject({ status: 404 })
  }
})

test('refusals are logged without the token', async () => {
  const host = await startTestWebHost()
  await attempt(host, { origin: 'https://evil.example' })
  expect(host.log.lines).toMatchObject([{ level: 'warn', fields: { status: 403, origin: 'https://evil.example' } }])
  expect(JSON.stringify(host.log.lines)).not.toContain(host.token)
})

test('a peer that is gone before it is refused harms nobody', async () => {
  const host = await startTestWebHost()
  for (let peer = 0; peer < 20; peer += 1) {
    const connection = connect(host.port, '127.0.0.1')
    await once(connection, 'connect')
    connection.write(
      `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    )
    connection.resetAndDestroy()
  }
  expect(await attempt(host, {})).toBe('open')
})

test('when the host stops, windows are told and nothing stays open', async () => {
  const host = await startTestWebHost()
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, [subprotocol, `bearer.${host.token}`], {
    origin: `http://127.0.0.1:${host.port}`,
  })
  await once(socket, 'open')
  const closed = once(socket, 'close')
  await host.close()
  expect((await closed)[0]).toBe(1001)
})
