import { Issues, ProjectLabels } from '@gitbeaker/rest'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { allowedQuery, createGitlabClient, type GitlabClient } from '#service/gitlab/gitlab-client.ts'
import { createGitlabWrites, type GitlabWrites } from '#service/gitlab/gitlab-writes.ts'
import { createTransport, type RemoteRequest } from '#service/transport/transport.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createLeapingClock, type LeapingClock } from '#test/support/leaping-clock.ts'
import { loopbackServer } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { wednesday } from '#test/support/work-values.ts'

interface Setting {
  readonly simulator: Simulator
  readonly clock: LeapingClock
  /** The library as it is. */
  readonly alone: { readonly host: string; readonly token: string }
  /** The library behind our transport. */
  readonly ours: GitlabClient
  readonly writes: GitlabWrites
  readonly label: string
  readonly projectId: number
  /** What reached GitLab: method and path. */
  heard(): string[]
}

let setting: Setting
beforeEach(async () => {
  const simulator = await createSimulator({ anchor: wednesday, now: wednesday, speed: 0 })
  onTestFinished(() => simulator.stop())
  const { url, token } = simulator.description.gitlab
  const clock = createLeapingClock(wednesday)
  const labelled = simulator.truth().issues.find(({ labels }) => labels.some((label) => label.startsWith('ASE Work')))
  setting = {
    simulator,
    clock,
    alone: { host: url, token },
    ours: createGitlabClient(url, sendTo(url, token, clock)),
    writes: createGitlabWrites({ url, send: sendTo(url, token, clock) }),
    label: labelled?.labels.find((label) => label.startsWith('ASE Work')) ?? '',
    projectId: labelled?.projectId ?? 0,
    heard: () =>
      simulator
        .record()
        .filter(({ target }) => target === 'gitlab')
        .map(({ method, path }) => `${method} ${decodeURIComponent(path.split('?')[0] ?? '')}`),
  }
})

function sendTo(url: string, token: string, clock: LeapingClock) {
  const transport = createTransport({
    name: 'GitLab',
    origin: new URL(url).origin,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock,
  })
  return (request: RemoteRequest) =>
    transport.request({ ...request, headers: { ...request.headers, 'PRIVATE-TOKEN': token } })
}

/** What is to be opened once. */
const once = { title: 'Once', description: '', labels: [], assigneeIds: [], confidential: false, dueDate: null }

describe('what gitbeaker does wrong by itself, and does not behind our transport', () => {
  test('subscribing to a label goes to an issue of that name, and a label that has it already is an error', async () => {
    const { alone, writes, label, projectId, heard } = setting
    const wrong = `POST /api/v4/projects/${projectId}/issues/${label}/subscribe`
    await expect(new ProjectLabels(alone).subscribe(projectId, label)).rejects.toThrow()
    expect(heard()).toEqual([wrong])

    const found = () => writes.labels(projectId, label).then(([first]) => first)
    const { id = 0, subscribed } = (await found()) ?? {}
    expect(subscribed).toBe(false)
    await writes.subscribeLabel(projectId, id)
    expect(await found()).toMatchObject({ id, name: label, subscribed: true })
    await writes.subscribeLabel(projectId, id)
    const right = `POST /api/v4/projects/${projectId}/labels/${id}/subscribe`
    expect(heard().filter((line) => line.startsWith('POST'))).toEqual([wrong, right, right])
    const path = `${projectId}/labels/${id}/subscribe`
    await expect(new ProjectLabels(alone).requester.post(path, {})).rejects.toThrow()
  })

  test('a POST that ended in a 502 is sent again, though it was carried out', async () => {
    const { simulator, alone, writes, projectId } = setting
    const opened = (title: string) => simulator.truth().issues.filter((issue) => issue.title === title)
    const lose = () => simulator.misbehave({ target: 'gitlab', kind: 'lost-502', method: 'POST' })
    lose()
    await new Issues(alone).create(projectId, 'Twice')
    expect(opened('Twice')).toHaveLength(2)

    lose()
    await expect(writes.createIssue(projectId, once)).rejects.toMatchObject({ kind: 'server', mayHaveArrived: true })
    expect(opened('Once')).toHaveLength(1)
  })

  test('a POST that is refused with a 429 is sent again at once and again; ours waits as long as it is told to', async () => {
    const { simulator, alone, writes, clock, projectId, heard } = setting
    const refuse = (count: number) =>
      simulator.misbehave({ target: 'gitlab', kind: '429', method: 'POST', retryAfter: 30, count })
    refuse(10)
    await expect(new Issues(alone).create(projectId, 'Once')).rejects.toThrow('after 10 retries')
    expect(heard()).toHaveLength(10)

    refuse(1)
    expect(await writes.createIssue(projectId, once)).toMatchObject({ title: 'Once' })
    expect(heard()).toHaveLength(12)
    expect(Math.max(...clock.waits)).toBeGreaterThanOrEqual(29_000)
  })

  test('a 429 is asked again at once and again, whatever Retry-After says', async () => {
    const { simulator, alone, ours, clock, projectId, heard } = setting
    const refuse = (count: number) => simulator.misbehave({ target: 'gitlab', kind: '429', retryAfter: 30, count })
    refuse(10)
    await expect(new Issues(alone).all({ projectId })).rejects.toThrow('after 10 retries')
    expect(heard()).toHaveLength(10)

    refuse(1)
    const answer = await ours.call((options) => new Issues(options).all({ projectId }))
    expect(Array.isArray(answer.body)).toBe(true)
    expect(heard()).toHaveLength(12)
    expect(Math.max(...clock.waits)).toBeGreaterThanOrEqual(29_000)
  })

  test('a 304 cannot be asked for, and would be an error', async () => {
    const { alone, ours, projectId } = setting
    const asTold = await ours.call((options) => new Issues(options).all({ projectId }))
    const { etag } = asTold
    expect(etag).not.toBeNull()
    const again = await ours.call(
      (options) => new Issues(options).all({ projectId }),
      () => etag,
    )
    expect(again).toMatchObject({ unchanged: true, address: asTold.address })
    const server = await loopbackServer((_request, response) => response.writeHead(304).end())
    await expect(new Issues({ ...alone, host: server.url }).all({ projectId })).rejects.toThrow()
    expect(server.requests[0]?.headers['if-none-match']).toBeUndefined()
  })

  test('the reason of a refusal is lost, and a sign-in page is taken for data', async () => {
    const { simulator, alone, ours, projectId } = setting
    const reason = 'The request requires higher privileges than provided by the access token.'
    simulator.misbehave({ target: 'gitlab', kind: '403', count: 2 })
    await expect(new Issues(alone).all({ projectId })).rejects.toThrow(/^insufficient_scope$/)
    await expect(ours.call((options) => new Issues(options).all({ projectId }))).rejects.toMatchObject({
      kind: 'forbidden',
      detail: reason,
      message: expect.stringContaining('read_api') as string,
    })

    simulator.misbehave({ target: 'gitlab', kind: 'html', count: 2 })
    expect(await new Issues(alone).show(1, { projectId })).toContain('<title>Sign in</title>')
    await expect(ours.call((options) => new Issues(options).show(1, { projectId }))).rejects.toMatchObject({
      kind: 'unauthorized',
    })
  })

  test('an answer that says it is JSON and is not throws an error that quotes it', async () => {
    const { alone, clock, projectId } = setting
    const server = await loopbackServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('Acme says no')
    })
    await expect(new Issues({ ...alone, host: server.url }).all({ projectId })).rejects.toThrow(SyntaxError)
    const ours = createGitlabClient(server.url, sendTo(server.url, 'x', clock))
    const malformed = { kind: 'malformed', message: expect.not.stringContaining('Acme') as string }
    await expect(ours.call((options) => new Issues(options).all({ projectId }))).rejects.toMatchObject(malformed)
    await expect(new Issues({ ...alone, host: server.url }).create(projectId, 'Once')).rejects.toThrow(SyntaxError)
    const writes = createGitlabWrites({ url: server.url, send: sendTo(server.url, 'x', clock) })
    await expect(writes.createIssue(projectId, once)).rejects.toMatchObject({ ...malformed, mayHaveArrived: true })
  })
})

test('a 429 in plain text and without rate headers is waited out like any other', async () => {
  const { simulator, ours, projectId, heard } = setting
  await fetch(new URL('/gitlab', simulator.description.control.url), {
    method: 'POST',
    body: JSON.stringify({ plain_429: true, rate_headers: false }),
  })
  simulator.misbehave({ target: 'gitlab', kind: '429', retryAfter: null, count: 2 })
  const answer = await ours.call((options) => new Issues(options).all({ projectId }))
  expect(Array.isArray(answer.body)).toBe(true)
  expect(heard()).toHaveLength(3)
})

test('a query key that is not on the list is never sent, because GitLab would ignore it and answer with more', async () => {
  const { ours, projectId, heard } = setting
  const typo = { projectId, lables: 'ASE Work' }
  await expect(ours.call((options) => new Issues(options).all(typo as never))).rejects.toThrow('lables')
  expect(heard()).toEqual([])
  expect(allowedQuery('labels=L&iids[]=1&iids[]=2&private_token=x')).toEqual({ labels: 'L', iids: ['1', '2'] })
})

test('a list is read one page at a time, also where more are linked', async () => {
  const { ours, projectId, heard } = setting
  const answer = await ours.call((options) => new Issues(options).all({ projectId, perPage: 1 }))
  expect(answer.body).toHaveLength(1)
  expect(new URLSearchParams(answer.next ?? '').get('page')).toBe('2')
  expect(heard()).toHaveLength(1)
})
