import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const options = { anchor: Date.UTC(2026, 10, 18, 10), now: Date.UTC(2026, 10, 18, 10), speed: 0 }
let simulator: Simulator
let ask: Ask

beforeEach(async () => {
  simulator = await createSimulator(options)
  ask = createAsk(simulator.description)
})
afterEach(() => simulator.stop())

test('429 names the seconds to wait, and ends after its count', async () => {
  await ask.order('/misbehave', { target: 'zendesk', kind: '429', count: 2, retryAfter: 7 })
  for (const _ of [1, 2]) {
    const answer = await ask.zendesk('/users/me')
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('7')
  }
  expect((await ask.zendesk('/users/me')).status).toBe(200)
})

test('only the vendor and the path that were named are hit', async () => {
  await ask.order('/misbehave', { target: 'gitlab', kind: '403', count: 5, pathContains: '/groups/' })
  expect((await ask.gitlab('/user')).status).toBe(200)
  expect((await ask.zendesk('/users/me')).status).toBe(200)
  expect((await ask.gitlab('/groups/account-management')).status).toBe(403)
  await ask.order('/misbehave/clear')
  expect((await ask.gitlab('/groups/account-management')).status).toBe(200)
})

test('502 and a sign-in page are HTML', async () => {
  await ask.order('/misbehave', { target: 'zendesk', kind: '502' })
  await ask.order('/misbehave', { target: 'zendesk', kind: 'html' })
  const gateway = await ask.zendesk('/users/me')
  expect(gateway.status).toBe(502)
  expect(gateway.body).toContain('502 Bad Gateway')
  const page = await ask.zendesk('/users/me')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toContain('text/html')
})

test('401 looks like a token that was revoked', async () => {
  await ask.order('/misbehave', { target: 'zendesk', kind: '401' })
  expect(await ask.zendesk('/users/me')).toMatchObject({ status: 401, body: { error: "Couldn't authenticate you" } })
})

test('a truncated answer breaks off in the middle', async () => {
  await ask.order('/misbehave', { target: 'zendesk', kind: 'truncate' })
  await expect(ask.zendesk('/tickets?page[size]=50')).rejects.toThrow('terminated')
  expect((await ask.zendesk('/tickets?page[size]=50')).body.tickets).toHaveLength(50)
})

test('a request that hangs is never answered, and stopping ends it', async () => {
  const own = await createSimulator(options)
  own.misbehave({ target: 'zendesk', kind: 'hang' })
  const hanging = createAsk(own.description).zendesk('/users/me')
  const outcome = hanging.then(
    () => 'answered',
    () => 'broken off',
  )
  while (own.record().length === 0) await new Promise((resolve) => setImmediate(resolve))
  await own.stop()
  expect(await outcome).toBe('broken off')
  expect(own.record()).toMatchObject([{ status: 0, misbehaviour: 'hang' }])
})

test('more requests than the minute allows are refused in the same way', async () => {
  const own = await createSimulator({ ...options, requestsPerMinute: 1 })
  const asked = createAsk(own.description)
  // Two minutes of real time can meet in here: of three requests at least one is over the limit.
  const statuses = [
    await asked.zendesk('/users/me'),
    await asked.zendesk('/users/me'),
    await asked.zendesk('/users/me'),
  ]
  const refused = statuses.find(({ status }) => status === 429)
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused?.headers.get('x-rate-limit-remaining')).toBe('0')
  await own.stop()
})

const list = '/tickets?page[size]=10&sort=-updated_at'
const zendesk = { target: 'zendesk' }

test('429 and 503 can come without a time to wait', async () => {
  for (const kind of ['429', '503']) {
    await ask.order('/misbehave', { ...zendesk, kind, retryAfter: null })
    const answer = await ask.zendesk('/users/me')
    expect(answer.status).toBe(Number(kind))
    expect(answer.headers.get('retry-after')).toBeNull()
  }
})

test('403 has either form of error body', async () => {
  await ask.order('/misbehave', { ...zendesk, kind: '403', form: 'text' })
  expect((await ask.zendesk('/users/me')).body).toMatchObject({ error: 'Forbidden' })
  await ask.order('/misbehave', { ...zendesk, kind: '403' })
  expect((await ask.zendesk('/users/me')).body.error.title).toBe('Forbidden')
})

test('404, 409 and 422 come in the words of the vendor', async () => {
  for (const [kind, error] of [
    ['404', 'RecordNotFound'],
    ['409', 'UpdateConflict'],
    ['422', 'RecordInvalid'],
  ] as const) {
    await ask.order('/misbehave', { ...zendesk, kind })
    expect(await ask.zendesk(list)).toMatchObject({ status: Number(kind), body: { error } })
  }
})

test('an order can wait for the third page, and for one method', async () => {
  await ask.order('/misbehave', { ...zendesk, kind: '502', pathContains: '/tickets', skip: 2, method: 'GET' })
  const first = await ask.zendesk(list)
  await ask.write('PUT', '/tickets/1', { ticket: {} })
  const second = await ask.follow(first.body.links.next)
  expect((await ask.follow(second.body.links.next)).status).toBe(502)
  expect((await ask.follow(second.body.links.next)).status).toBe(200)
})

test('an empty page says that there is more', async () => {
  await ask.order('/misbehave', { ...zendesk, kind: 'empty-page' })
  const { body } = await ask.zendesk(list)
  expect(body).toMatchObject({ tickets: [], meta: { has_more: true } })
  expect(new URL(body.links.next).origin).toBe(simulator.description.zendesk.url)
})

test('a page can lack everything that says whether there is more', async () => {
  await ask.order('/misbehave', { ...zendesk, kind: 'no-meta' })
  expect(Object.keys((await ask.zendesk(list)).body)).toEqual(['tickets'])
  await ask.order('/misbehave', { ...zendesk, kind: 'no-meta' })
  expect(Object.keys((await ask.zendesk('/tickets?per_page=5')).body)).toEqual(['tickets'])
})

test('an error can stand among the rows', async () => {
  await ask.order('/misbehave', { ...zendesk, kind: 'error-in-list' })
  const { tickets } = (await ask.zendesk(list)).body
  expect(tickets).toHaveLength(11)
  expect(tickets[10]).toMatchObject({ name: 'Error', statusCode: 429 })
})

test('rows of the page before can come again', async () => {
  const first = await ask.zendesk(list)
  await ask.order('/misbehave', { ...zendesk, kind: 'repeat-rows' })
  const second = await ask.follow(first.body.links.next)
  const ids = (answer: Body) => answer.body.tickets.map((ticket: Body) => ticket.id)
  expect(ids(second).slice(0, 3)).toEqual(ids(first).slice(-3))
  expect(ids(second)).toHaveLength(13)
})

test('the next page can be said to be on another host', async () => {
  await ask.order('/misbehave', { ...zendesk, kind: 'other-host' })
  const { links } = (await ask.zendesk(list)).body
  expect(links.next).toMatch(/^https:\/\/elsewhere\.invalid\/api\/v2\/tickets\?/)
})

test('a slow answer comes in the end, unspoiled', async () => {
  await ask.order('/misbehave', { ...zendesk, kind: 'slow', delayMs: 20 })
  expect((await ask.zendesk('/users/me')).body.user.id).toBe(simulator.description.workspace.meId)
  expect(simulator.record()).toMatchObject([{ misbehaviour: 'slow', status: 200 }])
})

test('a closed port refuses connections, until it is opened again at the same place', async () => {
  await ask.order('/port', { target: 'zendesk', open: false })
  await expect(ask.zendesk('/users/me')).rejects.toThrow('fetch failed')
  expect((await ask.gitlab('/user')).status).toBe(200)
  await ask.order('/port', { target: 'zendesk', open: false })
  await ask.order('/port', { target: 'zendesk', open: true })
  expect((await ask.zendesk('/users/me')).status).toBe(200)
})

test('lists of GitLab are spoiled as well', async () => {
  await ask.order('/misbehave', { target: 'gitlab', kind: 'empty-page' })
  const group = encodeURIComponent(simulator.description.workspace.accounts[0]?.gitlabGroup ?? '')
  expect((await ask.gitlab(`/groups/${group}/issues`)).body).toEqual([])
})
