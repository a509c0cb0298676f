import { describe, expect, test } from 'vitest'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { createTransport, type RemoteRequest, type TransportOptions } from '#service/transport/transport.ts'
import { loopbackServer, sendJson, type LoopbackServer, type ReceivedRequest } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import type { ServerResponse } from 'node:http'

const token = 'canary-4f1c'

/** A transport to a server that gives these answers one after the other, the last one for ever; waiting takes no time. */
async function transportTo(
  answers: readonly ((response: ServerResponse, request: ReceivedRequest) => void)[],
  more: Partial<TransportOptions> = {},
) {
  let served = 0
  const server = await loopbackServer((request, response) => {
    const answer = answers[Math.min(served, answers.length - 1)]
    served += 1
    answer?.(response, request)
  })
  return { server, ...transportOf(server, more) }
}

function transportOf(server: Pick<LoopbackServer, 'url'>, more: Partial<TransportOptions> = {}) {
  let time = 1_800_000_000_000
  const waits: number[] = []
  const stopping = new AbortController()
  const log = createSilentLog()
  const transport = createTransport({
    name: 'Zendesk',
    origin: server.url,
    log,
    signal: stopping.signal,
    now: () => time,
    delay: async (ms) => {
      waits.push(ms)
      time += ms
    },
    ...more,
  })
  const get = (path = '/list', request: Partial<RemoteRequest> = {}) =>
    transport.request({
      method: 'GET',
      url: `${server.url}${path}`,
      headers: { Authorization: `Bearer ${token}` },
      ...request,
    })
  /** The failure of a call, which must be one. */
  const failure = async (path?: string, request?: Partial<RemoteRequest>) => {
    const error: unknown = await get(path, request).then(
      () => new Error('This call succeeded'),
      (reason: unknown) => reason,
    )
    if (!(error instanceof RemoteFailure)) throw error
    return error
  }
  return { transport, get, failure, waits, log, stopping, pass: (ms: number) => (time += ms) }
}

const fine = (response: ServerResponse) => sendJson(response, { fine: true })
const status =
  (code: number, headers: Readonly<Record<string, string>> = {}, body: unknown = { error: 'no' }) =>
  (response: ServerResponse) =>
    sendJson(response, body, { status: code, headers })

describe('a call that succeeds', () => {
  test('hands on status, headers and the JSON, and sent method, headers and body as given', async () => {
    const { get, server, transport } = await transportTo([
      (response) => sendJson(response, { a: [1] }, { status: 201, headers: { 'X-Marker': 'yes' } }),
    ])
    const answer = await get('/things?x=1', { method: 'POST', body: '{"b":2}' })
    expect(answer).toMatchObject({ status: 201, body: { a: [1] } })
    expect(answer.headers.get('x-marker')).toBe('yes')
    expect(server.requests).toMatchObject([
      { method: 'POST', path: '/things?x=1', body: '{"b":2}', headers: { authorization: `Bearer ${token}` } },
    ])
    expect(transport.requestCount).toBe(1)
  })
})

describe('a host that asks to wait', () => {
  test('is asked again after exactly as long as it said', async () => {
    const { get, waits, transport } = await transportTo([status(429, { 'Retry-After': '7' }), fine])
    expect((await get()).body).toEqual({ fine: true })
    expect(waits).toEqual([7000])
    expect(transport.requestCount).toBe(2)
  })

  test('is given a little time when it did not say how long, and more each time', async () => {
    const { get, waits } = await transportTo([status(429), status(429), status(429), fine])
    await get()
    expect(waits).toHaveLength(3)
    for (const [index, ms] of waits.entries()) {
      expect(ms).toBeGreaterThanOrEqual(0)
      expect(ms).toBeLessThanOrEqual(500 * 2 ** (index + 1))
    }
  })

  test('also holds back every later call', async () => {
    const { get, failure, waits } = await transportTo([status(429, { 'Retry-After': '5' }), fine])
    expect((await failure('/write', { method: 'POST' })).kind).toBe('rate-limited')
    expect(waits).toEqual([])
    await get()
    expect(waits).toEqual([5000])
  })

  test('for too long ends the call, which says how long, and later calls end without being sent until then', async () => {
    const { failure, get, waits, transport, pass } = await transportTo([status(429, { 'Retry-After': '300' }), fine])
    expect(await failure()).toMatchObject({
      kind: 'rate-limited',
      status: 429,
      retryAfterMs: 300_000,
      message: 'Zendesk asks to wait for 300 seconds. Understudy goes on by itself afterwards.',
    })
    expect((await failure()).kind).toBe('rate-limited')
    expect(transport.requestCount).toBe(1)
    pass(300_000)
    expect((await get()).body).toEqual({ fine: true })
    expect(waits).toEqual([])
  })

  test('while it is in trouble of its own is obeyed, too', async () => {
    const { get, waits } = await transportTo([status(503, { 'Retry-After': '3' }), fine])
    await get()
    expect(waits).toEqual([3000])
  })
})

describe('a budget that is nearly used up', () => {
  const budget = (headers: Readonly<Record<string, string>>) => (response: ServerResponse) =>
    sendJson(response, {}, { headers })

  test('holds the next call back until it is renewed, told by Zendesk as seconds to go', async () => {
    const zendesk = { 'X-Rate-Limit': '700', 'X-Rate-Limit-Remaining': '70', 'ratelimit-reset': '42' }
    const { get, waits } = await transportTo([budget(zendesk), fine])
    await get()
    expect(waits).toEqual([])
    await get()
    expect(waits).toEqual([42_000])
  })

  test('or by GitLab as a second of the epoch', async () => {
    const gitlab = {
      'RateLimit-Limit': '2000',
      'RateLimit-Remaining': '3',
      'RateLimit-Reset': String(1_800_000_000 + 30),
    }
    const { get, waits } = await transportTo([budget(gitlab), fine])
    await get()
    await get()
    expect(waits).toEqual([30_000])
  })

  test('does not hold back while more than a tenth is left, after it was renewed, or when nothing is told', async () => {
    const left = (remaining: string, reset: string) =>
      budget({ 'RateLimit-Limit': '100', 'RateLimit-Remaining': remaining, 'RateLimit-Reset': reset })
    const { get, waits } = await transportTo([
      left('11', '60'),
      left('5', String(1_799_999_990)),
      left('5', ''),
      budget({ 'RateLimit-Remaining': '0', 'RateLimit-Reset': '60' }),
      left('none', '60'),
      fine,
    ])
    for (let call = 0; call < 6; call += 1) await get()
    expect(waits).toEqual([])
  })
})

describe('an answer that is no answer', () => {
  test('is asked for again: a proxy’s error page', async () => {
    const { get, waits, log } = await transportTo([
      (response) => {
        response.writeHead(502, { 'Content-Type': 'text/html' })
        response.end('<html><h1>Bad Gateway</h1></html>')
      },
      fine,
    ])
    expect((await get()).body).toEqual({ fine: true })
    expect(waits).toHaveLength(1)
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { kind: 'server', status: 502, attempt: 1 } }])
  })

  test('is a failure after four tries: JSON that is cut off', async () => {
    const { failure, transport } = await transportTo([
      (response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' })
        response.end('{"tickets":[{"id":1')
      },
    ])
    expect(await failure()).toMatchObject({
      kind: 'malformed',
      message: 'Zendesk sent an answer that is cut off or not JSON.',
    })
    expect(transport.requestCount).toBe(4)
  })

  test('is a failure after four tries: a sign-in page with status 200', async () => {
    const { failure } = await transportTo([(response) => void response.end('<html>Please sign in</html>')])
    expect((await failure()).kind).toBe('malformed')
  })

  test('is a failure after four tries: a connection that breaks in the middle', async () => {
    const { failure, transport } = await transportTo([
      (response) => {
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
        response.write('{"tickets":[')
        response.socket?.destroy()
      },
    ])
    expect((await failure()).kind).toBe('offline')
    expect(transport.requestCount).toBe(4)
  })

  test('is waited for no longer than the limit: a host that never answers', async () => {
    const { failure, transport } = await transportTo([() => undefined], { timeoutMs: 20 })
    expect(await failure()).toMatchObject({ kind: 'timeout', message: 'Zendesk did not answer in time.' })
    expect(transport.requestCount).toBe(4)
  })

  test('is waited for no longer than the limit: a host that begins to answer and stops', async () => {
    const { failure } = await transportTo(
      [
        (response) => {
          response.writeHead(200, { 'Content-Type': 'application/json' })
          response.write('{')
        },
      ],
      { timeoutMs: 20 },
    )
    expect((await failure()).kind).toBe('timeout')
  })
})

describe('a host that cannot be reached', () => {
  test('refuses the connection: offline', async () => {
    const { failure } = transportOf({ url: 'http://127.0.0.1:1' })
    expect(await failure()).toMatchObject({
      kind: 'offline',
      status: null,
      message: 'Zendesk cannot be reached. Check the network; Understudy tries again by itself.',
    })
  })

  test('has no name: offline', async () => {
    const { failure } = transportOf({ url: 'http://nobody.invalid' })
    expect((await failure()).kind).toBe('offline')
  })
})

describe('a refusal', () => {
  test.each([
    [401, 'unauthorized', 'Zendesk refused the sign-in. Sign in again in Settings.'],
    [403, 'forbidden', 'Zendesk does not let you see this (403). Ask for access, or leave it out.'],
    [404, 'not-found', 'Zendesk does not have this, or does not let you see it (404).'],
    [422, 'rejected', 'Zendesk did not accept the request (422).'],
    [400, 'rejected', 'Zendesk did not accept the request (400).'],
  ])('%i is told once as %s and not tried again', async (code, kind, message) => {
    const { failure, transport } = await transportTo([status(code)])
    expect(await failure()).toMatchObject({ kind, status: code, message })
    expect(transport.requestCount).toBe(1)
  })
})

describe('a write', () => {
  test.each([429, 500, 502, 503])('is never sent twice, not even after %i', async (code) => {
    const { failure, server } = await transportTo([status(code), fine])
    await failure('/write', { method: 'POST', body: '{}' })
    expect(server.requests).toHaveLength(1)
  })

  test('is never sent twice when the host falls silent', async () => {
    const { failure, server } = await transportTo([() => undefined], { timeoutMs: 20 })
    expect((await failure('/write', { method: 'PUT' })).kind).toBe('timeout')
    expect(server.requests).toHaveLength(1)
  })
})

describe('stopping', () => {
  test('ends a call that is under way, and the next ones are not sent', async () => {
    const { get, failure, stopping, server } = await transportTo([() => stopping.abort()])
    await expect(get()).rejects.toMatchObject({ kind: 'aborted' })
    expect((await failure()).kind).toBe('aborted')
    expect(server.requests).toHaveLength(1)
  })

  test('ends the wait before the next try', async () => {
    const stopping = new AbortController()
    const { failure, server } = await transportTo([status(500)], {
      signal: stopping.signal,
      delay: async (_ms, signal) => {
        stopping.abort()
        signal.throwIfAborted()
      },
    })
    expect((await failure()).kind).toBe('aborted')
    expect(server.requests).toHaveLength(1)
  })
})

describe('calls to one host', () => {
  test('go out one after the other, in the order they were asked for, also when some fail', async () => {
    let present = 0
    let most = 0
    const { get, server } = await transportTo([
      (response, request) => {
        present += 1
        most = Math.max(most, present)
        setImmediate(() => {
          present -= 1
          sendJson(response, {}, { status: request.path === '/2' ? 404 : 200 })
        })
      },
    ])
    await Promise.allSettled(['/1', '/2', '/3', '/4'].map((path) => get(path)))
    expect(most).toBe(1)
    expect(server.requests.map((request) => request.path)).toEqual(['/1', '/2', '/3', '/4'])
  })
})

describe('sign-in data', () => {
  test('goes to no other host, neither by an address nor by a redirection', async () => {
    const other = await loopbackServer((_request, response) => fine(response))
    const { failure, transport, server } = await transportTo([status(302, { Location: `${other.url}/stolen` })])
    const elsewhere = await failure('', { url: `${other.url}/list` })
    expect(elsewhere).toMatchObject({
      kind: 'rejected',
      message: 'Zendesk pointed to an address on another host; it was not followed.',
    })
    expect(transport.requestCount).toBe(0)
    expect(await failure()).toMatchObject({ kind: 'rejected', status: 302 })
    expect(server.requests).toHaveLength(1)
    expect(other.requests).toEqual([])
  })

  test('is in no failure and in no line of the log', async () => {
    const failures = await Promise.all([
      transportTo([status(401, {}, { error: token })]).then(({ failure, log }) =>
        failure().then((error) => ({ error, log })),
      ),
      transportTo([status(429, {}, { error: token })]).then(({ failure, log }) =>
        failure().then((error) => ({ error, log })),
      ),
      transportTo([() => undefined], { timeoutMs: 20 }).then(({ failure, log }) =>
        failure().then((error) => ({ error, log })),
      ),
      Promise.resolve(transportOf({ url: 'http://127.0.0.1:1' })).then(({ failure, log }) =>
        failure().then((error) => ({ error, log })),
      ),
    ])
    for (const { error, log } of failures) {
      const told = [
        error.message,
        error.stack,
        String(error.cause),
        (error.cause as Error | undefined)?.stack,
        JSON.stringify(log.lines),
      ]
      expect(told.join('\n')).not.toContain(token)
      expect(log.lines.length).toBeGreaterThan(0)
    }
  })
})
