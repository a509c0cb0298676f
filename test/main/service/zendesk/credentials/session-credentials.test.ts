import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createTransport, type RemoteResponse } from '#service/transport/transport.ts'
import { createSessionCredentials } from '#service/zendesk/credentials/session-credentials.ts'
import { createSignedRequests } from '#service/zendesk/signed-requests.ts'
import type { MisbehaviourOrder } from '#simulator/http/misbehaviour.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createCookieJarBrowser } from '#test/support/cookie-jar-fetch.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { loopbackServer, sendJson } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
const minute = 60_000
let simulator: Simulator

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0, scale: 20 })
})
afterEach(() => simulator.stop())

/** The app with a sign-in window at the simulated Zendesk, or at another address. */
function app(url = simulator.description.zendesk.url) {
  const browser = createCookieJarBrowser()
  const clock = createLeapingClock(anchor)
  const forgotten: string[] = []
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const transport = createTransport({
    name: 'Zendesk',
    origin: url,
    log: createSilentLog(),
    signal: stopping.signal,
    clock,
    fetch: browser.fetch,
    random: () => 0,
  })
  const session = {
    fetch: browser.fetch,
    async signOut() {
      forgotten.push('cookies')
      await browser.forgetCookies()
    },
  }
  const credentials = createSessionCredentials({ url, session, transport, clock })
  const send = createSignedRequests(credentials, transport)
  return {
    browser,
    clock,
    forgotten,
    credentials,
    get: (path: string) => send({ method: 'GET', url: `${url}/api/v2${path}`, headers: {} }),
    write: (path: string, ticket: object = { priority: 'urgent' }): Promise<RemoteResponse> =>
      send({
        method: 'PUT',
        url: `${url}/api/v2${path}`,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ticket }),
      }),
  }
}

const email = () => simulator.description.zendesk.email
const meId = () => simulator.description.workspace.meId
const openTicket = () => `/tickets/${simulator.truth().tickets.findLast(({ status }) => status === 'open')?.id}`
const said = (path: string) => simulator.record().filter((exchange) => exchange.path.includes(path))

async function order(path: string, body: object = {}): Promise<void> {
  await fetch(`${simulator.description.control.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
}

const misbehave = (more: Partial<MisbehaviourOrder>) => simulator.misbehave({ target: 'zendesk', kind: '403', ...more })

async function signedIn() {
  const there = app()
  await there.browser.signInAt(`${simulator.description.zendesk.url}/agent`, email())
  return there
}

describe('signed in on the company’s own page', () => {
  test('the form leads to the workspace, and from then on calls carry the sign-in by themselves', async () => {
    const { browser, credentials, get } = app()
    await expect(get('/users/me')).rejects.toMatchObject({ kind: 'unauthorized' })
    const home = await browser.signInAt(`${simulator.description.zendesk.url}/agent`, email())
    expect(await home.text()).toContain('agent workspace')
    expect((await get('/users/me')).body).toMatchObject({ user: { id: meId() } })
    expect(credentials).toMatchObject({ kind: 'session', fetch: browser.fetch })
    expect(await credentials.headers('GET')).toEqual({})
    expect(said('/users/me').every(({ requestHeaders }) => requestHeaders['authorization'] === undefined)).toBe(true)
  })

  test('also when the way goes by the company’s identity provider, under another host name', async () => {
    await order('/session', { sso: true })
    const { browser, get, write } = await signedIn()
    expect(browser.visited.map((url) => new URL(url).hostname)).toContain('localhost')
    expect((await get('/users/me')).body).toMatchObject({ user: { id: meId() } })
    expect((await write(openTicket())).status).toBe(200)
  })
})

describe('a write carries the token of the session', () => {
  test('which is asked for once, and kept', async () => {
    const { write } = await signedIn()
    const ticket = openTicket()
    await Promise.all([write(ticket), write(ticket, { priority: 'low' })])
    await write(ticket, { priority: 'high' })
    expect(said('/users/me')).toHaveLength(1)
    expect(said(ticket).map(({ status }) => status)).toEqual([200, 200, 200])
  })

  test('is repeated once with a new one when the old one was ended elsewhere', async () => {
    const { write, browser } = await signedIn()
    const ticket = openTicket()
    await write(ticket)
    await browser.fetch(`${simulator.description.zendesk.url}/api/v2/users/me/session/renew`)
    expect((await write(ticket, { priority: 'low' })).body).toMatchObject({ ticket: { priority: 'low' } })
    expect(said(ticket).map(({ status }) => status)).toEqual([200, 403, 200])
  })

  test('and two that are refused at once renew it once', async () => {
    const { write, browser } = await signedIn()
    const ticket = openTicket()
    await write(ticket)
    await browser.fetch(`${simulator.description.zendesk.url}/api/v2/users/me/session/renew`)
    await Promise.all([write(ticket, { priority: 'low' }), write(ticket, { priority: 'high' })])
    expect(said('/session/renew')).toHaveLength(2)
  })

  test.each(['403', '422'] as const)(
    'a %s that is not about the token is told after one more try, and soon after at once',
    async (kind) => {
      const { write, clock } = await signedIn()
      const ticket = openTicket()
      misbehave({ kind, method: 'PUT', count: 10 })
      await expect(write(ticket)).rejects.toMatchObject({ status: Number(kind) })
      expect(said(ticket)).toHaveLength(2)
      expect(said('/session/renew')).toHaveLength(1)
      await expect(write(ticket)).rejects.toMatchObject({ status: Number(kind) })
      expect(said(ticket)).toHaveLength(3)
      clock.step(minute)
      await expect(write(ticket)).rejects.toMatchObject({ status: Number(kind) })
      expect(said(ticket)).toHaveLength(5)
    },
  )

  test('a read that is not allowed renews nothing', async () => {
    const { get } = await signedIn()
    misbehave({ kind: '403', method: 'GET', pathContains: '/tickets' })
    await expect(get('/tickets')).rejects.toMatchObject({ kind: 'forbidden' })
    expect(said('/session/renew')).toEqual([])
  })
})

describe('when the session ends', () => {
  const again = { kind: 'unauthorized', message: expect.stringMatching(/has ended\. Sign in again in Settings/) }

  test('reads, writes and the look at the sign-in say so; signing in again goes on with the same credentials', async () => {
    const { browser, get, write, credentials } = await signedIn()
    const ticket = openTicket()
    await write(ticket)
    await order('/session/expire')
    await expect(get('/users/me')).rejects.toMatchObject(again)
    await expect(write(ticket)).rejects.toMatchObject(again)
    await expect(credentials.health()).rejects.toMatchObject(again)
    await browser.signInAt(`${simulator.description.zendesk.url}/agent`, email())
    expect((await write(ticket, { priority: 'low' })).status).toBe(200)
  })

  test('an account that hides it behind an empty user is not believed', async () => {
    const { write } = app()
    await order('/zendesk', { anonymous: true })
    await expect(write(openTicket())).rejects.toMatchObject(again)
    expect(said('/tickets')).toEqual([])
  })

  test('a redirection to the login page says so too', async () => {
    const server = await loopbackServer((_request, response) => {
      response.writeHead(302, { location: '/access/login' })
      response.end()
    })
    const { get } = app(server.url)
    await expect(get('/tickets')).rejects.toMatchObject(again)
  })

  test('a redirection of a single list, while the session lives, is nothing of the kind', async () => {
    const server = await loopbackServer(({ path }, response) => {
      if (path.startsWith('/api/v2/users/me')) return sendJson(response, { user: { id: 1, authenticity_token: 't' } })
      response.writeHead(302, { location: '/elsewhere' })
      response.end()
    })
    await expect(app(server.url).get('/tickets')).rejects.toMatchObject({ kind: 'rejected', status: 302 })
  })

  test('a network that fails while that is found out is a network that fails', async () => {
    const { get } = await signedIn()
    misbehave({ kind: '401', pathContains: '/tickets' })
    misbehave({ kind: '502', pathContains: '/users/me', count: 10 })
    await expect(get('/tickets')).rejects.toMatchObject({ kind: 'server' })
  })

  test('a single 401 while the session lives costs one more try', async () => {
    const { get } = await signedIn()
    misbehave({ kind: '401', pathContains: '/tickets' })
    expect((await get('/tickets')).status).toBe(200)
  })
})

test('signing out ends the session at Zendesk and forgets the cookies', async () => {
  const { credentials, browser, forgotten, get } = await signedIn()
  const cookies = simulator.record().length
  expect(await credentials.signOut()).toEqual({ revoked: true })
  expect(forgotten).toEqual(['cookies'])
  expect(
    simulator
      .record()
      .slice(cookies)
      .map(({ path }) => path),
  ).toEqual(['/access/logout'])
  await expect(get('/users/me')).rejects.toMatchObject({ kind: 'unauthorized' })
  expect(browser.visited.at(-1)).toContain('/users/me')
})

test('signing out forgets the cookies also when Zendesk cannot be reached, and says so', async () => {
  const { credentials, forgotten } = await signedIn()
  await order('/port', { target: 'zendesk', open: false })
  expect(await credentials.signOut()).toEqual({ revoked: false })
  expect(forgotten).toEqual(['cookies'])
})

test('a living session is told to last as long as the company’s', async () => {
  const { credentials } = await signedIn()
  expect(await credentials.health()).toEqual({
    mayWrite: null,
    scopes: null,
    endsAt: null,
    advice: [expect.stringMatching(/as long as your company's session/)],
  })
})
