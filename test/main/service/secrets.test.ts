import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callProcedure, procedureNames } from '#service/doors/call-procedure.ts'
import type { SignInWindow } from '#service/ports.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createCookieJarBrowser } from '#test/support/cookie-jar-fetch.ts'
import { createFailingVault } from '#test/support/failing-vault.ts'
import { runningService, type RunningService } from '#test/support/running-service.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { createAsk, type Ask } from '#test/simulator/ask.ts'

/** The person's own Zendesk. */
let own: Simulator
let ask: Ask
/** Secrets of sign-ins as they went to and fro. */
let wire: Set<string>
let stopListening: () => void
beforeEach(async () => {
  wire = new Set()
  stopListening = listenOnTheWire()
  own = await createSimulator({ seed: 5, speed: 0, scale: 30 })
  ask = createAsk(own.description)
})
afterEach(async () => {
  stopListening()
  await own.stop()
})

/** What ends what the tests look at, or never ends. */
const leftOut: ReadonlySet<string> = new Set([
  'accounts.remove',
  'connections.signOutZendesk',
  'connections.signOutGitlab',
  'events.stream',
  'sync.run',
])

/** A service in which everything that anybody is told is remembered. */
async function listened(parts: Parameters<typeof runningService>[0]) {
  const safe = createFailingVault()
  let app = await runningService({ ...parts, vault: safe.vault })
  const earlier: RunningService[] = []
  const heard: string[] = []
  const call = async (name: string, input: object = {}): Promise<unknown> => {
    const answer = await callProcedure(app.service.router, name, input).catch((error: unknown) => error)
    heard.push(inspect(answer, { depth: null, showHidden: true }))
    return answer
  }
  return {
    safe,
    call,
    sync: () => app.service.syncOnce().then((result) => heard.push(inspect(result))),
    wake: () => app.service.wake(),
    /** Asks for everything that can be asked for. */
    async askAround() {
      const [account] = own.description.workspace.accounts
      const ticket = own.truth().tickets.find(({ organizationId }) => organizationId === account?.id)
      const inputs = [{}, { id: account?.id }, { id: ticket?.id }, { name: 'Ca' }]
      for (const name of procedureNames) for (const input of inputs) if (!leftOut.has(name)) await call(name, input)
    },
    async restart() {
      await app.stop()
      earlier.push(app)
      app = await runningService({ ...parts, vault: safe.restart(), dataDir: app.dataDir })
    },
    stop: () => app.stop(),
    /** All that lies on disk and was told, by where it was found. */
    traces(): ReadonlyMap<string, Buffer> {
      const runs = [...earlier, app]
      const files = readdirSync(app.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      return new Map([
        ...files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name))] as const),
        ['log', Buffer.from(runs.flatMap(({ log }) => log).join('\n'))],
        ['told', Buffer.from(runs.flatMap(({ told }) => told).join('\n'))],
        ['events', Buffer.from(JSON.stringify(runs.flatMap(({ events }) => events)))],
        ['answers', Buffer.from(heard.join('\n'))],
      ])
    },
  }
}

type Listened = Awaited<ReturnType<typeof listened>>

/** Back on the network, it seems: the waits between tries end, one after the other. */
async function awake(app: Listened, work: () => Promise<unknown>): Promise<void> {
  const waking = setInterval(app.wake, 5)
  await work().finally(() => clearInterval(waking))
}

/** Follows an account, syncs, writes a note, meets trouble of every kind, and starts anew in between. */
async function aDayOfWork(app: Listened): Promise<void> {
  const [account] = own.description.workspace.accounts
  await app.call('accounts.add', { organizationId: account?.id })
  await app.sync()
  const ticket = own
    .truth()
    .tickets.find(({ organizationId, status }) => organizationId === account?.id && status === 'open')
  const intent = { kind: 'internal-note', ticketId: ticket?.id, body: 'Seen.' }
  const preview = (await app.call('outbox.preview', { intents: [intent] })) as { previews: { stamp: number }[] }
  await app.call('outbox.send', { orders: [{ intent, stamp: preview.previews[0]?.stamp ?? 0 }] })
  await app.sync()
  expect(await app.call('outbox.list')).toMatchObject({ entries: [{ state: 'verified' }] })
  await app.askAround()
  for (const kind of ['401', '403', '422', 'html', 'truncate'] as const) {
    own.misbehave({ target: 'zendesk', kind, count: 2 })
    await awake(app, () => app.call('connections.checkZendesk'))
    await awake(app, app.sync)
    await ask.order('/misbehave/clear')
  }
  app.safe.refuseWrites(true)
  own.advanceBy(49 * 3_600_000)
  await app.sync()
  await app.call('connections.checkZendesk')
  app.safe.refuseWrites(false)
  await app.restart()
  await app.sync()
  await app.askAround()
}

/** Every secret that crossed the wire: what signed a call, and what was handed out or in for that. */
const secretsOnTheWire = (): readonly string[] => [...wire].filter((secret) => secret.length > 12)

/** Looks at everything this process sends and is sent. The simulator's own record has no secrets. */
function listenOnTheWire(): () => void {
  const { fetch } = globalThis
  const note = (headers: Headers, body: unknown) => {
    const found = [...signingWords(headers), ...(typeof body === 'string' ? members(body) : [])]
    for (const secret of found) wire.add(secret)
  }
  globalThis.fetch = async (input, init) => {
    note(new Headers(init?.headers), init?.body)
    const answer = await fetch(input, init)
    note(
      answer.headers,
      await answer
        .clone()
        .text()
        .catch(() => null),
    )
    return answer
  }
  return () => void (globalThis.fetch = fetch)
}

function signingWords(headers: Headers): readonly string[] {
  const [, scheme, signed = ''] = /^(\w+) (.*)$/.exec(headers.get('authorization') ?? '') ?? []
  const plain =
    scheme === 'Basic'
      ? Buffer.from(signed, 'base64')
          .toString()
          .replace(/^.*\/token:/, '')
      : signed
  const code = URL.parse(headers.get('location') ?? '')?.searchParams.get('code')
  const cookies = [headers.get('cookie') ?? '', ...headers.getSetCookie()].flatMap(cookiesIn)
  const others = ['x-csrf-token', 'private-token'].map((name) => headers.get(name) ?? '')
  return [signed, plain, code ?? '', ...cookies, ...others]
}

const cookiesIn = (text: string): readonly string[] =>
  [...text.matchAll(/_zendesk_session=([^;]+)/g)].map(([, value = '']) => value)

const secretMember =
  /"(?:access_token|refresh_token|code|code_verifier|device_code|authenticity_token|full_token)"\s*:\s*"([^"]+)"/g
const secretField = /(?:^|&)(?:code|code_verifier|device_code|refresh_token|token)=([^&]+)/g
const members = (text: string): readonly string[] =>
  [...text.matchAll(secretMember), ...text.matchAll(secretField)].map(([, value = '']) => value)

/** Where which secret was found; nothing is what is wanted. */
function leaks(traces: ReadonlyMap<string, Buffer>, secrets: readonly string[]): readonly string[] {
  return [...traces].flatMap(([place, content]) =>
    secrets.flatMap((secret) =>
      [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')].some((form) =>
        content.includes(form),
      )
        ? `${secret} in ${place}`
        : [],
    ),
  )
}

describe('from connecting to signing out, no secret is in the log, on disk, in an answer, an error or a sentence', () => {
  test('of an API token', async () => {
    const app = await listened({})
    await app.call('connections.connectZendesk', { ...own.description.zendesk, token: 'canary-token-that-is-wrong' })
    app.safe.refuseWrites(true)
    await app.call('connections.connectZendesk', own.description.zendesk)
    app.safe.refuseWrites(false)
    await app.call('connections.connectZendesk', own.description.zendesk)
    await aDayOfWork(app)
    expect(await app.call('connections.signOutZendesk')).toEqual({ revoked: false })
    const secrets = secretsOnTheWire()
    expect(secrets).toEqual(expect.arrayContaining([own.description.zendesk.token, 'canary-token-that-is-wrong']))
    expect(leaks(app.traces(), secrets)).toEqual([])
    await app.stop()
    expect(leaks(app.traces(), secrets)).toEqual([])
  }, 30_000)

  test('of an OAuth sign-in: codes, verifiers and every pair of tokens', async () => {
    await ask.order('/oauth', { approve: true })
    const app = await listened({ openExternal: async (url) => void (await fetch(url)) })
    const { url } = own.description.zendesk
    await app.call('connections.startZendeskOauth', { url, clientId: 'understudy' })
    await expect.poll(() => app.call('connections.get')).toMatchObject({ zendesk: { kind: 'oauth' }, signIn: null })
    await aDayOfWork(app)
    expect((await ask.look('/oauth')).body).toMatchObject({ refreshed: 2 })
    expect(await app.call('connections.signOutZendesk')).toEqual({ revoked: true })
    const secrets = secretsOnTheWire()
    expect(secrets.length).toBeGreaterThanOrEqual(6)
    expect(leaks(app.traces(), secrets)).toEqual([])
    await app.stop()
    expect(leaks(app.traces(), secrets)).toEqual([])
  }, 30_000)

  test('of a sign-in on the company’s own page: cookies and the tokens of writes', async () => {
    const jar = createCookieJarBrowser()
    const signInWindow: SignInWindow = {
      fetch: jar.fetch,
      async open(url) {
        await jar.signInAt(`${url}/agent`, own.description.zendesk.email)
        return 'signed-in'
      },
      signOut: () => jar.forgetCookies(),
    }
    const app = await listened({ signInWindow })
    await app.call('connections.startZendeskSession', { url: own.description.zendesk.url })
    await expect.poll(() => app.call('connections.get')).toMatchObject({ zendesk: { kind: 'session' }, signIn: null })
    await aDayOfWork(app)
    await app.call('connections.signOutZendesk')
    const secrets = secretsOnTheWire()
    expect(secrets.length).toBeGreaterThanOrEqual(2)
    expect(app.safe.kept.size).toBe(0)
    expect(leaks(app.traces(), secrets)).toEqual([])
    await app.stop()
    expect(leaks(app.traces(), secrets)).toEqual([])
  }, 30_000)
})

describe('of a GitLab beside it, no secret is in the log, on disk, in an answer, an error or a sentence', () => {
  /** Follows an account with issues, syncs, meets trouble of every kind at GitLab, and starts anew in between. */
  async function aDayWithIssues(app: Listened): Promise<void> {
    const account = own.description.workspace.accounts.find(({ label, gitlabGroup }) => label && gitlabGroup)
    await app.call('accounts.add', {
      organizationId: account?.id,
      label: account?.label,
      gitlabGroup: account?.gitlabGroup,
    })
    await app.sync()
    expect(await app.call('issues.list', { state: 'all' })).not.toMatchObject({ total: 0 })
    await app.askAround()
    for (const kind of ['401', '403', '422', 'html', 'truncate'] as const) {
      own.misbehave({ target: 'gitlab', kind, count: 2 })
      await awake(app, () => app.call('connections.checkGitlab'))
      await awake(app, app.sync)
      await ask.order('/misbehave/clear')
    }
    app.safe.refuseWrites(true)
    own.advanceBy(3 * 3_600_000)
    await app.sync()
    await app.call('connections.checkGitlab')
    app.safe.refuseWrites(false)
    await app.restart()
    await app.sync()
    await app.askAround()
  }

  test('of a personal access token', async () => {
    const app = await listened({})
    await app.call('connections.connectZendesk', own.description.zendesk)
    const { gitlab } = own.description
    await app.call('connections.connectGitlabToken', { ...gitlab, token: 'canary-token-that-is-wrong' })
    app.safe.refuseWrites(true)
    await app.call('connections.connectGitlabToken', gitlab)
    app.safe.refuseWrites(false)
    await app.call('connections.connectGitlabToken', gitlab)
    await aDayWithIssues(app)
    expect(await app.call('connections.signOutGitlab')).toEqual({ revoked: false })
    const secrets = secretsOnTheWire()
    expect(secrets).toEqual(expect.arrayContaining([gitlab.token, 'canary-token-that-is-wrong']))
    expect(leaks(app.traces(), secrets)).toEqual([])
    await app.stop()
    expect(leaks(app.traces(), secrets)).toEqual([])
  }, 30_000)

  test('of an OAuth sign-in, by a code and in the browser: codes, verifiers and every pair of tokens', async () => {
    await ask.order('/gitlab/oauth', { approve: true, interval: 1 })
    const app = await listened({ openExternal: async (url) => void (await fetch(url)) })
    await app.call('connections.connectZendesk', own.description.zendesk)
    const application = { url: own.description.gitlab.url, clientId: 'understudy', mode: 'read-write' }
    const connected = { gitlab: { kind: 'oauth' }, gitlabSignIn: null }
    await app.call('connections.startGitlabDevice', application)
    own.advanceBy(2000)
    await expect.poll(() => app.call('connections.get'), { timeout: 5000 }).toMatchObject(connected)
    await app.call('connections.startGitlabOauth', application)
    await expect.poll(() => app.call('connections.get'), { timeout: 5000 }).toMatchObject(connected)
    await aDayWithIssues(app)
    // Once because of a refusal, once because of its age.
    expect((await ask.look('/gitlab/oauth')).body).toMatchObject({ refreshed: 2 })
    expect(await app.call('connections.signOutGitlab')).toEqual({ revoked: true })
    const secrets = secretsOnTheWire()
    expect(secrets.length).toBeGreaterThanOrEqual(9)
    expect(leaks(app.traces(), secrets)).toEqual([])
    await app.stop()
    expect(leaks(app.traces(), secrets)).toEqual([])
  }, 30_000)
})

test('a secret is found wherever it lies, also in base64 and in an address', () => {
  const secret = 'canary/8c1f+='
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  const traces = new Map(forms.map((form, at) => [`place ${at}`, Buffer.from(`before ${form} after`)]))
  expect(leaks(traces, [secret])).toEqual(forms.map((_, at) => `${secret} in place ${at}`))
})
