import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Answer, Ask, Body } from '../ask.ts'
import { byText, createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask
let account: number

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
  account = simulator.description.workspace.accounts[0]?.id ?? 0
})
afterEach(() => simulator.stop())

const search = (query: string, rest: Record<string, string> = {}): Promise<Answer> =>
  ask.zendesk(`/search.json?${new URLSearchParams({ query, ...rest }).toString()}`)
const ids = ({ body }: Answer): readonly number[] => body.results.map(({ id }: Body) => id)
const sorted = (list: readonly number[]) => list.toSorted((a, b) => a - b)

test('unsolved tickets of an organization are found by number and by name', async () => {
  const live = simulator
    .truth()
    .tickets.filter(
      ({ organizationId, status }) => organizationId === account && !['solved', 'closed'].includes(status),
    )
    .map(({ id }) => id)
  const byNumber = await search(`type:ticket organization:${account} status<solved`)
  expect(sorted(ids(byNumber))).toEqual(sorted(live))
  expect(byNumber.body.results[0].result_type).toBe('ticket')
  expect(sorted(ids(await search('type:ticket organization:"Cascadia Freight" status<solved')))).toEqual(sorted(live))
  const count = await ask.zendesk(
    `/search/count?query=${encodeURIComponent(`type:ticket organization:${account} status<solved`)}`,
  )
  expect(count.body).toEqual({ count: live.length })
})

test('times, people, tags, alternatives and words narrow it down', async () => {
  const { tickets } = simulator.truth()
  const since = '2026-11-18T06:00:00Z'
  const found = async (query: string) => sorted(ids(await search(`type:ticket ${query}`)))
  const truth = (test: (ticket: (typeof tickets)[number]) => boolean) =>
    sorted(tickets.filter(test).map(({ id }) => id))
  expect(await found(`updated>${since}`)).toEqual(truth(({ updatedAt }) => updatedAt > Date.parse(since)))
  const me = simulator.description.workspace.meId
  expect(await found('assignee:me status:open')).toEqual(
    truth(({ assigneeId, status }) => assigneeId === me && status === 'open'),
  )
  expect(await found('assignee:none')).toEqual(truth(({ assigneeId }) => assigneeId === null))
  expect(await found('tags:emergency')).toEqual(truth(({ tags }) => tags.includes('emergency')))
  expect(await found('status:new status:hold')).toEqual(truth(({ status }) => status === 'new' || status === 'hold'))
  expect(await found('status<solved -priority:high')).toEqual(
    truth(({ status, priority }) => !['solved', 'closed'].includes(status) && priority !== 'high'),
  )
  expect(await found('geo secondary status<solved')).toEqual(
    truth(({ subject, status }) => subject.startsWith('Geo secondary') && !['solved', 'closed'].includes(status)),
  )
})

test('organizations and people are found by words', async () => {
  expect((await search('type:organization casc')).body.results[0]).toMatchObject({
    name: 'Cascadia Freight',
    result_type: 'organization',
  })
  expect((await search('type:user dana')).body.results[0]).toMatchObject({ name: 'Dana Whitfield' })
})

test('pages go to a thousand results, the eleventh is refused, the count is the true one', async () => {
  const first = await search('type:ticket', { sort_by: 'updated_at', sort_order: 'desc' })
  expect(first.body.results).toHaveLength(100)
  expect(first.body.count).toBe(simulator.truth().tickets.length)
  const times = first.body.results.map((ticket: Body) => ticket.updated_at)
  expect(times).toEqual(times.toSorted(byText).reverse())
  const second = await ask.follow(first.body.next_page)
  expect(new Set([...ids(first), ...ids(second)]).size).toBe(200)
  expect((await search('type:ticket', { page: '10' })).status).toBe(200)
  expect(await search('type:ticket', { page: '11' })).toMatchObject({ status: 422, body: { error: 'invalid' } })
  expect(first.headers.get('zendesk-ratelimit-search-index')).toMatch(/^total=2500; remaining=\d+; resets=\d+$/)
})

test('side-loads have to be scoped to tickets', async () => {
  const query = `type:ticket organization:${account} status:open`
  expect((await search(query, { include: 'slas' })).body.results[0]).not.toHaveProperty('slas')
  const scoped = await search(query, { include: 'tickets(slas,users)' })
  expect(scoped.body.results[0].slas.policy_metrics).toBeInstanceOf(Array)
  expect(scoped.body.users.length).toBeGreaterThan(0)
})

test('a query that cannot be read is refused', async () => {
  for (const query of ['', 'type:ticket flavour:sweet', 'type:ticket updated>yesterday']) {
    expect((await search(query)).status).toBe(422)
  }
})

test('the index shows what was so a while ago, while the ticket itself is up to date', async () => {
  await ask.order('/zendesk', { search_lag_ms: 120_000 })
  simulator.advanceBy(120_000)
  const { id } = (await ask.order('/tickets', { organization_id: account, subject: 'Fresh' })).body
  const open = () => search(`type:ticket organization:${account} subject:Fresh status:new status:open`)
  expect(ids(await open())).toEqual([])
  simulator.advanceBy(120_000)
  expect(ids(await open())).toEqual([id])
  await ask.order(`/tickets/${id}`, { status: 'solved' })
  simulator.advanceBy(60_000)
  expect((await open()).body.results[0].status).toBe('open')
  expect((await ask.zendesk(`/tickets/${id}`)).body.ticket.status).toBe('solved')
  await ask.order(`/tickets/${id}/delete`)
  simulator.advanceBy(60_000)
  expect(ids(await search('type:ticket subject:Fresh status:solved'))).toEqual([id])
  simulator.advanceBy(60_000)
  expect(ids(await search('type:ticket subject:Fresh'))).toEqual([])
})
