import { safe } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SignInWindow } from '#service/ports.ts'
import { oauthKey } from '#service/zendesk/credentials/oauth-credentials.ts'
import { apiTokenKey } from '#service/zendesk/credentials/token-credentials.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createCookieJarBrowser } from '#test/support/cookie-jar-fetch.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { takePort } from '#test/support/free-ports.ts'
import type { OauthCounts } from '#test/support/oauth-simulator.ts'
import { runningService, type RunningService } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createAsk, type Ask } from '#test/simulator/ask.ts'

let own: Simulator
let ask: Ask
beforeEach(async () => {
  own = await createSimulator({ seed: 5, speed: 0, scale: 30 })
  ask = createAsk(own.description)
})
afterEach(() => own.stop())

const given = () => own.description.zendesk
const view = ({ service }: RunningService) => service.client.connections.get({})
const startOauth = ({ service }: RunningService, clientId = 'understudy') =>
  service.client.connections.startZendeskOauth({ url: given().url, clientId })
const startSession = ({ service }: RunningService) =>
  service.client.connections.startZendeskSession({ url: given().url })
const connectToken = ({ service }: RunningService) => service.client.connections.connectZendesk(given())
const oauthCounts = async () => (await ask.look('/oauth')).body as OauthCounts

/** Waits until nothing is pending any more, or what is has failed. */
async function settled(app: RunningService) {
  await expect.poll(async () => (await view(app)).signIn?.state, { timeout: 4000 }).not.toBe('waiting')
  return view(app)
}

/** A browser that opens what it is sent to. */
const browser = { openExternal: async (url: string) => void (await fetch(url)) }

/** A sign-in window in which a person signs in, or does not. */
function signInWindow(person: 'signs in' | 'closes it' | 'waits' = 'signs in') {
  const jar = createCookieJarBrowser()
  const seen = { opened: [] as string[], forgotten: 0, aborted: false }
  const { people, meId } = own.description.workspace
  expect(people.some(({ id }) => id === meId)).toBe(true)
  const window: SignInWindow = {
    fetch: jar.fetch,
    async open(url, signal) {
      seen.opened.push(url)
      if (person === 'closes it') return 'closed'
      if (person === 'waits') {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        seen.aborted = true
        return 'closed'
      }
      await jar.signInAt(`${url}/agent`, given().email)
      return 'signed-in'
    },
    async signOut() {
      seen.forgotten += 1
      await jar.forgetCookies()
    },
  }
  return { window, seen }
}

describe('signing in by OAuth', () => {
  test('leads through the browser to the person’s own workspace', async () => {
    await ask.order('/oauth', { approve: true })
    const app = await runningService(browser)
    const begun = await startOauth(app)
    expect(begun).toMatchObject({ kind: 'oauth', url: given().url, state: 'waiting', problem: null })
    expect(app.opened).toEqual([begun.signInUrl])
    const { zendesk, signIn } = await settled(app)
    expect(signIn).toBeNull()
    expect(zendesk).toMatchObject({ kind: 'oauth', user: { id: own.description.workspace.meId }, state: 'ready' })
    await expect.poll(async () => (await view(app)).zendesk?.health?.mayWrite).toBe(true)
    const stored = await app.vault.get(oauthKey)
    expect(stored).toBeDefined()
    expect(app.settingsFile()).not.toContain(JSON.parse(stored ?? '{}').accessToken)
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
  })

  test('that was denied says so, and nothing changes', async () => {
    await ask.order('/oauth', { approve: false })
    const app = await runningService(browser)
    await startOauth(app)
    expect(await settled(app)).toMatchObject({
      zendesk: null,
      signIn: { state: 'failed', problem: expect.stringMatching(/^Zendesk was told not to let Understudy in\./) },
    })
    await app.service.client.connections.cancelSignIn({})
    expect((await view(app)).signIn).toBeNull()
  })

  test('that is cancelled ends its wait, and a code that comes afterwards is of no use', async () => {
    const app = await runningService()
    const { signInUrl } = await startOauth(app)
    await app.service.client.connections.cancelSignIn({})
    expect(await view(app)).toMatchObject({ zendesk: null, signIn: null })
    await ask.order('/oauth', { approve: true })
    await fetch(signInUrl ?? '').catch(() => undefined)
    expect(await view(app)).toMatchObject({ zendesk: null, signIn: null })
    expect(await oauthCounts()).toMatchObject({ issued: 0 })
  })

  test('once more takes the place of the attempt that waits', async () => {
    const app = await runningService()
    const first = await startOauth(app)
    const second = await startOauth(app)
    expect(second.signInUrl).not.toBe(first.signInUrl)
    expect((await view(app)).signIn).toEqual(second)
    await ask.order('/oauth', { approve: true })
    await fetch(second.signInUrl ?? '')
    expect(await settled(app)).toMatchObject({ zendesk: { kind: 'oauth' }, signIn: null })
  })

  test('twice at the same moment leaves one of the two', async () => {
    await ask.order('/oauth', { approve: null })
    const app = await runningService()
    const ends = await Promise.allSettled([startOauth(app), startOauth(app)])
    const begun = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
    expect(begun).toHaveLength(1)
    expect((await view(app)).signIn).toEqual(begun[0])
    await ask.order('/oauth', { approve: true })
    await fetch(begun[0]?.signInUrl ?? '')
    expect(await settled(app)).toMatchObject({ zendesk: { kind: 'oauth' }, signIn: null })
  })

  test('of a customer is refused in words, and nothing of it is kept', async () => {
    await ask.order('/oauth', { approve: true })
    await ask.order('/zendesk', { role: 'end-user' })
    const app = await runningService(browser)
    await startOauth(app)
    expect(await settled(app)).toMatchObject({
      zendesk: null,
      signIn: { state: 'failed', problem: expect.stringContaining('only a customer') },
    })
    expect(await app.vault.get(oauthKey)).toBeUndefined()
  })

  test('that waits while the service stops frees its port', async () => {
    const app = await runningService()
    const { signInUrl } = await startOauth(app)
    const { port } = new URL(new URL(signInUrl ?? '').searchParams.get('redirect_uri') ?? '')
    await app.stop()
    const server = await takePort(Number(port))
    await new Promise((resolve) => server.close(resolve))
  })

  test('ends when the person connects with a token instead', async () => {
    const app = await runningService()
    await startOauth(app)
    await connectToken(app)
    expect(await view(app)).toMatchObject({ zendesk: { kind: 'api-token' }, signIn: null })
  })

  test('again at the same Zendesk ends the sign-in before it, and keeps the new one', async () => {
    await ask.order('/oauth', { approve: true })
    const app = await runningService(browser)
    await startOauth(app)
    await settled(app)
    const former = JSON.parse((await app.vault.get(oauthKey)) ?? '{}') as { accessToken: string }
    await startOauth(app)
    await settled(app)
    const { accessToken } = JSON.parse((await app.vault.get(oauthKey)) ?? '{}') as { accessToken: string }
    expect(accessToken).not.toBe(former.accessToken)
    expect((await ask.zendesk('/users/me', `Bearer ${former.accessToken}`)).status).toBe(401)
    expect((await ask.zendesk('/users/me', `Bearer ${accessToken}`)).status).toBe(200)
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
  })

  test('again, where the new one cannot be stored, says so and leaves the one before it at work', async () => {
    await ask.order('/oauth', { approve: true })
    const safe = createFailingVault()
    const app = await runningService({ ...browser, vault: safe.vault })
    await startOauth(app)
    await settled(app)
    const former = safe.kept.get(oauthKey) ?? ''
    const { accessToken } = JSON.parse(former) as { accessToken: string }
    safe.refuseWrites(true)
    await startOauth(app)
    const { zendesk, signIn } = await settled(app)
    expect(signIn).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/could not be stored on this computer.*what was there before goes on\. Unlock/),
    })
    expect(zendesk).toMatchObject({ kind: 'oauth', state: 'ready' })
    expect(safe.kept.get(oauthKey)).toBe(former)
    expect((await ask.zendesk('/users/me', `Bearer ${accessToken}`)).status).toBe(200)
    expect(await oauthCounts()).toMatchObject({ issued: 2 })
    safe.refuseWrites(false)
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    await app.stop()
    const again = await runningService({ ...browser, vault: safe.restart(), dataDir: app.dataDir })
    expect(await again.service.client.connections.checkZendesk({})).toMatchObject({ kind: 'oauth', state: 'ready' })
  })

  test('again, after what was stored of the one before it was damaged, keeps the new one', async () => {
    await ask.order('/oauth', { approve: true })
    const app = await runningService(browser)
    await startOauth(app)
    await settled(app)
    await app.stop()
    await app.vault.set(oauthKey, '{"state":"living"')
    const again = await runningService({ ...browser, vault: app.vault, dataDir: app.dataDir })
    await startOauth(again)
    expect(await settled(again)).toMatchObject({ zendesk: { kind: 'oauth', state: 'ready' }, signIn: null })
    const { accessToken } = JSON.parse((await again.vault.get(oauthKey)) ?? '{}') as { accessToken: string }
    expect((await ask.zendesk('/users/me', `Bearer ${accessToken}`)).status).toBe(200)
  })
})

describe('signing in on the company’s own page', () => {
  test('leads from a window to the person’s own workspace, and out again', async () => {
    const { window, seen } = signInWindow()
    const app = await runningService({ signInWindow: window })
    expect((await view(app)).canUseSession).toBe(true)
    expect(await startSession(app)).toMatchObject({ kind: 'session', signInUrl: null, state: 'waiting' })
    expect(seen.opened).toEqual([given().url])
    expect(await settled(app)).toMatchObject({ zendesk: { kind: 'session', state: 'ready', email: null } })
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    expect(await app.service.client.connections.signOutZendesk({})).toEqual({ revoked: true })
    expect(seen.forgotten).toBe(1)
    expect((await view(app)).zendesk).toBeNull()
  })

  test('says that the window was closed', async () => {
    const app = await runningService({ signInWindow: signInWindow('closes it').window })
    await startSession(app)
    expect(await settled(app)).toMatchObject({
      zendesk: null,
      signIn: { state: 'failed', problem: 'The sign-in window was closed before anybody signed in.' },
    })
  })

  test('closes the window when it is cancelled, and when the service stops', async () => {
    for (const end of ['cancelSignIn', 'stop'] as const) {
      const { window, seen } = signInWindow('waits')
      const app = await runningService({ signInWindow: window })
      await startSession(app)
      await (end === 'stop' ? app.stop() : app.service.client.connections.cancelSignIn({}))
      expect(seen.aborted).toBe(true)
      if (end === 'cancelSignIn') expect((await view(app)).signIn).toBeNull()
    }
  })

  test('of a customer is refused in words, and the window forgets them', async () => {
    await ask.order('/zendesk', { role: 'end-user' })
    const { window, seen } = signInWindow()
    const app = await runningService({ signInWindow: window })
    await startSession(app)
    expect((await settled(app)).signIn?.problem).toContain('only a customer')
    expect(seen.forgotten).toBe(1)
  })

  test('is refused where there is no such window', async () => {
    const app = await runningService()
    const { error } = await safe(startSession(app))
    expect(error).toMatchObject({
      code: 'REFUSED',
      message: 'Your company’s own sign-in page can be opened in the desktop app only.',
    })
  })
})

describe('a sign-in of another kind ends the former one', () => {
  test('a token that of OAuth, which is over at Zendesk too', async () => {
    await ask.order('/oauth', { approve: true })
    const app = await runningService(browser)
    await startOauth(app)
    await settled(app)
    const { accessToken } = JSON.parse((await app.vault.get(oauthKey)) ?? '{}') as { accessToken: string }
    expect(await connectToken(app)).toMatchObject({ kind: 'api-token', state: 'ready' })
    expect(await app.vault.get(oauthKey)).toBeUndefined()
    expect((await ask.zendesk('/users/me', `Bearer ${accessToken}`)).status).toBe(401)
  })

  test('that of OAuth a token', async () => {
    await ask.order('/oauth', { approve: true })
    const app = await runningService(browser)
    await connectToken(app)
    await startOauth(app)
    expect(await settled(app)).toMatchObject({ zendesk: { kind: 'oauth' } })
    await expect.poll(() => app.vault.get(apiTokenKey)).toBeUndefined()
  })

  test('a token that of a window', async () => {
    const { window, seen } = signInWindow()
    const app = await runningService({ signInWindow: window })
    await startSession(app)
    await settled(app)
    expect(await connectToken(app)).toMatchObject({ kind: 'api-token', state: 'ready' })
    expect(seen.forgotten).toBe(1)
    expect(app.told).toEqual([])
  })
})
