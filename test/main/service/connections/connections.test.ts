import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { safe } from '@orpc/client'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { apiTokenKey } from '#service/zendesk/credentials/token-credentials.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { runningService, type RunningService } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createAsk, type Ask } from '#test/simulator/ask.ts'

/** The person's own Zendesk. */
let own: Simulator
let ask: Ask
beforeEach(async () => {
  own = await createSimulator({ seed: 5, speed: 0, scale: 30 })
  ask = createAsk(own.description)
})
afterEach(() => own.stop())

const given = () => own.description.zendesk
const connect = ({ service }: RunningService, more: { url?: string; email?: string; token?: string } = {}) =>
  service.client.connections.connectZendesk({ ...given(), ...more })
const view = ({ service }: RunningService) => service.client.connections.get({})
const status = ({ service }: RunningService) => service.client.app.status({})

/** The folder of a Zendesk's workspace. */
const folderOf = ({ dataDir }: RunningService, url: string) =>
  join(dataDir, `zendesk-${new URL(url).host.replace(':', '-')}`)

/** What a call was refused with. */
async function refusal(call: Promise<unknown>): Promise<{ code: string; message: string; data: unknown }> {
  const { error } = await safe(call)
  if (!error || !('code' in error)) throw error ?? new Error('was not refused')
  return error as unknown as { code: string; message: string; data: unknown }
}

describe('connecting with a token', () => {
  test('opens the person’s own workspace, knows who they are and what their Zendesk offers', async () => {
    const app = await runningService()
    app.service.start()
    expect(await status(app)).toMatchObject({ workspace: 'sample' })
    const connection = await connect(app)
    expect(connection).toMatchObject({
      url: given().url,
      kind: 'api-token',
      user: { id: own.description.workspace.meId, role: 'agent' },
      state: 'ready',
      probe: { slas: { organization: 'yes', showMany: 'yes', search: 'yes', ticket: 'yes' }, ccsAndFollowers: 'on' },
      health: { endsAt: Date.UTC(2027, 3, 30) },
    })
    expect(await view(app)).toMatchObject({ zendesk: { url: given().url, state: 'ready' }, signIn: null })
    expect(await status(app)).toMatchObject({ workspace: 'real', me: { id: own.description.workspace.meId } })
    expect(app.events.filter(({ kind }) => kind === 'reset')).toHaveLength(1)
    expect(app.samples()).toBe(0)
  })

  test('keeps the token in the vault and nowhere else', async () => {
    const app = await runningService()
    await connect(app)
    expect(await app.vault.get(apiTokenKey)).toBe(given().token)
    expect(JSON.parse(app.settingsFile())).toMatchObject({ zendesk: { url: given().url, email: given().email } })
    expect(app.settingsFile()).not.toContain(given().token)
  })

  test('shows the calls it made, and lets addresses of that Zendesk be opened', async () => {
    const app = await runningService()
    await connect(app)
    const { zendesk } = await view(app)
    expect(zendesk?.meter).toMatchObject({ perMinute: 200, requestsLastHour: own.record().length })
    await app.service.client.app.openExternal({ url: `${given().url}/agent/tickets/1` })
    expect(app.opened).toEqual([`${given().url}/agent/tickets/1`])
  })

  test('that Zendesk refuses changes nothing', async () => {
    const app = await runningService()
    expect(await refusal(connect(app, { token: 'wrong' }))).toMatchObject({
      code: 'REFUSED',
      message: 'Zendesk refused this e-mail address and token. Check both.',
      data: { reason: 'unauthorized' },
    })
    expect(await status(app)).toMatchObject({ workspace: 'sample' })
    expect(await view(app)).toMatchObject({ zendesk: null, signIn: null })
    expect(await app.vault.get(apiTokenKey)).toBeUndefined()
    expect(app.settingsFile()).not.toContain(given().url)
    expect(app.events.filter(({ kind }) => kind === 'reset')).toEqual([])
  })

  test('of a customer is refused in words', async () => {
    const app = await runningService()
    await ask.order('/zendesk', { role: 'end-user' })
    expect(await refusal(connect(app))).toMatchObject({
      code: 'REFUSED',
      message: 'Zendesk knows nobody by this sign-in, or only a customer. Sign in as an agent.',
    })
    expect(await status(app)).toMatchObject({ workspace: 'sample' })
  })

  test('of a light agent is refused in words', async () => {
    const app = await runningService()
    await ask.order('/zendesk', { light_agent: true })
    expect(await refusal(connect(app))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringMatching(/^Zendesk lets you write internal notes only \(a light agent\)\..*administrator/),
    })
    expect(await status(app)).toMatchObject({ workspace: 'sample' })
    expect(await app.vault.get(apiTokenKey)).toBeUndefined()
  })

  test('that cannot be stored says so, and what was connected before goes on', async () => {
    const other = await createSimulator({ seed: 6, speed: 0, scale: 20 })
    onTestFinished(() => other.stop())
    const safe = createFailingVault()
    const app = await runningService({ vault: safe.vault })
    app.service.start()
    await connect(app, other.description.zendesk)
    safe.refuseWrites(true)
    expect(await refusal(connect(app))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringMatching(/did not take this one, so nothing was changed\. Unlock your keychain/),
    })
    expect((await view(app)).zendesk).toMatchObject({ url: other.description.zendesk.url, state: 'ready' })
    expect(safe.kept.get(apiTokenKey)).toBe(other.description.zendesk.token)
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    await app.stop()
  })

  test('never sends it to the Zendesk that was connected before', async () => {
    const other = await createSimulator({ seed: 6, speed: 0, scale: 20 })
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
    const first = await runningService({ vault })
    await connect(first, other.description.zendesk)
    await first.stop()
    // Started anew, so that nothing was asked with the former token yet.
    const app = await runningService({ vault, dataDir: first.dataDir })
    former.poll = async () => {
      former.poll = async () => undefined
      await app.service.syncOnce()
    }
    const before = other.record().length
    await connect(app)
    const polled = other.record().slice(before)
    expect(polled.length).toBeGreaterThan(0)
    expect(polled.filter((exchange) => exchange.status !== 200)).toEqual([])
  })

  test('takes an address as it is pasted, and refuses one that would give the token away', async () => {
    const app = await runningService()
    expect(await connect(app, { url: ` ${given().url}/agent/dashboard?x=1 ` })).toMatchObject({ url: given().url })
    const http = await refusal(connect(app, { url: 'http://acme.zendesk.com' }))
    expect(http).toMatchObject({ code: 'REFUSED', message: expect.stringContaining('unprotected over http') })
    const strange = await refusal(connect(app, { url: 'https://acme.zendesk.com@example.com' }))
    expect(strange.message).toContain('before the @')
    expect((await view(app)).zendesk?.url).toBe(given().url)
  })

  test('is warned of beforehand where the address is not one of Zendesk’s own, without asking anybody', async () => {
    const { service } = await runningService()
    const { readAddress } = service.client.connections
    expect(await readAddress({ url: 'acme' })).toEqual({ problem: null, warning: null })
    expect(await readAddress({ url: 'http://acme.zendesk.com' })).toEqual({
      problem: expect.stringContaining('unprotected over http'),
      warning: null,
    })
    expect(await readAddress({ url: 'support.acme.com' })).toEqual({
      problem: null,
      warning: expect.stringMatching(/^support\.acme\.com does not end with \.zendesk\.com\. Check that it is/),
    })
    const begun = await service.client.connections.startZendeskOauth({
      url: 'support.acme.com',
      clientId: 'understudy',
    })
    expect(begun.warning).toMatch(/^support\.acme\.com does not end with/)
    expect(own.record()).toEqual([])
  })

  test('is refused where the app was started to show the sample', async () => {
    const app = await runningService({ fixed: true })
    expect(await refusal(connect(app))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringMatching(/^Understudy was started to show the sample only\./),
    })
  })

  test('is connected also when what Zendesk offers cannot be found out at once', async () => {
    const app = await runningService()
    own.misbehave({ target: 'zendesk', kind: '401', pathContains: '/search', count: 1 })
    const { url, probe } = await connect(app)
    expect({ url, probe }).toEqual({ url: given().url, probe: null })
    expect(await status(app)).toMatchObject({ workspace: 'real' })
    expect((await app.service.client.connections.checkZendesk({})).probe).not.toBeNull()
  })
})

describe('another workspace', () => {
  test('that cannot be opened leaves the present one at work, and nothing of the new sign-in behind', async () => {
    const app = await runningService()
    app.service.start()
    const other = await createSimulator({ seed: 6, speed: 0, scale: 20 })
    onTestFinished(() => other.stop())
    const former = other.description.zendesk
    await connect(app, former)
    mkdirSync(folderOf(app, given().url))
    const future = new Database(join(folderOf(app, given().url), 'understudy.db'))
    future.pragma('user_version = 9999')
    future.close()
    expect(await refusal(connect(app))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining('written by a newer Understudy'),
    })
    expect((await view(app)).zendesk?.url).toBe(former.url)
    expect(await app.vault.get(apiTokenKey)).toBe(former.token)
    expect(JSON.parse(app.settingsFile())).toMatchObject({ zendesk: { url: former.url } })
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    await app.stop()
  })
})

describe('two sign-ins at once', () => {
  test('are made one after the other, and the later one stays', async () => {
    const other = await createSimulator({ seed: 6, speed: 0, scale: 20 })
    onTestFinished(() => other.stop())
    const app = await runningService()
    app.service.start()
    const ends = await Promise.allSettled([connect(app), connect(app, other.description.zendesk)])
    const { zendesk } = await view(app)
    const stays = zendesk?.url === given().url ? own : other
    const answers = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
    expect(answers).toContainEqual(expect.objectContaining({ url: stays.description.zendesk.url }))
    expect(await app.vault.get(apiTokenKey)).toBe(stays.description.zendesk.token)
    expect(JSON.parse(app.settingsFile())).toMatchObject({ zendesk: { url: stays.description.zendesk.url } })
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    await app.stop()
  })
})

describe('a sync that is under way', () => {
  test('ends at a safe point when another workspace is opened, and nothing is left open', async () => {
    const unhandled: unknown[] = []
    const note = (reason: unknown) => void unhandled.push(reason)
    process.on('unhandledRejection', note)
    const app = await runningService()
    app.service.start()
    await connect(app)
    const [account] = own.description.workspace.accounts
    await app.service.client.accounts.add({ organizationId: account?.id ?? 0 })
    const running = app.service.client.sync.run({})
    await app.service.client.connections.signOutZendesk({})
    await running.catch(() => undefined)
    await connect(app)
    expect(await app.service.client.accounts.list({})).toMatchObject({ accounts: [{ id: account?.id }] })
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    const { accounts } = await app.service.client.accounts.list({})
    const truth = own.truth().tickets.filter((ticket) => ticket.organizationId === account?.id)
    const { tickets } = await app.service.client.tickets.list({ limit: 500, organizationId: account?.id })
    expect(tickets).toHaveLength(truth.length)
    expect(accounts[0]?.freshness.problem).toBeNull()
    await app.stop()
    expect(app.samples()).toBe(0)
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })

  test('and a switch that is under way do not keep the service from stopping', async () => {
    const app = await runningService()
    app.service.start()
    const connecting = connect(app).catch(() => null)
    await expect.poll(() => own.record().length).toBeGreaterThan(0)
    await app.stop()
    await connecting
    expect(app.samples()).toBe(0)
  })
})

describe('signing out', () => {
  test('shows the sample again, forgets the token and keeps what was stored for the next time', async () => {
    const app = await runningService()
    await connect(app)
    const [account] = own.description.workspace.accounts
    await app.service.client.accounts.add({ organizationId: account?.id ?? 0 })
    expect(await app.service.client.connections.signOutZendesk({})).toEqual({ revoked: false })
    expect(await status(app)).toMatchObject({ workspace: 'sample' })
    expect(await view(app)).toMatchObject({ zendesk: null })
    expect(await app.vault.get(apiTokenKey)).toBeUndefined()
    expect(JSON.parse(app.settingsFile())).toMatchObject({ zendesk: null })
    expect(app.events.filter(({ kind }) => kind === 'reset')).toHaveLength(2)
    expect(existsSync(join(folderOf(app, given().url), 'understudy.db'))).toBe(true)
    await connect(app)
    const { accounts } = await app.service.client.accounts.list({})
    expect(accounts.map(({ id }) => id)).toEqual([account?.id])
  })

  test('is refused while nothing is connected, and so is checking', async () => {
    const { service } = await runningService()
    const words = 'No Zendesk is connected here. Connect one first.'
    expect(await refusal(service.client.connections.signOutZendesk({}))).toMatchObject({ message: words })
    expect(await refusal(service.client.connections.checkZendesk({}))).toMatchObject({ message: words })
  })

  test('comes to nothing when the sample cannot be opened: the person is still connected', async () => {
    let works = true
    const app = await runningService({
      async launchSimulator(options) {
        if (!works) throw new Error('no room')
        const { description, stop } = await createSimulator({ ...options, speed: 0, scale: 20 })
        return { description, stop }
      },
    })
    await connect(app)
    works = false
    expect(await refusal(app.service.client.connections.signOutZendesk({}))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringMatching(/could not be opened, so nothing was changed: what is here goes on/),
    })
    expect(await app.vault.get(apiTokenKey)).toBe(given().token)
    expect(JSON.parse(app.settingsFile())).toMatchObject({ zendesk: { url: given().url } })
    expect((await app.service.client.connections.checkZendesk({})).state).toBe('ready')
  })

  test('comes to nothing when the sample cannot be stored: the person is still connected, and nothing was ended', async () => {
    let works = true
    const app = await runningService({
      async launchSimulator(options) {
        const { description, stop } = await createSimulator({ ...options, speed: 0, scale: 20 })
        const { workspace } = description
        const coverages = workspace.coverages.map((coverage) => ({ ...coverage, absenceId: 'of nobody' }))
        return { description: works ? description : { ...description, workspace: { ...workspace, coverages } }, stop }
      },
    })
    app.service.start()
    await connect(app)
    works = false
    expect(await refusal(app.service.client.connections.signOutZendesk({}))).toMatchObject({
      code: 'REFUSED',
      message: expect.stringMatching(/could not be opened, so nothing was changed/),
    })
    expect(await app.vault.get(apiTokenKey)).toBe(given().token)
    expect(await status(app)).toMatchObject({ workspace: 'real' })
    expect((await app.service.client.connections.checkZendesk({})).state).toBe('ready')
    expect(await app.service.syncOnce()).toMatchObject({ problems: [] })
    await app.stop()
  })

  test('works where only what is stored is read', async () => {
    const app = await runningService()
    await connect(app)
    await app.stop()
    const reader = await runningService({ dataDir: app.dataDir, vault: app.vault, connect: false })
    expect(await reader.service.client.connections.signOutZendesk({})).toEqual({ revoked: false })
    expect(await app.vault.get(apiTokenKey)).toBeUndefined()
  })
})

describe('how the connection stands', () => {
  test('is told when the token is switched off, and again when it is on', async () => {
    const app = await runningService()
    await connect(app)
    await ask.order('/zendesk', { api_token: false })
    await app.service.syncOnce()
    expect((await view(app)).zendesk).toMatchObject({
      state: 'sign-in-needed',
      problem: 'Zendesk refused the sign-in. Sign in again in Settings.',
    })
    const told = app.events.filter(({ kind }) => kind === 'connections').length
    await ask.order('/zendesk', { api_token: true })
    await app.service.syncOnce()
    expect((await view(app)).zendesk).toMatchObject({ state: 'ready', problem: null })
    expect(app.events.filter(({ kind }) => kind === 'connections').length).toBeGreaterThan(told)
  })

  test('is told when Zendesk cannot be reached, and what was stored stays', async () => {
    const app = await runningService()
    await connect(app)
    await ask.order('/port', { target: 'zendesk', open: false })
    const check = refusal(app.service.client.connections.checkZendesk({}))
    // Back on the network, it seems: the waits between the tries end, one after the other.
    const waking = setInterval(() => app.service.wake(), 5)
    await check.finally(() => clearInterval(waking))
    expect((await view(app)).zendesk).toMatchObject({
      state: 'unreachable',
      problem: expect.stringContaining('refuses the connection'),
      probe: { role: 'agent' },
    })
    expect(await status(app)).toMatchObject({ workspace: 'real' })
    await ask.order('/port', { target: 'zendesk', open: true })
    app.service.wake()
    await app.service.client.connections.checkZendesk({})
    expect((await view(app)).zendesk).toMatchObject({ state: 'ready', problem: null })
  })

  test('is known after a restart from what was stored, without asking', async () => {
    const app = await runningService()
    await connect(app)
    await app.stop()
    const calls = own.record().length
    const again = await runningService({ dataDir: app.dataDir, vault: app.vault })
    expect((await view(again)).zendesk).toMatchObject({ url: given().url, state: 'ready', probe: { role: 'agent' } })
    expect(own.record()).toHaveLength(calls)
  })
})
