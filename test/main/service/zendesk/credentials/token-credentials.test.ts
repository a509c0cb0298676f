import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SecretVault } from '#service/ports.ts'
import { Problem } from '#service/problem.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import type { RemoteFailure } from '#service/transport/remote-failure.ts'
import { createTransport } from '#service/transport/transport.ts'
import { apiTokenKey, createTokenCredentials } from '#service/zendesk/credentials/token-credentials.ts'
import { createSignedRequests } from '#service/zendesk/signed-requests.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0, scale: 20 })
})
afterEach(() => simulator.stop())

const signedWith = (vault: SecretVault, clock = createSteppedClock(anchor)) =>
  createTokenCredentials({ email: simulator.description.zendesk.email, vault, clock })

async function whoAmI(vault: SecretVault) {
  const { url } = simulator.description.zendesk
  const transport = createTransport({
    name: 'Zendesk',
    origin: url,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock: createLeapingClock(anchor),
  })
  const send = createSignedRequests(signedWith(vault), transport)
  const { body } = await send({ method: 'GET', url: `${url}/api/v2/users/me`, headers: {} })
  return body
}

test('an API token signs as Zendesk wants it, also when a blank was pasted with it', async () => {
  const { token } = simulator.description.zendesk
  const me = { user: { id: simulator.description.workspace.meId } }
  expect(await whoAmI(createMemoryVault([[apiTokenKey, token]]))).toMatchObject(me)
  expect(await whoAmI(createMemoryVault([[apiTokenKey, ` ${token}\n`]]))).toMatchObject(me)
})

test('a token that was read is known by heart until signing out: another one under its name is not taken for it', async () => {
  const vault = createMemoryVault([[apiTokenKey, 'own']])
  const credentials = signedWith(vault)
  const before = await credentials.headers('GET')
  await vault.set(apiTokenKey, 'of another company')
  expect(await credentials.headers('PUT')).toEqual(before)
  await credentials.signOut()
  await expect(credentials.headers('GET')).rejects.toMatchObject({ kind: 'unauthorized' })
})

test('a token that counts no more is refused once, and nothing is tried in its place', async () => {
  const vault = createMemoryVault([[apiTokenKey, 'switched-off']])
  const failure = await whoAmI(vault).catch((error: unknown) => error)
  expect(failure).toMatchObject({ kind: 'unauthorized', status: 401 })
  expect(JSON.stringify(failure)).not.toContain('switched-off')
  expect(simulator.record()).toHaveLength(1)
  expect(await signedWith(vault).renew({}, failure as RemoteFailure)).toBe(false)
})

test('without a token, or without the vault, the person is told what to do, and no secret', async () => {
  const { headers } = signedWith(createMemoryVault())
  await expect(headers('GET')).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringMatching(/Sign in again/),
  })
  const broken = (error: Error) => ({ ...createMemoryVault(), get: () => Promise.reject(error) })
  const locked = await signedWith(broken(new Error('geheim')))
    .headers('GET')
    .catch((error: unknown) => error)
  expect(locked).toMatchObject({ kind: 'unauthorized', message: expect.stringMatching(/Unlock your keychain/) })
  expect(String((locked as Error).stack)).not.toContain('geheim')
  await expect(signedWith(broken(new Problem('failed', 'Delete the file.'))).headers('GET')).rejects.toThrow(
    'Delete the file.',
  )
})

test('the person is told of the day on which tokens end, and of the thirty days', async () => {
  const clock = createSteppedClock(anchor)
  const credentials = signedWith(createMemoryVault(), clock)
  const { endsAt, advice, mayWrite } = await credentials.health()
  expect(endsAt).toBe(Date.UTC(2027, 3, 30))
  expect(mayWrite).toBeNull()
  expect(advice).toEqual([
    expect.stringMatching(/until 30 April 2027 only/),
    expect.stringMatching(/not used for 30 days/),
    expect.stringMatching(/only an administrator can end it/),
  ])
  clock.step(Date.UTC(2027, 3, 30) - anchor)
  expect((await credentials.health()).advice[0]).toMatch(/stopped taking API tokens on 30 April 2027/)
})

test('signing out forgets the token and says that it lives on', async () => {
  const vault = createMemoryVault([[apiTokenKey, 'token']])
  expect(await signedWith(vault).signOut()).toEqual({ revoked: false })
  expect(await vault.get(apiTokenKey)).toBeUndefined()
  const stuck = { ...vault, delete: () => Promise.reject(new Error('geheim')) }
  await expect(signedWith(stuck).signOut()).rejects.toThrow(/could not be removed.*sign out again/)
})
