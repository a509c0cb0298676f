import { describe, expect, onTestFinished, test } from 'vitest'
import { listCursors } from '#service/db/cursors.ts'
import { listEvents } from '#service/db/events.ts'
import { listIssues } from '#service/db/read-issues.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { createGitlabApi } from '#service/gitlab/gitlab-api.ts'
import { createSync } from '#service/sync/create-sync.ts'
import { createTransport } from '#service/transport/transport.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { scriptedSources } from '#test/support/scripted-sources.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { aWorkspace, wednesday } from '#test/support/work-values.ts'
import { createAsk } from '#test/simulator/ask.ts'

/** An answer in place of GitLab's own. */
interface Spoiled {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const minuteMs = 60_000

/** A whole sync with a simulated GitLab, of one account whose place is a group and one whose place is a project. */
async function setUp() {
  const simulator = await createSimulator({ anchor: wednesday, now: wednesday, speed: 0, scale: 30 })
  onTestFinished(() => simulator.stop())
  const { gitlab, workspace } = simulator.description
  const accountCalled = (name: string) => {
    const account = workspace.accounts.find((one) => one.name === name)
    if (!account) throw new Error(`There is no ${name}`)
    return { ...account, aseId: 12 }
  }
  const [grouped, single] = [accountCalled('Cascadia Freight'), accountCalled('Brandt & Söhne')]
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace({ accounts: [grouped, single], absences: [], coverages: [] }))
  const clock = createLeapingClock(wednesday)
  let spoiled: { readonly part: RegExp; readonly answer: Spoiled; readonly always: boolean } | null = null
  const spoil = (path: string): Response | null => {
    if (!spoiled?.part.test(path)) return null
    const { answer, always } = spoiled
    if (!always) spoiled = null
    const isText = typeof answer.body === 'string'
    const headers = { 'Content-Type': isText ? 'text/plain' : 'application/json', ...answer.headers }
    return new Response(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body), {
      status: answer.status,
      headers,
    })
  }
  const asked: string[] = []
  const transport = createTransport({
    ...{ name: 'GitLab', origin: gitlab.url, log: createSilentLog(), clock },
    signal: new AbortController().signal,
    fetch: async (url, init) => {
      const path = new Request(url).url.slice(gitlab.url.length)
      asked.push(path)
      return spoil(path) ?? fetch(url, init)
    },
  })
  const send = (request: Parameters<typeof transport.request>[0]) =>
    transport.request({ ...request, headers: { ...request.headers, 'Private-Token': gitlab.token } })
  const { sources } = scriptedSources({})
  const sync = createSync({
    ...{ db, clock, log: createSilentLog(), stopping: new AbortController().signal },
    sources: { ...sources, gitlab: { api: createGitlabApi({ url: gitlab.url, send }), transport } },
    ...{ everySeconds: () => 60, workSince: () => 0 },
    ...{ onPage: () => undefined, onStep: () => undefined, onState: () => undefined },
  })
  const ask = createAsk(simulator.description)
  const truth = async () => (await ask.look('/truth')).body.issues as TrueIssue[]
  return {
    ...{ db, sync, ask, clock, asked, grouped, single, truth },
    /** From now on GitLab answers something else to some paths. */
    spoil: (part: RegExp, answer: Spoiled) => void (spoiled = { part, answer, always: true }),
    spoilOnce: (part: RegExp, answer: Spoiled) => void (spoiled = { part, answer, always: false }),
    heal: () => void (spoiled = null),
    /** Later, past whatever waits after a failure. */
    async later(minutes = 20) {
      clock.step(minutes * minuteMs)
      return sync.run()
    },
    stored: () => listIssues(db, { accountId: undefined, state: 'all', limit: 1000, offset: 0 }).issues,
    problems: () =>
      Object.fromEntries(listCursors(db).flatMap(({ scope, problem }) => (problem === null ? [] : [[scope, problem]]))),
    fates: () =>
      listEvents(db, 0, 10_000).flatMap(({ subject, changes }) =>
        'fate' in changes ? [`${subject} ${String(changes['fate']?.to)}`] : [],
      ),
  }
}

interface TrueIssue {
  readonly id: number
  readonly iid: number
  readonly title: string
  readonly labels: readonly string[]
  readonly projectId: number
  readonly projectPath: string
  readonly isGone: boolean
}

type Setting = Awaited<ReturnType<typeof setUp>>

/** Issues of both accounts as they are in GitLab, by number and title. */
async function there({ truth, grouped, single }: Setting): Promise<string[]> {
  const own = (await truth()).filter(
    ({ labels, isGone, projectPath }) =>
      !isGone &&
      [grouped, single].some(
        ({ label, gitlabGroup }) =>
          labels.includes(label ?? '') && `${projectPath}/`.startsWith(`${gitlabGroup ?? '?'}/`),
      ),
  )
  return own.map(({ projectId, iid, title }) => `${projectId}/${iid} ${title}`).toSorted()
}

const held = ({ stored }: Setting) =>
  stored()
    .filter(({ kind, fate }) => kind === 'issue' && fate === null)
    .map(({ projectId, iid, title }) => `${projectId}/${iid} ${title}`)
    .toSorted()

/** Somebody works in GitLab: one more issue for each account, and another title for one. */
async function work(setting: Setting): Promise<void> {
  for (const { label, gitlabGroup } of [setting.grouped, setting.single]) {
    const one = (await setting.truth()).find(
      ({ labels, projectPath }) => labels.includes(label ?? '') && projectPath.startsWith(gitlabGroup ?? '?'),
    )
    await setting.ask.order(`/gitlab/projects/${one?.projectId}/issues`, { title: 'A new one', labels: [label] })
    await setting.ask.order(`/gitlab/items/${one?.id}`, { title: 'Another title' })
  }
}

const html = '<!DOCTYPE html><html><body><h1>Nordwind GmbH</h1><p>502 Bad Gateway</p></body></html>'
const labelList = /\/(groups|projects)\/[^/]+\/issues\?labels=/

/** What GitLab answers, and what is said of it. "Nordwind" stands for what is of a customer. */
const troubles: readonly (readonly [string, Spoiled, RegExp])[] = [
  [
    '400 with an error',
    { status: 400, body: { error: 'sort of Nordwind does not have a valid value' } },
    /^GitLab did not accept the request \(400\)\.$/,
  ],
  [
    '422 with messages by field',
    { status: 422, body: { message: { base: ['Nordwind is too long'] } } },
    /^GitLab did not accept the request \(422\)\.$/,
  ],
  ['401 with a message', { status: 401, body: { message: '401 Unauthorized' } }, /refused the sign-in\. Sign in again/],
  [
    '401 with an error and its description',
    { status: 401, body: { error: 'invalid_token', error_description: 'Token of Nordwind was revoked.' } },
    /refused the sign-in\. Sign in again/,
  ],
  [
    '403 for want of a scope',
    { status: 403, body: { error: 'insufficient_scope', error_description: 'Nordwind', scope: 'api read_api' } },
    /lacks the right for it \(403\)\. Sign in again under Connections in Settings: “read_api” is enough/,
  ],
  [
    '403 for want of a permission',
    {
      status: 403,
      body: {
        error: 'insufficient_granular_scope',
        error_description: 'Your token lacks the required permissions: [read_issue] for "nordwind".',
      },
    },
    /this token lacks a permission for it, read_issue \(403\)/,
  ],
  [
    '403 for the licence',
    { status: 403, body: { message: '403 Forbidden' } },
    /its licence does not include it, or your role there does not/,
  ],
  [
    '404 for want of access',
    { status: 404, body: { message: '404 Group Not Found' } },
    /does not have this, or does not let you see it \(404\); it says the same of both/,
  ],
  ['404 with an error', { status: 404, body: { error: '404 Not Found' } }, /\(404\); it says the same of both/],
  [
    '429 in plain text',
    { status: 429, body: 'Retry later, Nordwind\n', headers: { 'Retry-After': '77' } },
    /^GitLab asks to wait until .*Understudy goes on by itself afterwards\.$/,
  ],
  [
    '502 with a page',
    { status: 502, body: html, headers: { 'Content-Type': 'text/html' } },
    /^GitLab has trouble of its own \(502\)\. Understudy tries again by itself\.$/,
  ],
  [
    '503 with a message',
    { status: 503, body: { message: 'Nordwind is in maintenance' } },
    /^GitLab has trouble of its own \(503\)/,
  ],
  [
    'a sign-in page with status 200',
    { status: 200, body: html, headers: { 'Content-Type': 'text/html; charset=utf-8' } },
    /sent a web page where data was due/,
  ],
  ['an answer that is cut off', { status: 200, body: '[{"title": "Nord' }, /cut off or not JSON/],
  [
    'issues of a foreign shape',
    { status: 200, body: [{ name: 'Nordwind' }] },
    /^GitLab sent issues of an unknown shape \(0\.\w+\)\.$/,
  ],
]

describe('a list that GitLab does not give', () => {
  test.each(troubles)(
    '%s: said in words, nothing is lost, and the next run repairs it',
    async (_what, answer, words) => {
      const setting = await setUp()
      expect(await setting.sync.run()).toMatchObject({ problems: [] })
      const before = held(setting)
      expect(before.length).toBeGreaterThan(3)
      expect(before).toEqual(await there(setting))

      await work(setting)
      setting.spoil(labelList, answer)
      const { problems } = await setting.later()
      const told = problems.filter(({ scope }) => scope.startsWith('label:')).map(({ problem }) => problem)
      expect(told).toHaveLength(2)
      for (const problem of told) expect(problem).toMatch(words)
      expect(setting.problems()).toMatchObject({
        [`label:${setting.grouped.id}`]: expect.stringMatching(words) as string,
        [`label:${setting.single.id}`]: expect.stringMatching(words) as string,
      })
      expect(JSON.stringify([problems, setting.problems()])).not.toMatch(/nordwind/i)
      expect(setting.sync.state).toBe('error')
      // Numbers are looked through by another call, which may have met the new title.
      expect(held(setting)).toHaveLength(before.length)
      expect(setting.fates()).toEqual([])

      setting.heal()
      expect(await setting.later()).toMatchObject({ problems: [] })
      expect(setting.problems()).toEqual({})
      expect(setting.sync.state).toBe('idle')
      expect(held(setting)).toEqual(await there(setting))
      expect(setting.fates()).toEqual([])
    },
  )

  test('at the very first run: nothing is stored, and the next run reads all of it', async () => {
    const setting = await setUp()
    setting.spoil(/./, { status: 404, body: { message: '404 Group Not Found' } })
    const { problems } = await setting.sync.run()
    expect(problems).not.toEqual([])
    for (const { problem } of problems) expect(problem).toMatch(/Check the path of the group or project/)
    expect(setting.stored()).toEqual([])
    setting.heal()
    expect(await setting.later()).toMatchObject({ problems: [] })
    expect(held(setting)).toEqual(await there(setting))
  })

  test('once, and then does: the run itself makes good for it', async () => {
    for (const answer of [
      { status: 429, body: 'Retry later\n', headers: { 'Retry-After': '77' } },
      { status: 502, body: html, headers: { 'Content-Type': 'text/html' } },
      { status: 200, body: '[{"title":' },
    ]) {
      const setting = await setUp()
      setting.spoilOnce(labelList, answer)
      expect(await setting.sync.run()).toMatchObject({ problems: [] })
      expect(held(setting)).toEqual(await there(setting))
      const isPause = setting.clock.waits.some((ms) => ms >= 77_000)
      expect(isPause).toBe(answer.status === 429)
    }
  })
})

describe('epics that are refused', () => {
  test.each<[string, Spoiled, RegExp]>([
    ['by the licence', { status: 403, body: { message: '403 Forbidden' } }, /its licence does not include it/],
    [
      'for want of a scope',
      { status: 403, body: { error: 'insufficient_scope' } },
      /Sign in again under Connections in Settings/,
    ],
    ['by a gateway', { status: 502, body: html }, /trouble of its own \(502\)/],
  ])('%s: issues come as before, and the epics that are stored stay', async (_what, answer, words) => {
    const setting = await setUp()
    await setting.sync.run()
    const epics = () => setting.stored().filter(({ kind, fate }) => kind === 'epic' && fate === null).length
    const before = epics()
    expect(before).toBeGreaterThan(0)
    await work(setting)
    setting.spoil(/\/epics/, answer)
    const { problems } = await setting.later()
    expect(problems.map(({ scope }) => scope)).toEqual([`epics:${setting.grouped.id}`])
    expect(problems[0]?.problem).toMatch(words)
    expect(held(setting)).toEqual(await there(setting))
    expect(epics()).toBe(before)
    setting.heal()
    expect(await setting.later()).toMatchObject({ problems: [] })
    expect(setting.problems()).toEqual({})
    expect(epics()).toBe(before)
    expect(setting.fates()).toEqual([])
  })
})

describe('numbers of issues', () => {
  test('that make too long an address are asked for in parts, and what lost its label without a trace is found', async () => {
    const setting = await setUp()
    await setting.sync.run()
    const { ask, single } = setting
    const own = (await setting.truth()).filter(({ projectPath }) => projectPath === single.gitlabGroup)
    const projectId = own[0]?.projectId
    for (let count = 0; count < 30; count += 1) {
      await ask.order(`/gitlab/projects/${projectId}/issues`, { title: `Work ${count}`, labels: [single.label] })
    }
    await setting.later()
    const lost = (await setting.truth()).filter(({ title }) => title === 'Work 17' || title === 'Work 3')
    for (const { id } of lost) await ask.order(`/gitlab/items/${id}`, { labels: ['noise'], touch: false })
    await ask.order('/gitlab', { longest_url: 330 })
    setting.asked.length = 0
    expect(await setting.later()).toMatchObject({ problems: [] })
    const lengths = setting.asked.filter((path) => path.includes('iids')).map((path) => path.length)
    expect(lengths.some((length) => length > 330)).toBe(true)
    expect(lengths.filter((length) => length <= 330).length).toBeGreaterThan(1)
    expect(setting.fates().toSorted()).toEqual(lost.map(({ iid }) => `issue:${projectId}/${iid} unlabelled`).toSorted())
    expect(held(setting)).toEqual(await there(setting))
  })
})

describe('a project', () => {
  const projectOf = async (setting: Setting) => {
    const own = (await setting.truth()).find(({ projectPath }) => projectPath === setting.single.gitlabGroup)
    if (!own) throw new Error('There is no project')
    return own.projectId
  }

  test('that was renamed is read on by its id', async () => {
    const setting = await setUp()
    await setting.sync.run()
    const id = await projectOf(setting)
    await setting.ask.order(`/gitlab/projects/${id}`, { path: 'brandt-soehne/renamed' })
    await setting.ask.order(`/gitlab/projects/${id}/issues`, { title: 'After that', labels: [setting.single.label] })
    expect(await setting.later()).toMatchObject({ problems: [] })
    expect(setting.stored().find(({ title }) => title === 'After that')).toMatchObject({
      accountId: setting.single.id,
      reference: expect.stringMatching(/^brandt-soehne\/renamed#\d+$/) as string,
    })
    expect(setting.fates()).toEqual([])
  })

  test('that is found only now under its former path is followed to where it is', async () => {
    const setting = await setUp()
    const id = await projectOf(setting)
    await setting.ask.order(`/gitlab/projects/${id}`, { path: 'brandt-soehne/renamed' })
    expect(await setting.sync.run()).toMatchObject({ problems: [] })
    expect(setting.stored().filter(({ projectId }) => projectId === id).length).toBeGreaterThan(0)
  })

  test('in whose place another one was put is no longer read, and the other one is', async () => {
    const setting = await setUp()
    await setting.sync.run()
    const { ask, single, grouped } = setting
    const id = await projectOf(setting)
    const other = (await setting.truth()).find(({ projectPath }) => projectPath.startsWith(`${grouped.gitlabGroup}/`))
    await ask.order(`/gitlab/projects/${id}`, { path: 'attic/old', is_gone: true })
    await ask.order(`/gitlab/projects/${other?.projectId}`, { path: single.gitlabGroup })
    await ask.order(`/gitlab/projects/${other?.projectId}/issues`, { title: 'Begun anew', labels: [single.label] })
    expect(await setting.later()).toMatchObject({ problems: [] })
    expect(setting.stored().find(({ title }) => title === 'Begun anew')).toMatchObject({
      accountId: single.id,
      projectId: other?.projectId,
    })
    expect(setting.problems()).toEqual({})
  })

  test('that is gone, or closed to us, is said so of its account only; what it had is out of sight and stays stored', async () => {
    const setting = await setUp()
    await setting.sync.run()
    const id = await projectOf(setting)
    const open = setting.stored().filter(({ projectId, state }) => projectId === id && state === 'opened')
    const all = setting.stored().length
    await setting.ask.order(`/gitlab/projects/${id}`, { is_gone: true })
    const { problems } = await setting.later()
    expect(problems.map(({ scope }) => scope)).toEqual([`label:${setting.single.id}`])
    expect(problems[0]?.problem).toMatch(/does not have this, or does not let you see it \(404\)/)
    expect(setting.fates().toSorted()).toEqual(open.map(({ iid }) => `issue:${id}/${iid} out-of-sight`).toSorted())
    expect(setting.stored()).toHaveLength(all)

    await setting.ask.order(`/gitlab/projects/${id}`, { is_gone: false })
    expect(await setting.later()).toMatchObject({ problems: [] })
    // Night, in which everything with the label is looked through.
    for (let steps = 0; steps < 4; steps += 1) await setting.later(8 * 60)
    expect(setting.problems()).toEqual({})
    expect(setting.stored().filter(({ projectId, fate }) => projectId === id && fate !== null)).toEqual([])
    expect(held(setting)).toEqual(await there(setting))
  })
})
