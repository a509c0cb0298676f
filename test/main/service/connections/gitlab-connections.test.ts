import { join } from 'node:path'
import { safe } from '@orpc/client'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { gitlabOauthKey } from '#service/gitlab/credentials/oauth-credentials.ts'
import { gitlabTokenKey } from '#service/gitlab/credentials/token-credentials.ts'
import { parseTokenRecord } from '#service/oauth/token-record.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { runningService, type RunningService, type RunningServiceParts } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createAsk, type Ask } from '#test/simulator/ask.ts'

/** The person's own Zendesk and GitLab. */
let own: Simulator
let ask: Ask
beforeEach(async () => {
  own = await createSimulator({ seed: 5, speed: 0, scale: 30 })
  ask = createAsk(own.description)
})
afterEach(() => own.stop())

const dayMs = 86_400_000
const gitlab = () => own.description.gitlab
const calls = ({ service }: RunningService) => service.client.connections
const view = (app: RunningService) => calls(app).get({})
const connectToken = (app: RunningService, more: { url?: string; token?: string } = {}) =>
  calls(app).connectGitlabToken({ ...gitlab(), ...more })
const application = (mode: 'read-only' | 'read-write' = 'read-write') => ({
  url: gitlab().url,
  clientId: 'understudy',
  mode,
})
const counts = async () => (await ask.look('/gitlab/oauth')).body
const called = (path: string) => own.record().filter((one) => one.target === 'gitlab' && one.path.includes(path))

/** A service whose Zendesk is connected. */
async function withZendesk(parts: RunningServiceParts = {}): Promise<RunningService> {
  const app = await runningService(parts)
  await calls(app).connectZendesk(own.description.zendesk)
  return app
}

const withIssues = () => {
  const account = own.description.workspace.accounts.find(({ label, gitlabGroup }) => label && gitlabGroup)
  if (!account) throw new Error('no account has issues')
  return account
}

/** Follows an account that has issues in GitLab. */
async function follow(app: RunningService): Promise<void> {
  const { id, label, gitlabGroup } = withIssues()
  await app.service.client.accounts.add({ organizationId: id, label, gitlabGroup })
}

const stored = async (app: RunningService) =>
  (await app.service.client.issues.list({ accountId: withIssues().id, state: 'all', limit: 1000, offset: 0 })).total

/** Waits until no sign-in waits any more. */
async function settled(app: RunningService) {
  await expect.poll(async () => (await view(app)).gitlabSignIn?.state, { timeout: 4000 }).not.toBe('waiting')
  return view(app)
}

/** What a call was refused with. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const { error } = await safe(call)
  if (!error) throw new Error('was not refused')
  return error.message
}

const browser = { openExternal: async (url: string) => void (await fetch(url)) }

test('without a Zendesk a GitLab is refused in words: the workspace belongs to a Zendesk', async () => {
  const app = await runningService()
  expect(await refusal(connectToken(app))).toMatch(/^Connect your Zendesk first/)
  expect(await refusal(calls(app).startGitlabOauth(application()))).toMatch(/^Connect your Zendesk first/)
  expect(await refusal(calls(app).startGitlabDevice(application()))).toMatch(/^Connect your Zendesk first/)
  expect(called('/')).toEqual([])
  expect(app.settingsFile()).not.toContain(gitlab().url)
})

describe('connecting with a token', () => {
  test('adds GitLab to the same workspace, and its issues come in step', async () => {
    const app = await withZendesk()
    app.service.start()
    await follow(app)
    await app.service.syncOnce()
    expect(await stored(app)).toBe(0)
    expect(await connectToken(app)).toMatchObject({
      url: gitlab().url,
      kind: 'token',
      user: { username: expect.any(String) },
      mode: 'read-write',
      state: 'ready',
      warning: null,
      health: { scopes: ['api'], fineGrained: false, endsAt: null, advice: [] },
    })
    expect(await view(app)).toMatchObject({ zendesk: { state: 'ready' }, gitlab: { state: 'ready' } })
    expect(await app.service.client.accounts.list({})).toMatchObject({ accounts: [{ id: withIssues().id }] })
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    expect(await stored(app)).toBeGreaterThan(0)
    await app.stop()
  })

  test('keeps the token in the vault and nowhere else', async () => {
    const app = await withZendesk()
    await connectToken(app)
    expect(await app.vault.get(gitlabTokenKey)).toBe(gitlab().token)
    expect(JSON.parse(app.settingsFile())).toMatchObject({
      gitlab: { url: gitlab().url, kind: 'token', zendeskUrl: own.description.zendesk.url },
    })
    expect(app.settingsFile()).not.toContain(gitlab().token)
  })

  test('is there again after a restart, and its calls still count', async () => {
    const app = await withZendesk()
    await connectToken(app)
    const made = (await view(app)).gitlab?.meter.requestsLastHour
    expect(made).toBe(called('/').length)
    await app.stop()
    const again = await runningService({ dataDir: app.dataDir, vault: app.vault })
    expect(await view(again)).toMatchObject({
      gitlab: { url: gitlab().url, mode: 'read-write', meter: { requestsLastHour: made } },
    })
    expect(await calls(again).checkGitlab({})).toMatchObject({ state: 'ready' })
  })

  test('below a path of a host that GitLab shares with others works', async () => {
    await ask.order('/gitlab/path', { path: '/dev/gitlab' })
    const app = await withZendesk()
    await follow(app)
    const url = `${gitlab().url}/dev/gitlab`
    expect(await connectToken(app, { url: `${url}/` })).toMatchObject({ url, state: 'ready' })
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    expect(await stored(app)).toBeGreaterThan(0)
  })

  test('at an address where no GitLab lives says what to do', async () => {
    await ask.order('/gitlab/path', { path: '/dev' })
    const app = await withZendesk()
    expect(await refusal(connectToken(app))).toMatch(/^There is no GitLab at http.*Copy its address from your browser/)
    expect(await view(app)).toMatchObject({ gitlab: null, zendesk: { state: 'ready' } })
  })

  test('that GitLab refuses changes nothing', async () => {
    const app = await withZendesk()
    expect(await refusal(connectToken(app, { token: 'wrong' }))).toMatch(/^GitLab refused this token\./)
    expect(await view(app)).toMatchObject({ gitlab: null })
    expect(await app.vault.get(gitlabTokenKey)).toBeUndefined()
  })

  test('that cannot be stored says so, and the former one goes on', async () => {
    const safeVault = createFailingVault()
    const app = await withZendesk({ vault: safeVault.vault })
    await connectToken(app)
    await ask.order('/gitlab/token', { token: 'glpat-second' })
    safeVault.refuseWrites(true)
    expect(await refusal(connectToken(app, { token: 'glpat-second' }))).toMatch(/did not take this one, so nothing was/)
    expect(safeVault.kept.get(gitlabTokenKey)).toBe(gitlab().token)
    expect(await calls(app).checkGitlab({})).toMatchObject({ state: 'ready' })
  })

  test('never sends it to the GitLab that was connected before', async () => {
    const other = await createSimulator({ seed: 6, speed: 0, scale: 200 })
    onTestFinished(() => other.stop())
    const inner = createMemoryVault()
    const former: { poll: () => Promise<unknown> } = { poll: async () => undefined }
    const vault: typeof inner = {
      ...inner,
      async set(key, secret) {
        await inner.set(key, secret)
        await former.poll()
      },
    }
    const first = await withZendesk({ vault })
    await connectToken(first)
    await first.stop()
    // Started anew, so that nothing was asked with the former token yet.
    const app = await runningService({ vault, dataDir: first.dataDir })
    former.poll = async () => {
      former.poll = async () => undefined
      await calls(app).checkGitlab({})
    }
    const before = called('/').length
    await connectToken(app, other.description.gitlab)
    expect(await view(app)).toMatchObject({ gitlab: { url: other.description.gitlab.url, state: 'ready' } })
    expect(called('/').length).toBeGreaterThan(before)
    // The former GitLab would have refused it.
    expect(called('/').filter(({ status }) => status === 401)).toEqual([])
    expect(await app.vault.get(gitlabTokenKey)).toBe(other.description.gitlab.token)
  })

  test('is refused while the app shows the sample only', async () => {
    const app = await runningService({ fixed: true })
    expect(await refusal(connectToken(app))).toMatch(/^Understudy was started to show the sample only/)
  })
})

describe('what a token may do', () => {
  const tokenWith = async (settings: object) => {
    await ask.order('/gitlab/token', { token: 'glpat-special', ...settings })
    const app = await withZendesk()
    await follow(app)
    return { app, connect: () => connectToken(app, { token: 'glpat-special' }) }
  }

  test('read_api is a mode of its own: read only, said in words, and in step', async () => {
    const { app, connect } = await tokenWith({ scopes: ['read_api'] })
    expect(await connect()).toMatchObject({
      mode: 'read-only',
      modeWords: expect.stringMatching(/^Understudy reads issues.*It sends nothing to GitLab/),
      state: 'ready',
    })
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    expect(await stored(app)).toBeGreaterThan(0)
  })

  test('one without a right to read is refused, and the right to ask for is named', async () => {
    const { app, connect } = await tokenWith({ scopes: ['read_user', 'read_repository'] })
    expect(await refusal(connect())).toMatch(/has only the rights read_user, read_repository.*“read_api”.*“api”/)
    expect(await view(app)).toMatchObject({ gitlab: null })
  })

  test('one that may not even say who it is of is refused in the same words', async () => {
    const { connect } = await tokenWith({ scopes: ['write_registry'] })
    expect(await refusal(connect())).toMatch(/has no right to read.*“read_api”/)
  })

  test('a fine-grained one is asked for what it may read', async () => {
    const { connect } = await tokenWith({ scopes: ['granular'] })
    const { gitlabGroup } = withIssues()
    expect(await connect()).toMatchObject({
      mode: 'read-write',
      health: { scopes: null, fineGrained: true, places: [{ place: gitlabGroup, answer: 'readable' }] },
    })
  })

  test('a fine-grained one that may not read the issues says of which place', async () => {
    const { connect } = await tokenWith({ scopes: ['granular'], lacks: ['/issues'] })
    const { gitlabGroup } = withIssues()
    const { health } = await connect()
    expect(health?.places).toEqual([{ place: gitlabGroup, answer: 'refused' }])
    expect(health?.advice).toContainEqual(expect.stringMatching(`cannot read the issues of ${gitlabGroup}`))
  })

  test('one whose own record cannot be read is asked for what it may read as well', async () => {
    const { connect } = await tokenWith({ scopes: ['granular'], lacks: ['/personal_access_tokens'] })
    expect(await connect()).toMatchObject({ health: { scopes: null, places: [{ answer: 'readable' }] } })
  })

  test('its end is warned of from two weeks before, and no sooner', async () => {
    const day = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)
    const { connect } = await tokenWith({ scopes: ['api'], expires_at: day(17) })
    expect(await connect()).toMatchObject({ warning: null, health: { endsAt: Date.parse(day(17)) } })
    await ask.order('/gitlab/token', { token: 'glpat-special', expires_at: day(12) })
    expect(await connect()).toMatchObject({
      warning: expect.stringMatching(/^Your GitLab token ends in 1\d days, on .*connect again/),
    })
  })
})

describe('by OAuth in the browser', () => {
  test('a person signs in, with PKCE, a state and an address of this computer', async () => {
    const app = await withZendesk(browser)
    const begun = await calls(app).startGitlabOauth(application())
    expect(begun).toMatchObject({ kind: 'oauth', url: gitlab().url, state: 'waiting', code: null })
    const asked = new URL(begun.signInUrl ?? '').searchParams
    expect(Object.fromEntries(asked)).toMatchObject({
      scope: 'api',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/callback$/),
    })
    await ask.order('/gitlab/oauth', { approve: true })
    await fetch(begun.signInUrl ?? '')
    expect(await settled(app)).toMatchObject({
      gitlabSignIn: null,
      gitlab: { kind: 'oauth', mode: 'read-write', state: 'ready', health: { scopes: ['api'], endsAt: null } },
    })
    expect(parseTokenRecord((await app.vault.get(gitlabOauthKey)) ?? '')).toMatchObject({
      state: 'living',
      issuer: gitlab().url,
      redirectUri: asked.get('redirect_uri'),
    })
    expect(called('/oauth/authorize').every(({ path }) => !path.includes('code_verifier'))).toBe(true)
  })

  test('reading only asks for that right only', async () => {
    await ask.order('/gitlab/oauth', { approve: true })
    const app = await withZendesk(browser)
    const { signInUrl } = await calls(app).startGitlabOauth(application('read-only'))
    expect(new URL(signInUrl ?? '').searchParams.get('scope')).toBe('read_api')
    expect(await settled(app)).toMatchObject({ gitlab: { mode: 'read-only' } })
  })

  test('the pair is renewed with the address it came back to, and both tokens change', async () => {
    await ask.order('/gitlab/oauth', { approve: true, access_seconds: 1 })
    const app = await withZendesk(browser)
    await calls(app).startGitlabOauth(application())
    await settled(app)
    const before = parseTokenRecord((await app.vault.get(gitlabOauthKey)) ?? '')
    own.advanceBy(2000)
    await Promise.all([calls(app).checkGitlab({}), calls(app).checkGitlab({}), calls(app).checkGitlab({})])
    expect(await counts()).toMatchObject({ refreshed: 1, reused: 0 })
    const after = parseTokenRecord((await app.vault.get(gitlabOauthKey)) ?? '')
    if (before?.state !== 'living' || after?.state !== 'living') throw new Error('the sign-in is over')
    expect(after.accessToken).not.toBe(before.accessToken)
    expect(after.refreshToken).not.toBe(before.refreshToken)
    expect(after.redirectUri).toBe(before.redirectUri)
  })

  test('one that was ended at GitLab asks to sign in again', async () => {
    await ask.order('/gitlab/oauth', { approve: true })
    const app = await withZendesk(browser)
    await calls(app).startGitlabOauth(application())
    await settled(app)
    await ask.order('/gitlab/oauth/revoke')
    expect(await refusal(calls(app).checkGitlab({}))).toMatch(/^GitLab no longer accepts this sign-in/)
    expect(await view(app)).toMatchObject({ gitlab: { state: 'sign-in-needed' }, zendesk: { state: 'ready' } })
  })

  test('denied by the person, nothing is connected', async () => {
    await ask.order('/gitlab/oauth', { approve: false })
    const app = await withZendesk(browser)
    await calls(app).startGitlabOauth(application())
    expect(await settled(app)).toMatchObject({
      gitlab: null,
      gitlabSignIn: { state: 'failed', problem: expect.stringMatching(/^GitLab was told not to let Understudy in/) },
    })
  })

  test('cancelled, nothing of it is left', async () => {
    const app = await withZendesk()
    await calls(app).startGitlabOauth(application())
    await calls(app).cancelGitlabSignIn({})
    expect(await view(app)).toMatchObject({ gitlab: null, gitlabSignIn: null })
  })

  test('that comes back after the Zendesk was signed out is dropped and ended at GitLab', async () => {
    const app = await withZendesk()
    const { signInUrl } = await calls(app).startGitlabOauth(application())
    await calls(app).signOutZendesk({})
    await ask.order('/gitlab/oauth', { approve: true })
    await fetch(signInUrl ?? '').catch(() => undefined)
    expect(await view(app)).toMatchObject({ gitlab: null, gitlabSignIn: null })
    expect(await app.vault.get(gitlabOauthKey)).toBeUndefined()
    const { issued, revoked } = await counts()
    expect(issued).toBe(revoked)
  })
})

describe('by a code', () => {
  test('the code and where to type it are shown; allowed there, GitLab is connected', async () => {
    await ask.order('/gitlab/oauth', { interval: 1 })
    const app = await withZendesk()
    const begun = await calls(app).startGitlabDevice(application())
    expect(begun).toMatchObject({
      kind: 'device',
      state: 'waiting',
      signInUrl: expect.stringMatching(/\/oauth\/device\?user_code=/),
      code: { text: expect.stringMatching(/^[A-Z0-9]{8}$/) },
    })
    await ask.order('/gitlab/oauth', { approve: true })
    own.advanceBy(2000)
    expect(await settled(app)).toMatchObject({ gitlab: { kind: 'oauth', state: 'ready' }, gitlabSignIn: null })
    expect(parseTokenRecord((await app.vault.get(gitlabOauthKey)) ?? '')).toMatchObject({ redirectUri: null })
  })

  test('an older GitLab that has no codes says so at once', async () => {
    await ask.order('/gitlab/oauth', { devices: false })
    const app = await withZendesk()
    expect(await refusal(calls(app).startGitlabDevice(application()))).toMatch(/^This GitLab gives no codes.*17\.9/)
    expect(await view(app)).toMatchObject({ gitlabSignIn: null })
  })

  test('an application id that GitLab does not know says so at once', async () => {
    const app = await withZendesk()
    const stranger = { ...application(), clientId: 'stranger' }
    expect(await refusal(calls(app).startGitlabDevice(stranger))).toMatch(
      /^GitLab gave no code. Check the application id/,
    )
  })
})

describe('signing out', () => {
  test('of OAuth ends the tokens at GitLab, stops the source, and keeps stored issues until the account is no longer followed', async () => {
    await ask.order('/gitlab/oauth', { approve: true })
    const app = await withZendesk(browser)
    await follow(app)
    await calls(app).startGitlabOauth(application())
    await settled(app)
    await app.service.syncOnce()
    const before = await stored(app)
    expect(before).toBeGreaterThan(0)
    expect(await calls(app).signOutGitlab({})).toEqual({ revoked: true })
    expect(await counts()).toMatchObject({ issued: 1, revoked: 1 })
    expect(await app.vault.get(gitlabOauthKey)).toBeUndefined()
    expect(await view(app)).toMatchObject({ gitlab: null, zendesk: { state: 'ready' } })
    const asked = called('/').length
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    expect(called('/').length).toBe(asked)
    expect(await stored(app)).toBe(before)
    await app.service.client.accounts.remove({ id: withIssues().id })
    expect((await app.service.client.issues.list({ state: 'all', limit: 1000, offset: 0 })).total).toBe(0)
  })

  test('of a pair whose access token is over ends the living refresh token as well', async () => {
    await ask.order('/gitlab/oauth', { approve: true, access_seconds: 60 })
    const app = await withZendesk(browser)
    await calls(app).startGitlabOauth(application())
    await settled(app)
    own.advanceBy(120_000)
    expect(await calls(app).signOutGitlab({})).toEqual({ revoked: true })
    expect(await counts()).toMatchObject({ issued: 2, refreshed: 1, revoked: 1 })
  })

  test('of a token forgets it here and leaves it alone at GitLab', async () => {
    const app = await withZendesk()
    await connectToken(app)
    expect(await calls(app).signOutGitlab({})).toEqual({ revoked: false })
    expect(await app.vault.get(gitlabTokenKey)).toBeUndefined()
    expect(await connectToken(app)).toMatchObject({ state: 'ready' })
  })

  test('of Zendesk signs out of GitLab too', async () => {
    await ask.order('/gitlab/oauth', { approve: true })
    const app = await withZendesk(browser)
    await calls(app).startGitlabOauth(application())
    await settled(app)
    await calls(app).signOutZendesk({})
    expect(await view(app)).toMatchObject({ zendesk: null, gitlab: null })
    expect(await app.vault.get(gitlabOauthKey)).toBeUndefined()
    expect(await counts()).toMatchObject({ issued: 1, revoked: 1 })
    await calls(app).connectZendesk(own.description.zendesk)
    expect(await view(app)).toMatchObject({ gitlab: null })
  })

  test('is not needed to sign in to the same Zendesk anew: its GitLab stays', async () => {
    const app = await withZendesk()
    await connectToken(app)
    await calls(app).connectZendesk(own.description.zendesk)
    expect(await view(app)).toMatchObject({ gitlab: { state: 'ready' } })
    expect(await calls(app).checkGitlab({})).toMatchObject({ state: 'ready' })
  })

  test('where nothing is connected is refused in words', async () => {
    const app = await withZendesk()
    expect(await refusal(calls(app).signOutGitlab({}))).toBe('No GitLab is connected here. Connect one first.')
    expect(await refusal(calls(app).checkGitlab({}))).toBe('No GitLab is connected here. Connect one first.')
  })
})

test('a new sign-in by OAuth ends the former one and takes away a token that was used before', async () => {
  await ask.order('/gitlab/oauth', { approve: true })
  const app = await withZendesk(browser)
  await connectToken(app)
  await calls(app).startGitlabOauth(application())
  await settled(app)
  expect(await app.vault.get(gitlabTokenKey)).toBeUndefined()
  await calls(app).startGitlabOauth(application())
  await settled(app)
  expect(await counts()).toMatchObject({ issued: 2, revoked: 1 })
  expect(await calls(app).checkGitlab({})).toMatchObject({ state: 'ready' })
})

test('the sign-in is looked at again a day after it was looked at last', async () => {
  const app = await withZendesk()
  await connectToken(app)
  await app.stop()
  const folder = `zendesk-${new URL(own.description.zendesk.url).host.replace(':', '-')}`
  const db = new Database(join(app.dataDir, folder, 'understudy.db'))
  const aDayAgo = Date.now() - dayMs
  db.prepare(`UPDATE facts SET value = json_set(value, '$.checkedAt', ?) WHERE name = 'health'`).run(aDayAgo)
  db.close()
  const again = await runningService({ dataDir: app.dataDir, vault: app.vault })
  expect(await view(again)).toMatchObject({ gitlab: { health: { checkedAt: aDayAgo } } })
  again.service.start()
  await expect.poll(async () => (await view(again)).gitlab?.health?.checkedAt).toBeGreaterThan(aDayAgo)
  const looked = called('/personal_access_tokens/self').length
  await again.service.syncOnce()
  expect(called('/personal_access_tokens/self').length).toBe(looked)
  await again.stop()
})
