import { expect, onTestFinished, test } from 'vitest'
import { parseTokenRecord } from '#service/oauth/token-record.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { RemoteRequest, Transport } from '#service/transport/transport.ts'
import type { ZendeskCredentials } from '#service/zendesk/credentials/credentials.ts'
import { createZendeskOauth, zendeskRedirectPorts } from '#service/zendesk/credentials/zendesk-oauth.ts'
import { createSignedRequests } from '#service/zendesk/signed-requests.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { oauthSimulator } from '#test/support/oauth-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'

const oauthKey = 'zendesk.oauth'

async function signingIn(vault = createMemoryVault()) {
  const there = await oauthSimulator()
  const reported: string[] = []
  const pages: string[] = []
  const oauth = createZendeskOauth({
    clock: createSteppedClock(there.clock.now()),
    vault,
    ports: there.ports,
    report: (sentence) => void reported.push(sentence),
    openExternal: async (address) => {
      void fetch(address)
        .then((page) => page.text())
        .then((page) => pages.push(page))
    },
  })
  onTestFinished(() => oauth.cancel())
  const transport = there.transport()
  const start = <Checked = null>(
    more: {
      readonly check?: (credentials: ZendeskCredentials) => Promise<Checked>
      readonly transport?: Pick<Transport, 'request'>
      readonly scopes?: readonly string[]
      readonly clientId?: string
    } = {},
  ) =>
    oauth.start<Checked>({
      url: there.url,
      clientId: 'understudy',
      transport,
      check: async () => null as Checked,
      signal: new AbortController().signal,
      ...more,
    })
  const exchanges = () => there.simulator.record().filter(({ path }) => path === '/oauth/tokens')
  const stored = async () => parseTokenRecord((await vault.get(oauthKey)) ?? '')
  return { ...there, oauth, start, vault, reported, pages, exchanges, stored, transport }
}

/** A transport that changes what is sent to the token endpoint. */
const changing = (
  transport: Transport,
  change: (body: Record<string, unknown>) => object,
): Pick<Transport, 'request'> => ({
  request: (request: RemoteRequest) =>
    transport.request(
      request.url.endsWith('/oauth/tokens') && request.body !== undefined
        ? { ...request, body: JSON.stringify(change(JSON.parse(request.body) as Record<string, unknown>)) }
        : request,
    ),
})

test('a person signs in in the browser, is checked, and the pair is stored', async () => {
  const { start, url, transport, simulator, stored, pages, exchanges, counts } = await signingIn()
  const attempt = await start({
    check: async (credentials) => {
      const send = createSignedRequests(credentials, transport)
      return (await send({ method: 'GET', url: `${url}/api/v2/users/me`, headers: {} })).body
    },
  })
  const { credentials, checked } = await attempt.done
  expect(checked).toMatchObject({ user: { id: simulator.description.workspace.meId } })
  expect(credentials).toMatchObject({ kind: 'oauth', fetch: null })
  expect(await stored()).toMatchObject({
    state: 'living',
    issuer: url,
    clientId: 'understudy',
    scopes: ['read', 'tickets:write'],
  })
  await expect.poll(() => pages).toEqual([expect.stringContaining('Understudy is signed in. You can close this tab.')])
  expect(exchanges()).toHaveLength(1)
  expect(await counts()).toMatchObject({ issued: 1, refreshed: 0, reused: 0 })
})

test('the ports that are listened on are those of the addresses an administrator registers', async () => {
  const simulator = await createSimulator({ scale: 20, speed: 0 })
  onTestFinished(() => simulator.stop())
  const { redirect_uris: registered } = (await (await fetch(`${simulator.description.control.url}/oauth`)).json()) as {
    redirect_uris: readonly string[]
  }
  expect(zendeskRedirectPorts.map((port) => `http://127.0.0.1:${port}/callback`)).toEqual(registered)
})

test('Zendesk is asked for the rights to read, and to write to tickets, unless others are wanted', async () => {
  const { start, stored } = await signingIn()
  const narrow = await start()
  expect(new URL(narrow.authorizationUrl).searchParams.get('scope')).toBe('read tickets:write')
  await narrow.done
  await (
    await start({ scopes: ['read', 'write'] })
  ).done
  expect(await stored()).toMatchObject({ scopes: ['read', 'write'] })
})

test('the verifier is what the code is good for: with another one Zendesk refuses', async () => {
  const { start, transport, stored, counts, exchanges } = await signingIn()
  const attempt = await start({
    transport: changing(transport, (body) => ({ ...body, code_verifier: 'x'.repeat(43) })),
  })
  await expect(attempt.done).rejects.toMatchObject({ kind: 'rejected', status: 400 })
  expect(await stored()).toBeNull()
  expect(await counts()).toMatchObject({ issued: 0 })
  expect(exchanges()).toHaveLength(1)
})

test('a code is exchanged once, however often the browser brings it', async () => {
  const { start, exchanges, order, pages } = await signingIn()
  await order('/oauth', { approve: null })
  const attempt = await start()
  await expect.poll(() => pages).toEqual([expect.stringContaining('Allow understudy to access')])
  await order('/oauth', { approve: true })
  const back = await fetch(attempt.authorizationUrl, { redirect: 'manual' })
  const address = back.headers.get('location') ?? ''
  // Once the sign-in is done nobody listens any more: the others get an error page or no connection.
  const answers = await Promise.allSettled([1, 2, 3].map(async () => (await fetch(address)).status))
  expect(answers.filter((page) => page.status === 'fulfilled' && page.value === 200)).toHaveLength(1)
  await attempt.done
  expect(exchanges()).toHaveLength(1)
})

test.each(['lost-502', 'lost-cut', '502'] as const)(
  'an exchange that fails by %s is not tried again, and says what happened',
  async (kind) => {
    const { start, exchanges, simulator, stored, pages } = await signingIn()
    simulator.misbehave({ target: 'zendesk', kind, pathContains: '/oauth/tokens' })
    const failure: unknown = await (await start()).done.catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(RemoteFailure)
    expect(exchanges()).toHaveLength(1)
    expect(await stored()).toBeNull()
    await expect.poll(() => pages).toEqual([expect.stringContaining((failure as RemoteFailure).message)])
  },
)

test('denied at Zendesk, nothing is exchanged', async () => {
  const { start, order, exchanges, pages } = await signingIn()
  await order('/oauth', { approve: false })
  await expect((await start()).done).rejects.toThrow('was told not to let Understudy in')
  expect(exchanges()).toEqual([])
  await expect.poll(() => pages).toEqual([expect.stringContaining('was told not to let Understudy in')])
})

test('a client that Zendesk does not know leaves the wait to be cancelled', async () => {
  const { start, oauth, exchanges, pages } = await signingIn()
  const attempt = await start({ clientId: 'nobody' })
  await expect.poll(() => pages).toEqual([expect.stringContaining('Invalid client')])
  oauth.cancel()
  await expect(attempt.done).rejects.toThrow('The sign-in was cancelled.')
  expect(exchanges()).toEqual([])
})

test('when the check finds fault, the tokens are ended at Zendesk and what was stored before stays', async () => {
  const { start, stored, url, pages, transport } = await signingIn()
  await (
    await start()
  ).done
  const before = await stored()
  let seen: Readonly<Record<string, string>> = {}
  const attempt = await start({
    check: async (credentials) => {
      seen = await credentials.headers('GET')
      throw new RemoteFailure('unauthorized', 'Only a customer. Sign in as an agent.')
    },
  })
  await expect(attempt.done).rejects.toThrow('Only a customer. Sign in as an agent.')
  expect(await stored()).toEqual(before)
  await expect.poll(() => pages.at(-1)).toContain('Only a customer. Sign in as an agent.')
  await expect(
    transport.request({ method: 'GET', url: `${url}/api/v2/users/me`, headers: seen }),
  ).rejects.toMatchObject({ status: 401 })
})

test('cancelled while it is checked, the tokens are ended and what was stored before stays', async () => {
  const { start, stored, oauth, url, transport } = await signingIn()
  await (
    await start()
  ).done
  const before = await stored()
  let seen: Readonly<Record<string, string>> = {}
  const attempt = await start({
    check: async (credentials) => {
      seen = await credentials.headers('GET')
      oauth.cancel()
    },
  })
  await expect(attempt.done).rejects.toThrow('The sign-in was cancelled.')
  expect(before).toMatchObject({ state: 'living' })
  expect(await stored()).toEqual(before)
  await expect(
    transport.request({ method: 'GET', url: `${url}/api/v2/users/me`, headers: seen }),
  ).rejects.toMatchObject({ status: 401 })
})

test('a vault that does not take the new pair: it is ended at Zendesk, what was stored before stays, and both places say so', async () => {
  const safe = createFailingVault()
  const { start, stored, reported, pages, url, transport } = await signingIn(safe.vault)
  await (
    await start()
  ).done
  const before = await stored()
  let seen: Readonly<Record<string, string>> = {}
  const attempt = await start({
    check: async (credentials) => {
      seen = await credentials.headers('GET')
      safe.refuseWrites(true)
    },
  })
  const words =
    'The new sign-in to Zendesk could not be stored on this computer, so it is not used; what was there before goes on. ' +
    'Unlock your keychain, or make room on the disk.'
  await expect(attempt.done).rejects.toThrow(words)
  await expect.poll(() => pages.at(-1)).toContain(words)
  expect(reported).toEqual([])
  expect(before).toMatchObject({ state: 'living' })
  expect(await stored()).toEqual(before)
  await expect(
    transport.request({ method: 'GET', url: `${url}/api/v2/users/me`, headers: seen }),
  ).rejects.toMatchObject({ status: 401 })
})

test('what a vault cannot read any more does not keep a new sign-in out', async () => {
  const kept = createMemoryVault([[oauthKey, 'made with a key that is lost']])
  let isLost = true
  const { start, stored } = await signingIn({
    ...kept,
    async get(key) {
      if (isLost) throw new Error('cannot decrypt')
      return kept.get(key)
    },
    async set(key, secret) {
      await kept.set(key, secret)
      isLost = false
    },
  })
  await (
    await start()
  ).done
  expect(await stored()).toMatchObject({ state: 'living' })
})

test('no code, verifier or token is in what a failed sign-in throws', async () => {
  const { start, simulator, transport } = await signingIn()
  const sent: string[] = []
  const listening = changing(transport, (body) => {
    sent.push(...[body['code'], body['code_verifier']].map(String))
    return body
  })
  for (const kind of ['truncate', 'html', '401', '502', 'lost-cut'] as const) {
    simulator.misbehave({ target: 'zendesk', kind, pathContains: '/oauth/tokens' })
    const failure: unknown = await (await start({ transport: listening })).done.catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(RemoteFailure)
    const { message, stack, cause } = failure as RemoteFailure
    const told = JSON.stringify([failure, message, stack, String(cause), (failure as RemoteFailure).detail])
    expect(sent.filter((secret) => told.includes(secret))).toEqual([])
  }
  expect(sent).toHaveLength(10)
})
