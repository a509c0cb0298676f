import { expect, onTestFinished, test } from 'vitest'
import { createGitlabOauth } from '#service/gitlab/credentials/gitlab-oauth.ts'
import { createGitlabOauthCredentials, gitlabOauthKey } from '#service/gitlab/credentials/oauth-credentials.ts'
import { createGitlabRequests } from '#service/gitlab/signed-requests.ts'
import { parseTokenRecord } from '#service/oauth/token-record.ts'
import type { SecretVault } from '#service/ports.ts'
import { createTransport } from '#service/transport/transport.ts'
import type { MisbehaviourOrder } from '#simulator/http/misbehaviour.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { freePorts } from '#test/support/free-ports.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'
import { createAsk } from '#test/simulator/ask.ts'

const hour = 3_600_000

/** A GitLab at which somebody signed in by OAuth in the browser, and that sign-in stored. */
async function signedIn() {
  const anchor = Date.UTC(2026, 10, 18, 10)
  const simulator = await createSimulator({ anchor, now: anchor, speed: 0, scale: 200 })
  onTestFinished(() => simulator.stop())
  const ask = createAsk(simulator.description)
  const { url } = simulator.description.gitlab
  const clock = createLeapingClock(anchor)
  const stopping = new AbortController()
  onTestFinished(() => stopping.abort())
  const transport = () =>
    createTransport({
      name: 'GitLab',
      origin: url,
      log: createSilentLog(),
      signal: stopping.signal,
      clock,
      random: () => 0,
    })
  const safe = createFailingVault()
  const ports = await freePorts(1)
  await ask.order('/gitlab/oauth', { approve: true })
  const oauth = createGitlabOauth({
    clock: { ...createSteppedClock(anchor), now: () => clock.now() },
    vault: safe.vault,
    ports,
    report: () => undefined,
    openExternal: async (address) => void fetch(address),
  })
  const order = { url, clientId: 'understudy', mode: 'read-write', transport: transport() } as const
  const signal = stopping.signal
  await (
    await oauth.start({ ...order, signal, check: async () => null })
  ).done
  /** The app as it is after a start. */
  const start = (vault: SecretVault = safe.vault) => {
    const credentials = createGitlabOauthCredentials({
      url,
      vault,
      transport: transport(),
      clock,
      report: () => undefined,
    })
    /** A window of its own, which shares the sign-in. */
    const window = () => {
      const send = createGitlabRequests(credentials, transport())
      return async () => (await send({ method: 'GET', url: `${url}/api/v4/user`, headers: {} })).status
    }
    return { credentials, window, call: window() }
  }
  return {
    start,
    safe,
    stored: () => parseTokenRecord(safe.kept.get(gitlabOauthKey) ?? ''),
    counts: async () => (await ask.look('/gitlab/oauth')).body,
    step(ms: number) {
      simulator.advanceBy(ms)
      clock.step(ms)
    },
    misbehave: (more: Partial<MisbehaviourOrder> & Pick<MisbehaviourOrder, 'kind'>) =>
      simulator.misbehave({ target: 'gitlab', method: 'POST', pathContains: '/oauth/token', ...more }),
  }
}

test('calls of two windows at once renew the pair once, and each is answered', async () => {
  const { start, step, counts } = await signedIn()
  const app = start()
  const other = app.window()
  step(3 * hour)
  expect(await Promise.all([app.call(), other(), app.call(), other()])).toEqual([200, 200, 200, 200])
  expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
})

test('no refresh token is sent that cannot be noted; then the new pair is stored before it is used', async () => {
  const { start, step, safe, stored, counts } = await signedIn()
  const app = start()
  step(3 * hour)
  safe.refuseWrites(true)
  await expect(app.call()).rejects.toMatchObject({ message: expect.stringMatching(/cannot be written to/) })
  expect(await counts()).toMatchObject({ refreshed: 0 })
  safe.refuseWrites(false)
  step(60_000)
  const before = stored()
  const { Authorization } = await app.credentials.headers('GET')
  const after = stored()
  if (before?.state !== 'living' || after?.state !== 'living') throw new Error('the sign-in is over')
  expect(Authorization).toBe(`Bearer ${after.accessToken}`)
  expect(after.refreshToken).not.toBe(before.refreshToken)
})

test('killed between the answer and its storing, the next start asks to sign in again and tries no token twice', async () => {
  const { start, step, safe, counts } = await signedIn()
  const app = start()
  step(3 * hour)
  // The mark is stored, the new pair is not.
  const death = safe.dieAfter(1)
  void app.call().catch(() => undefined)
  await death
  const next = start(safe.restart())
  await expect(next.call()).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringMatching(/answer was lost.*Sign in again; your data and settings are kept\./),
  })
  expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
})

test('killed before the refresh token was sent, the next start goes on', async () => {
  const { start, step, safe, counts } = await signedIn()
  const app = start()
  step(1.5 * hour)
  const death = safe.dieAfter(0)
  void app.call().catch(() => undefined)
  await death
  const next = start(safe.restart())
  expect(await next.call()).toBe(200)
  expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
})

test('an answer that is lost while the old access token lives costs nothing where nothing was renewed', async () => {
  const { start, step, misbehave, counts } = await signedIn()
  const app = start()
  step(1.5 * hour)
  misbehave({ kind: '502' })
  expect(await app.call()).toBe(200)
  step(120_000)
  expect(await app.call()).toBe(200)
  expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
})
