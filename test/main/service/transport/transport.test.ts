import { execFile } from 'node:child_process'
import type { ServerResponse } from 'node:http'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createLog } from '#service/log/log.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { createTransport, type RemoteRequest, type TransportOptions } from '#service/transport/transport.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { loopbackServer, sendJson, type LoopbackServer, type ReceivedRequest } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { projectRoot } from '#test/support/start-process.ts'

const token = 'canary-4f1c'
const customer = 'carla@acme.example'
const start = Date.UTC(2026, 10, 21, 8)

type Answer = (response: ServerResponse, request: ReceivedRequest) => void

/** A transport to a server that gives these answers one after the other, the last one for ever; waiting takes no time. */
async function transportTo(answers: readonly Answer[], more: Partial<TransportOptions> = {}) {
  let served = 0
  const server = await loopbackServer((request, response) => {
    const answer = answers[Math.min(served, answers.length - 1)]
    served += 1
    answer?.(response, request)
  })
  return { server, ...transportOf(server, more) }
}

function transportOf(server: Pick<LoopbackServer, 'url'>, more: Partial<TransportOptions> = {}) {
  const clock = createLeapingClock(start)
  const stopping = new AbortController()
  const log = createSilentLog()
  const transport = createTransport({
    name: 'Zendesk',
    origin: server.url,
    log,
    signal: stopping.signal,
    clock,
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
  return { transport, get, failure, clock, waits: clock.waits, log, stopping }
}

const fine: Answer = (response) => sendJson(response, { fine: true })
const status =
  (code: number, headers: Readonly<Record<string, string>> = {}, body: unknown = { error: 'no' }): Answer =>
  (response) =>
    sendJson(response, body, { status: code, headers })
const silent: Answer = () => undefined
const html =
  (code: number): Answer =>
  (response) => {
    response.writeHead(code, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end('<!doctype html><title>Sign in</title>')
  }
const cutOff: Answer = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
  response.write('{"tickets":[', () => response.socket?.destroy())
}
const truncated: Answer = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.end(`{"tickets":[{"requester":"${customer}`)
}

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

  test.each([
    ['DELETE', 204],
    ['GET', 304],
    ['POST', 304],
    ['HEAD', 200],
  ])('has no body when there is none to have: %s answered with %i', async (method, code) => {
    const { get } = await transportTo([
      (response) => {
        response.writeHead(code)
        response.end()
      },
    ])
    expect(await get('/x', { method })).toMatchObject({ status: code, body: null })
  })

  test.each([
    ['DELETE', 204],
    ['PUT', 200],
    ['POST', 201],
    ['GET', 304],
  ])('is one however its empty answer is labelled: %s answered with %i as a web page', async (method, code) => {
    const { get, transport } = await transportTo([
      (response) => {
        response.writeHead(code, { 'Content-Type': 'text/html; charset=utf-8' })
        response.end()
      },
    ])
    expect(await get('/x', { method })).toMatchObject({ status: code, body: null })
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

  test('may tell it as a date, which is read by the clock of the host', async () => {
    const hostNow = start + 5 * 3_600_000
    const { get, waits } = await transportTo([
      status(429, {
        Date: new Date(hostNow).toUTCString(),
        'Retry-After': new Date(hostNow + 20_000).toUTCString(),
      }),
      fine,
    ])
    await get()
    expect(waits).toEqual([20_000])
  })

  test('is given a little time when it did not say how long, and more each time', async () => {
    const random = () => 1
    const { get, waits } = await transportTo([status(429), status(429), status(429), fine], { random })
    await get()
    expect(waits).toEqual([1000, 2000, 4000])
    const least = await transportTo([status(500), status(500), status(500), fine], { random: () => 0 })
    await least.get()
    expect(least.waits).toEqual([500, 1000, 2000])
  })

  test('also holds back every later call', async () => {
    const { get, failure, waits } = await transportTo([status(503, { 'Retry-After': '5' }), fine])
    expect((await failure('/write', { method: 'POST' })).kind).toBe('server')
    expect(waits).toEqual([])
    await get()
    expect(waits).toEqual([5000])
  })

  test('for too long ends the call, which says until when, and later calls end without being sent until then', async () => {
    const { failure, get, waits, transport, clock } = await transportTo([status(429, { 'Retry-After': '300' }), fine])
    expect(await failure()).toMatchObject({
      kind: 'rate-limited',
      status: 429,
      retryAfterMs: 300_000,
      message: 'Zendesk asks to wait until 09:05. Understudy goes on by itself afterwards.',
    })
    clock.step(30_000)
    expect(await failure('/other', { urgency: 'sweep' })).toMatchObject({
      kind: 'rate-limited',
      status: null,
      retryAfterMs: 270_000,
      message: 'Zendesk asks to wait until 09:05. Understudy goes on by itself afterwards.',
      mayHaveArrived: false,
      refused: false,
    })
    expect(transport.requestCount).toBe(1)
    clock.step(270_000)
    expect((await get()).body).toEqual({ fine: true })
    expect(waits).toEqual([])
  })

  test('is waited out for somebody who presses a button, unless it is for long: then they are told until when', async () => {
    const { get, waits } = await transportTo([status(429, { 'Retry-After': '90' }), fine])
    expect((await get('/now', { urgency: 'person' })).body).toEqual({ fine: true })
    expect(waits).toEqual([90_000])
    const hour = await transportTo([status(429, { 'Retry-After': '3600' }), fine])
    expect(await hour.failure('/now', { urgency: 'person' })).toMatchObject({ status: 429, refused: true })
    expect(await hour.failure('/now', { urgency: 'person' })).toMatchObject({
      status: null,
      message: 'Zendesk asks to wait. Try again at 10:00.',
      mayHaveArrived: false,
    })
    expect(hour.waits).toEqual([])
  })
})

describe('a budget that is nearly used up', () => {
  const budget =
    (headers: Readonly<Record<string, string>>): Answer =>
    (response) =>
      sendJson(response, {}, { headers: { Date: new Date(start).toUTCString(), ...headers } })

  test('holds the next call back until it is renewed, told by Zendesk as seconds to go', async () => {
    const zendesk = { 'X-Rate-Limit': '700', 'X-Rate-Limit-Remaining': '70', 'ratelimit-reset': '42' }
    const { get, waits, transport } = await transportTo([budget(zendesk), fine])
    await get()
    expect(waits).toEqual([])
    expect(transport.meter()).toMatchObject({
      budget: { limit: 700, remaining: 70, asOf: start },
      waiting: { reason: 'budget-low', until: start + 42_000, words: expect.stringContaining('(70 of 700)') },
    })
    await get()
    expect(waits).toEqual([42_000])
  })

  test('or by GitLab as a second of the epoch', async () => {
    const gitlab = {
      'RateLimit-Limit': '2000',
      'RateLimit-Remaining': '3',
      'RateLimit-Reset': String(start / 1000 + 30),
    }
    const { get, waits } = await transportTo([budget(gitlab), fine])
    await get()
    await get()
    expect(waits).toEqual([30_000])
  })

  test('or for a minute, when it is not told when it is renewed', async () => {
    const { get, waits } = await transportTo([budget({ 'X-Rate-Limit': '200', 'X-Rate-Limit-Remaining': '9' }), fine])
    await get()
    await get()
    expect(waits).toEqual([60_000])
  })

  test('does not hold back while more than a tenth is left, after it was renewed, or when nothing is told', async () => {
    const left = (remaining: string, reset: string) =>
      budget({ 'RateLimit-Limit': '100', 'RateLimit-Remaining': remaining, 'RateLimit-Reset': reset })
    const { get, waits } = await transportTo([
      left('11', '60'),
      left('5', String(start / 1000 - 10)),
      left('5', '0'),
      left('none', '60'),
      budget({}),
      fine,
    ])
    for (let call = 0; call < 6; call += 1) await get()
    expect(waits).toEqual([])
  })

  test('counts a call nobody answered as spent', async () => {
    const { get, waits } = await transportTo(
      [
        budget({ 'RateLimit-Limit': '100', 'RateLimit-Remaining': '12', 'RateLimit-Reset': '40' }),
        cutOff,
        cutOff,
        fine,
      ],
      { random: () => 0 },
    )
    await get()
    await get('/next')
    // The first two tries may have cost the two requests that were left above the tenth; headers came with neither.
    expect(waits).toEqual([500, 39_500])
  })

  test('of one endpoint holds back only the calls that draw on it', async () => {
    const { get, waits, clock } = await transportTo([
      budget({ 'zendesk-ratelimit-tickets-index': 'total=100; remaining=10; resets=25' }),
      fine,
    ])
    await get('/api/v2/organizations/1/tickets.json?page=1')
    await get('/api/v2/tickets/7/comments')
    expect(waits).toEqual([])
    await get('/api/v2/organizations/22/tickets')
    expect(waits).toEqual([25_000])
    expect(clock.now()).toBe(start + 25_000)
  })
})

describe('an answer that is no answer', () => {
  test('is asked for again: a proxy’s error page', async () => {
    const { get, waits, log } = await transportTo([html(502), fine])
    expect((await get()).body).toEqual({ fine: true })
    expect(waits).toHaveLength(1)
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { kind: 'server', status: 502, attempt: 1 } }])
  })

  test('is a failure after four tries: JSON that is cut off', async () => {
    const { failure, transport } = await transportTo([truncated])
    expect(await failure()).toMatchObject({
      kind: 'malformed',
      message: 'Zendesk sent an answer that is cut off or not JSON.',
      mayHaveArrived: true,
    })
    expect(transport.requestCount).toBe(4)
  })

  test('is a failure after four tries: nothing at all where data was due, whatever it calls itself', async () => {
    const { failure, transport } = await transportTo([
      (response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' })
        response.end()
      },
    ])
    expect(await failure()).toMatchObject({ kind: 'malformed', status: 200 })
    expect(transport.requestCount).toBe(4)
  })

  test('is the end of a sign-in: a web page with status 200', async () => {
    const { failure, transport } = await transportTo([html(200)])
    expect(await failure()).toMatchObject({
      kind: 'unauthorized',
      status: 200,
      message:
        'Zendesk sent a web page where data was due: the sign-in seems to have ended. Sign in again in Settings.',
      mayHaveArrived: false,
    })
    expect(transport.requestCount).toBe(1)
    expect((await failure('/write', { method: 'PUT' })).mayHaveArrived).toBe(true)
  })

  test('is a failure after four tries: a connection that breaks in the middle', async () => {
    const { failure, transport } = await transportTo([cutOff])
    expect(await failure()).toMatchObject({
      kind: 'offline',
      message: 'The connection to Zendesk broke off. Check the network.',
      mayHaveArrived: true,
    })
    expect(transport.requestCount).toBe(4)
  })

  test('is still a refusal when only its text breaks off', async () => {
    const { clock, failure, get, waits } = await transportTo([
      (response) => {
        response.writeHead(429, { 'Retry-After': '100', 'Content-Length': '1000' })
        response.write('{', () => response.socket?.destroy())
      },
      fine,
    ])
    expect(await failure()).toMatchObject({ kind: 'rate-limited', status: 429, retryAfterMs: 100_000, refused: true })
    clock.step(10_000)
    await get('/x', { urgency: 'person' })
    expect(waits).toEqual([90_000])
  })

  test('is waited for no longer than the limit: a host that never answers', async () => {
    const { failure, transport } = await transportTo([silent], { timeoutMs: 20 })
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

describe('a refusal', () => {
  test.each([
    [401, 'unauthorized', 'Zendesk refused the sign-in. Sign in again in Settings.'],
    [403, 'forbidden', 'Zendesk does not let you see this (403). Ask for access, or leave it out.'],
    [404, 'not-found', 'Zendesk does not have this, or does not let you see it (404).'],
    [409, 'conflict', 'Zendesk has something else there by now (409). Look at what changed, then decide anew.'],
    [422, 'rejected', 'Zendesk did not accept the request (422).'],
    [400, 'rejected', 'Zendesk did not accept the request (400).'],
  ])('%i is told once as %s, and was certainly not carried out', async (code, kind, message) => {
    const { failure, transport } = await transportTo([status(code)])
    expect(await failure()).toMatchObject({ kind, status: code, message, refused: true, mayHaveArrived: false })
    expect(transport.requestCount).toBe(1)
  })

  test('carries the JSON of the host and the vendor’s own words', async () => {
    const body = {
      error: 'RecordInvalid',
      description: 'Record validation errors',
      details: { status: [{ description: 'Status: closed prevents ticket update' }] },
    }
    const { failure } = await transportTo([status(422, {}, body)])
    const error = await failure('/tickets/1', { method: 'PUT' })
    expect(error.body).toEqual(body)
    expect(error.detail).toBe('Record validation errors: Status: closed prevents ticket update')
  })

  test('without JSON has neither', async () => {
    const { failure } = await transportTo([html(403)])
    const error = await failure()
    expect([error.kind, error.body, error.detail]).toEqual(['forbidden', null, null])
  })

  test('to point elsewhere is told as such, and nothing is followed', async () => {
    const { failure, server } = await transportTo([status(302, { Location: '/access/login' })])
    expect(await failure()).toMatchObject({
      kind: 'rejected',
      status: 302,
      message: 'Zendesk pointed to another address (302); it was not followed. Check the address in Settings.',
      mayHaveArrived: false,
    })
    expect((await failure('/write', { method: 'POST' })).mayHaveArrived).toBe(true)
    expect(server.requests).toHaveLength(2)
  })

  test('to point elsewhere is told by Chromium without an answer', async () => {
    const { failure } = transportOf(
      { url: 'https://acme.zendesk.com' },
      { fetch: () => Promise.reject(new Error('Redirect was cancelled')) },
    )
    expect(await failure()).toMatchObject({
      kind: 'rejected',
      message: 'Zendesk pointed to another address; it was not followed. Check the address in Settings.',
    })
  })
})

describe('a write', () => {
  test('is sent again after a 429 only, which the host refused before it looked at it', async () => {
    const { get, server, waits } = await transportTo([status(429, { 'Retry-After': '3' }), fine])
    expect((await get('/write', { method: 'POST', body: '{}' })).body).toEqual({ fine: true })
    expect(server.requests.map((request) => request.body)).toEqual(['{}', '{}'])
    expect(waits).toEqual([3000])
  })

  test.each([500, 502, 503, 504, 408])('is never sent twice after %i, and may have been carried out', async (code) => {
    const { failure, server } = await transportTo([status(code), fine])
    expect(await failure('/write', { method: 'POST', body: '{}' })).toMatchObject({
      mayHaveArrived: true,
      refused: false,
    })
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    ['falls silent', silent, 'timeout'],
    ['cuts the line', cutOff, 'offline'],
    ['sends half an answer', truncated, 'malformed'],
  ] as const)('is never sent twice when the host %s, and may have been carried out', async (_what, answer, kind) => {
    const { failure, server } = await transportTo([answer], { timeoutMs: 50 })
    expect(await failure('/write', { method: 'PUT' })).toMatchObject({ kind, mayHaveArrived: true })
    expect(server.requests).toHaveLength(1)
  })

  test('to a host that refuses the connection never arrived', async () => {
    const server = await closedServer()
    const { failure } = transportOf(server)
    expect(await failure('/write', { method: 'POST' })).toMatchObject({
      kind: 'offline',
      mayHaveArrived: false,
      refused: false,
    })
  })
})

describe('stopping', () => {
  test('ends a call that is under way, and the next ones are not sent', async () => {
    const { failure, stopping, server } = await transportTo([() => stopping.abort()])
    expect(await failure('/write', { method: 'POST' })).toMatchObject({ kind: 'aborted', mayHaveArrived: true })
    expect(await failure()).toMatchObject({ kind: 'aborted', mayHaveArrived: false })
    expect(server.requests).toHaveLength(1)
  })

  test('ends the wait before the next try and in the queue', async () => {
    const stopping = new AbortController()
    const { failure, server } = await transportTo(
      [
        (response) => {
          status(500)(response, undefined as never)
          response.on('finish', () => setImmediate(() => stopping.abort()))
        },
      ],
      { signal: stopping.signal, clock: { now: () => start, wakeAt: () => () => undefined } },
    )
    expect((await Promise.all([failure('/1'), failure('/2')])).map((error) => error.kind)).toEqual([
      'aborted',
      'aborted',
    ])
    expect(server.requests.length).toBeLessThan(3)
  })
})

describe('calls to one host', () => {
  test('go on after one that met a bug of ours', async () => {
    const broken = new Response('{}')
    Object.defineProperty(broken, 'headers', { value: null })
    const answers = [broken, new Response('{}')]
    const { get } = transportOf(
      { url: 'https://acme.zendesk.com' },
      { fetch: async () => answers.shift() ?? new Response('{}') },
    )
    await expect(get()).rejects.toBeInstanceOf(TypeError)
    expect((await get()).body).toEqual({})
  })

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

  test('keep their places over a pause that the host asked for', async () => {
    const { get, server } = await transportTo([status(429, { 'Retry-After': '7' }), fine])
    await Promise.all([get('/1'), get('/2')])
    expect(server.requests.map((request) => request.path)).toEqual(['/1', '/1', '/2'])
  })

  test('let others go first while one of them waits to be tried again', async () => {
    const { get, server } = await transportTo([status(500), fine])
    await Promise.all([get('/1'), get('/2')])
    expect(server.requests.map((request) => request.path)).toEqual(['/1', '/2', '/1'])
  })
})

test('a command does not end in the middle of a pause, although the clock’s timers keep no process alive', async () => {
  const source = (path: string) => JSON.stringify(pathToFileURL(`${projectRoot}/src/main/service/${path}`).href)
  const script = `
    import { createServer } from 'node:http'
    import { createClock } from ${source('clock.ts')}
    import { createTransport } from ${source('transport/transport.ts')}
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const server = createServer((request, response) => response.end('{}'))
    server.listen(0, '127.0.0.1', async () => {
      server.unref()
      const origin = 'http://127.0.0.1:' + server.address().port
      const transport = createTransport({
        name: 'Zendesk', origin, log, signal: new AbortController().signal,
        clock: createClock({ now: 0, speed: 600 }), perMinute: () => 1,
      })
      for (const path of ['/1', '/2', '/3']) {
        await transport.request({ method: 'GET', url: origin + path, headers: { Connection: 'close' } })
      }
      console.log('all three')
    })`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script])
  expect(stdout.trim()).toBe('all three')
})

describe('sign-in data and customers', () => {
  test('go to no other host, neither by an address nor by a redirection', async () => {
    const other = await loopbackServer((request, response) => fine(response, request))
    const { failure, transport, server } = await transportTo([status(302, { Location: `${other.url}/stolen` })])
    const elsewhere = await failure('', { url: `${other.url}/list` })
    expect(elsewhere).toMatchObject({
      kind: 'rejected',
      message: 'Zendesk pointed to an address on another host; it was not followed.',
      mayHaveArrived: false,
    })
    expect(transport.requestCount).toBe(0)
    expect(await failure()).toMatchObject({ kind: 'rejected', status: 302 })
    expect(server.requests).toHaveLength(1)
    expect(other.requests).toEqual([])
  })

  test('that cannot be sent as a header is told without repeating it', async () => {
    const { failure, server } = await transportTo([fine])
    const error = await failure('/x', { headers: { Authorization: `Bearer ${token}\nx` } })
    expect(error).toMatchObject({
      kind: 'unauthorized',
      message:
        'Zendesk was not asked: the sign-in has characters in it that cannot be sent. Sign in again in Settings.',
      mayHaveArrived: false,
    })
    expect([error.stack, String(error.cause)].join()).not.toContain(token)
    expect(server.requests).toEqual([])
  })

  test('are in no failure’s words and in no line of the log, not even when somebody logs the whole failure', async () => {
    const refused = { error: `${token} of ${customer}`, description: `${customer} ${token}` }
    const cases: readonly (readonly [readonly Answer[], Partial<TransportOptions>])[] = [
      [[status(401, {}, refused)], {}],
      [[status(422, {}, refused)], {}],
      [[status(429, {}, refused)], {}],
      [[truncated], {}],
      [[silent], { timeoutMs: 20 }],
      [[cutOff], {}],
    ]
    for (const [answers, more] of cases) {
      const written: string[] = []
      const log = createLog({ write: (line) => void written.push(line) }, 'debug')
      const { failure } = await transportTo(answers, { log, ...more })
      const error = await failure()
      log.error({ err: error }, 'it failed')
      const told = [
        error.message,
        error.stack,
        String(error.cause),
        (error.cause as Error | undefined)?.stack,
        JSON.stringify(error),
        JSON.stringify(Object.entries(error)),
        ...written,
      ].join('\n')
      expect(told).not.toContain(token)
      expect(told).not.toContain(customer)
      expect(written.length).toBeGreaterThan(1)
      // What the vendor wrote is for the person who asked; a credential that it repeats is not.
      expect(error.detail ?? '').not.toContain(token)
    }
  })
})

/** The address of a server that is there no more. */
async function closedServer(): Promise<{ readonly url: string }> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}` }
}
