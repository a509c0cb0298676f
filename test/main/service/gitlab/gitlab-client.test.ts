import { Issues, ProjectLabels } from '@gitbeaker/rest'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { allowedQuery, createGitlabClient, type GitlabClient } from '#service/gitlab/gitlab-client.ts'
import { createTransport } from '#service/transport/transport.ts'
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
    ours: clientTo(url, token, clock),
    label: labelled?.labels.find((label) => label.startsWith('ASE Work')) ?? '',
    projectId: labelled?.projectId ?? 0,
    heard: () =>
      simulator
        .record()
        .filter(({ target }) => target === 'gitlab')
        .map(({ method, path }) => `${method} ${decodeURIComponent(path.split('?')[0] ?? '')}`),
  }
})

function clientTo(url: string, token: string, clock: LeapingClock): GitlabClient {
  const transport = createTransport({
    name: 'GitLab',
    origin: new URL(url).origin,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock,
  })
  return createGitlabClient(url, (request) =>
    transport.request({ ...request, headers: { ...request.headers, 'PRIVATE-TOKEN': token } }),
  )
}

describe('what gitbeaker does wrong by itself, and does not behind our transport', () => {
  test('subscribing to a label goes to an issue of that name, and a label that has it already is an error', async () => {
    const { alone, ours, label, projectId, heard } = setting
    const wrong = `POST /api/v4/projects/${projectId}/issues/${label}/subscribe`
    await expect(new ProjectLabels(alone).subscribe(projectId, label)).rejects.toThrow()
    expect(heard()).toEqual([wrong])

    const path = `${projectId}/labels/${encodeURIComponent(label)}/subscribe`
    const subscribe = () => ours.call((options) => new ProjectLabels(options).requester.post(path, {}))
    expect(await subscribe()).toMatchObject({ unchanged: false, body: { subscribed: true } })
    expect(await subscribe()).toMatchObject({ unchanged: true })
    expect(heard().slice(1)).toEqual([
      `POST /api/v4/projects/${projectId}/labels/${label}/subscribe`,
      `POST /api/v4/projects/${projectId}/labels/${label}/subscribe`,
    ])
  })

  test('a POST that ended in a 502 is sent again, though it may have been carried out', async () => {
    const { simulator, alone, ours, projectId, heard } = setting
    const lose = () => simulator.misbehave({ target: 'gitlab', kind: 'lost-502', method: 'POST' })
    lose()
    await expect(new Issues(alone).create(projectId, 'Once')).rejects.toThrow()
    expect(heard().filter((line) => line.startsWith('POST'))).toHaveLength(2)

    lose()
    const before = heard().length
    await expect(ours.call((options) => new Issues(options).create(projectId, 'Once'))).rejects.toMatchObject({
      kind: 'server',
      mayHaveArrived: true,
    })
    expect(heard().slice(before)).toHaveLength(1)
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
    const ours = clientTo(server.url, 'x', clock)
    await expect(ours.call((options) => new Issues(options).all({ projectId }))).rejects.toMatchObject({
      kind: 'malformed',
      message: expect.not.stringContaining('Acme') as string,
    })
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
