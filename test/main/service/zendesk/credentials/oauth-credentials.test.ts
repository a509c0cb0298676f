import { describe, expect, test } from 'vitest'
import type { SecretVault } from '#service/ports.ts'
import { parseTokenRecord, type TokenRecord } from '#service/oauth/token-record.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { createOauthCredentials } from '#service/zendesk/credentials/oauth-credentials.ts'
import { createSignedRequests } from '#service/zendesk/signed-requests.ts'
import type { MisbehaviourOrder } from '#simulator/http/misbehaviour.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { impatientFetch } from '#test/support/impatient-fetch.ts'
import { oauthSimulator } from '#test/support/oauth-simulator.ts'

const hour = 3_600_000
const again = {
  kind: 'unauthorized',
  message: expect.stringMatching(/Sign in again; your data and settings are kept\./),
}

async function signedIn() {
  const there = await oauthSimulator()
  const safe = createFailingVault()
  const { simulator, url, clock } = there
  await there.signIn(safe.vault)
  /** The app as it is after a start. */
  const start = (vault: SecretVault = safe.vault) => {
    const transport = there.transport({ fetch: impatientFetch(simulator) })
    const credentials = createOauthCredentials({ url, vault, transport, clock, report: () => undefined })
    const send = createSignedRequests(credentials, transport)
    /** Another client of the same sign-in, with a transport of its own. */
    const window = () => {
      const sendToo = createSignedRequests(credentials, there.transport())
      return async () => (await sendToo({ method: 'GET', url: `${url}/api/v2/users/me`, headers: {} })).status
    }
    return {
      credentials,
      window,
      call: async () => (await send({ method: 'GET', url: `${url}/api/v2/users/me`, headers: {} })).status,
      write: async (path: string) => {
        const headers = { 'Content-Type': 'application/json' }
        const body = JSON.stringify({ ticket: { priority: 'urgent' } })
        return (await send({ method: 'PUT', url: `${url}/api/v2${path}`, headers, body })).status
      },
    }
  }
  const stored = () => parseTokenRecord(safe.kept.get('zendesk.oauth') ?? '')
  const misbehave = (more: Partial<MisbehaviourOrder> & Pick<MisbehaviourOrder, 'kind'>) =>
    simulator.misbehave({ target: 'zendesk', method: 'POST', pathContains: '/oauth/tokens', ...more })
  const asked = (method: string, path: string) =>
    simulator.record().filter((exchange) => exchange.method === method && exchange.path === path)
  return { ...there, safe, start, stored, misbehave, asked }
}

test('after a start the stored pair signs calls, reads and writes', async () => {
  const { start, simulator } = await signedIn()
  const app = start()
  expect(await app.call()).toBe(200)
  const ticket = simulator.truth().tickets.findLast(({ status }) => status === 'open')?.id
  expect(await app.write(`/tickets/${ticket}`)).toBe(200)
})

test('with an access token that is over, calls at once renew it once, and each is answered', async () => {
  const { start, step, counts, asked } = await signedIn()
  const app = start()
  step(60 * hour)
  expect(await Promise.all([app.call(), app.call(), app.call()])).toEqual([200, 200, 200])
  expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
  expect(asked('POST', '/oauth/tokens')).toHaveLength(2)
})

test('two windows over one sign-in renew it once, also when the clock does not show that it is due', async () => {
  const { start, simulator, counts } = await signedIn()
  const app = start()
  simulator.advanceBy(60 * hour)
  const other = app.window()
  expect(await Promise.all([app.call(), other(), app.call(), other()])).toEqual([200, 200, 200, 200])
  expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
})

test('used every day, the sign-in lasts for as long as it is used', async () => {
  const { start, step, counts } = await signedIn()
  const app = start()
  for (let day = 0; day < 40; day += 1) {
    step(24 * hour)
    expect(await app.call()).toBe(200)
  }
  expect(await counts()).toMatchObject({ refreshed: 40, reused: 0 })
})

describe('a renewal whose answer is lost', () => {
  test.each(['lost-502', 'lost-hang', 'lost-cut', 'truncate'] as const)(
    'though it happened (%s): sign in again, and nothing is sent twice',
    async (kind) => {
      const { start, step, misbehave, counts, asked } = await signedIn()
      const app = start()
      step(30 * hour)
      misbehave({ kind })
      await expect(app.call()).rejects.toMatchObject(again)
      await expect(start().call()).rejects.toMatchObject(again)
      expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
      expect(asked('POST', '/oauth/tokens')).toHaveLength(2)
    },
  )

  test.each(['502', 'hang'] as const)(
    'because it never happened (%s): calls go on, and it is done later',
    async (kind) => {
      const { start, step, misbehave, counts } = await signedIn()
      const app = start()
      step(30 * hour)
      misbehave({ kind })
      expect(await app.call()).toBe(200)
      expect(await counts()).toMatchObject({ refreshed: 0 })
      step(60_000)
      expect(await app.call()).toBe(200)
      expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
    },
  )
})

describe('waking from sleep', () => {
  test('with a network that is not there costs nothing', async () => {
    const { start, step, order, counts, asked } = await signedIn()
    const app = start()
    step(100 * hour)
    await order('/port', { target: 'zendesk', open: false })
    for (let call = 0; call < 3; call += 1) {
      await expect(app.call()).rejects.toMatchObject({ kind: 'offline' })
      step(3 * 60_000)
    }
    await order('/port', { target: 'zendesk', open: true })
    expect(await app.call()).toBe(200)
    expect(asked('POST', '/oauth/tokens')).toHaveLength(2)
    expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
  })

  test('behind a network that answers everything with its own page costs nothing', async () => {
    const { start, step, misbehave, order, counts } = await signedIn()
    const app = start()
    step(100 * hour)
    misbehave({ kind: 'html', method: 'GET', pathContains: '', count: 20 })
    await expect(app.call()).rejects.toMatchObject({ kind: 'malformed' })
    expect(await counts()).toMatchObject({ refreshed: 0, reused: 0 })
    await order('/misbehave/clear')
    expect(await app.call()).toBe(200)
  })
})

test('a port that is closed between the question and the renewal leaves no mark', async () => {
  const { simulator, url, clock, safe, transport, step, stored, order, counts } = await signedIn()
  const over = transport()
  const closing = {
    async request(request: Parameters<typeof over.request>[0]) {
      if (request.method === 'POST') await order('/port', { target: 'zendesk', open: false })
      return over.request(request)
    },
  }
  const credentials = createOauthCredentials({
    url,
    vault: safe.vault,
    transport: closing,
    clock,
    report: () => undefined,
  })
  step(100 * hour)
  await expect(credentials.renew(await credentials.headers('GET'), refused)).rejects.toMatchObject({
    kind: 'offline',
    mayHaveArrived: false,
  })
  expect(stored()).toMatchObject({ state: 'living', refreshingSince: null })
  await order('/port', { target: 'zendesk', open: true })
  expect(simulator.record().filter(({ path, method }) => path === '/oauth/tokens' && method === 'POST')).toHaveLength(1)
  expect(await counts()).toMatchObject({ reused: 0 })
})

const refreshTokenIn = (record: TokenRecord | null) => (record?.state === 'living' ? record.refreshToken : '')
const refused = new RemoteFailure('unauthorized', 'No.', { status: 401, refused: true })

test('the app dies between Zendesk’s answer and the store: sign in again, and nothing is sent twice', async () => {
  const { start, step, safe, counts, asked } = await signedIn()
  const app = start()
  step(30 * hour)
  const died = safe.dieAfter(1)
  void app.call()
  await died
  const next = start(safe.restart())
  await expect(next.call()).rejects.toMatchObject(again)
  expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
  expect(asked('POST', '/oauth/tokens')).toHaveLength(2)
})

test('an administrator ends the tokens: the refresh token is tried once, and then it is told', async () => {
  const { start, order, counts } = await signedIn()
  const app = start()
  await order('/oauth/revoke')
  await expect(app.call()).rejects.toMatchObject(again)
  await expect(app.call()).rejects.toMatchObject(again)
  await expect(start().call()).rejects.toMatchObject(again)
  expect(await counts()).toMatchObject({ reused: 1 })
})

test('a single wrong 401 costs one more try and no renewal', async () => {
  const { start, misbehave, counts } = await signedIn()
  misbehave({ kind: '401', method: 'GET', pathContains: '/users/me' })
  expect(await start().call()).toBe(200)
  expect(await counts()).toMatchObject({ refreshed: 0 })
})

test('Zendesk tells what the sign-in may do and until when it lasts unused', async () => {
  const { start, simulator } = await signedIn()
  const { scopes, mayWrite, endsAt, advice } = await start().credentials.health()
  expect({ scopes, mayWrite, endsAt }).toEqual({
    scopes: ['read', 'tickets:write'],
    mayWrite: true,
    endsAt: simulator.advanceBy(0) + 30 * 24 * hour,
  })
  expect(advice).toEqual(['When Understudy is not used for 30 days, you have to sign in again.'])
})

test('where Zendesk does not let a token ask about itself, what is stored stands in', async () => {
  const { start, misbehave } = await signedIn()
  misbehave({ kind: '403', method: 'GET', pathContains: '/oauth/tokens/current', count: 5 })
  expect(await start().credentials.health()).toMatchObject({ scopes: ['read', 'tickets:write'], mayWrite: true })
})

test('signing out ends both tokens at Zendesk and forgets them', async () => {
  const { start, safe, stored, transport, url } = await signedIn()
  const app = start()
  const headers = await app.credentials.headers('GET')
  const before = stored()
  expect(await app.credentials.signOut()).toEqual({ revoked: true })
  expect(safe.kept.size).toBe(0)
  await expect(transport().request({ method: 'GET', url: `${url}/api/v2/users/me`, headers })).rejects.toMatchObject({
    status: 401,
  })
  const refresh = { grant_type: 'refresh_token', client_id: 'understudy', refresh_token: refreshTokenIn(before) }
  const late = await fetch(`${url}/oauth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(refresh),
  })
  expect(await late.json()).toMatchObject({ error: 'invalid_grant' })
  await expect(app.call()).rejects.toMatchObject({ kind: 'unauthorized' })
})

test('signing out forgets also when Zendesk cannot be reached, and says so', async () => {
  const { start, safe, order } = await signedIn()
  const app = start()
  await order('/port', { target: 'zendesk', open: false })
  expect(await app.credentials.signOut()).toEqual({ revoked: false })
  expect(safe.kept.size).toBe(0)
})

test('no token is in what a failing sign-in throws', async () => {
  const { start, stored, step, misbehave } = await signedIn()
  const before = stored()
  const tokens = before?.state === 'living' ? [before.accessToken, before.refreshToken] : []
  expect(tokens).toHaveLength(2)
  for (const kind of ['502', '401', 'html', 'truncate', 'lost-cut'] as const) {
    step(50 * hour)
    misbehave({ kind, count: 1 })
    const failure: unknown = await start()
      .call()
      .catch((error: unknown) => error)
    if (failure === 200) continue
    const { message, stack, cause } = failure as RemoteFailure
    const told = JSON.stringify([failure, message, stack, String(cause), (failure as RemoteFailure).detail])
    expect(tokens.filter((token) => told.includes(token))).toEqual([])
  }
})
