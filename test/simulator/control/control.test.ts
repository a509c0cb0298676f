import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

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

const latest = async () =>
  (await ask.zendesk(`/organizations/${account}/tickets?page[size]=1&sort=-updated_at&include=slas`)).body.tickets[0]

test('a ticket made by hand is the newest one, assigned as the account wants it', async () => {
  await ask.order('/advance', { ms: 1000 })
  const made = await ask.order('/tickets', { organization_id: account, subject: 'By hand', priority: 'high' })
  expect(made.status).toBe(201)
  const ticket = await latest()
  expect(ticket).toMatchObject({ id: made.body.id, subject: 'By hand', priority: 'high', status: 'open' })
  expect(ticket.assignee_id).toBe(simulator.description.workspace.accounts[0]?.aseId)
  expect(Math.max(...simulator.truth().tickets.map(({ id }) => id))).toBe(made.body.id)
})

test('tickets made by hand do not change what arrives by itself', async () => {
  await ask.order('/tickets', { organization_id: account, subject: 'By hand' })
  simulator.advanceBy(120 * 60_000)
  const other = await createSimulator({ anchor, now: anchor + 120 * 60_000, speed: 0 })
  const arrived = simulator.truth().tickets.filter(({ subject }) => subject !== 'By hand')
  expect(arrived).toEqual(other.truth().tickets)
  await other.stop()
})

test('a message of the customer reopens and starts a clock, an answer achieves it', async () => {
  const { body } = await ask.order('/tickets', { organization_id: account, subject: 'By hand', priority: 'normal' })
  const agent = simulator.description.workspace.meId
  await ask.order(`/tickets/${body.id}/comments`, { author_id: agent, body: 'On it' })
  await ask.order(`/tickets/${body.id}`, { status: 'pending' })
  await ask.order('/advance', { ms: 60_000 })
  await ask.order(`/tickets/${body.id}/comments`, { body: 'Still broken' })
  const ticket = await latest()
  expect(ticket.status).toBe('open')
  const clock = (metric: string) => ticket.slas.policy_metrics.find((one: Body) => one.metric === metric)
  expect(clock('first_reply_time').stage).toBe('achieved')
  expect(clock('next_reply_time')).toMatchObject({ stage: 'active', hours: 24 })
})

test('what is on a ticket can be set', async () => {
  const { body } = await ask.order('/tickets', { organization_id: account, subject: 'By hand' })
  const me = simulator.description.workspace.meId
  await ask.order(`/tickets/${body.id}`, {
    priority: 'urgent',
    tags: ['emergency'],
    assignee_id: me,
    email_cc_ids: [me],
  })
  expect(await latest()).toMatchObject({ priority: 'urgent', tags: ['emergency'], assignee_id: me, email_cc_ids: [me] })
})

test('a closed ticket stays as it is', async () => {
  const closed = simulator.truth().tickets.find(({ status }) => status === 'closed')
  expect((await ask.order(`/tickets/${closed?.id}`, { status: 'open' })).status).toBe(409)
})

test('a wrong order says which field is wrong', async () => {
  expect(await ask.order('/tickets', { organization_id: account })).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/^subject/) },
  })
  expect(await ask.order('/advance', { ms: -1 })).toMatchObject({
    status: 400,
    body: { error: expect.stringMatching(/^ms/) },
  })
  expect((await ask.order('/misbehave', { target: 'jira', kind: '502' })).status).toBe(400)
  expect((await ask.order('/nowhere')).status).toBe(404)
})

test('every exchange is recorded, without what lets somebody in', async () => {
  await ask.zendesk('/tickets?page[size]=1')
  await ask.gitlab('/user')
  const { exchanges } = (await ask.look('/record')).body
  expect(exchanges.map(({ target, path, status }: Body) => `${target} ${path} ${status}`)).toEqual([
    'zendesk /api/v2/tickets?page[size]=1 200',
    'gitlab /api/v4/user 200',
  ])
  const text = JSON.stringify(exchanges)
  expect(text).not.toContain(simulator.description.zendesk.token)
  expect(text).not.toContain(simulator.description.gitlab.token)
  expect(exchanges[0].requestHeaders.authorization).toBe('(sent)')
  await ask.order('/record/clear')
  expect((await ask.look('/record')).body.exchanges).toEqual([])
})

test('it describes itself and tells the truth', async () => {
  expect((await ask.look('/description')).body).toEqual(simulator.description)
  const { body } = await ask.look(`/truth?organization_id=${account}`)
  expect(body.now).toBe(anchor)
  expect(new Set(body.tickets.map(({ organizationId }: Body) => organizationId))).toEqual(new Set([account]))
})
