import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { byText, createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask
let me: number
let account: number

beforeAll(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
  me = simulator.description.workspace.meId
  account = simulator.description.workspace.accounts[0]?.id ?? 0
})
afterAll(() => simulator.stop())

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

test('an API token and an OAuth token let in, anything else does not', async () => {
  const { email, token } = simulator.description.zendesk
  expect((await ask.zendesk('/users/me', basic(`${email}/token:${token}`))).status).toBe(200)
  for (const wrong of [basic(`${email}/token:nope`), basic(`${email}:${token}`), '']) {
    const answer = await ask.zendesk('/users/me', wrong)
    expect(answer.status).toBe(401)
    expect(answer.body).toEqual({ error: "Couldn't authenticate you" })
  }
  expect(await ask.zendesk('/users/me', 'Bearer nope')).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
})

test('paths work with and without .json', async () => {
  for (const path of ['/users/me', `/organizations/${account}`, `/organizations/${account}/tickets`, '/tickets']) {
    expect((await ask.zendesk(`${path}.json`)).status).toBe(200)
    expect((await ask.zendesk(path)).status).toBe(200)
  }
})

test('what does not exist is a vendor 404', async () => {
  const missing = ['/tickets/1', '/users/1', '/organizations/1', '/organizations/1/tickets', '/tickets/1/comments']
  for (const path of missing) {
    expect(await ask.zendesk(path)).toMatchObject({ status: 404, body: { error: 'RecordNotFound' } })
  }
})

test('organizations are found by the beginning of their name', async () => {
  const { body } = await ask.zendesk('/organizations/autocomplete?name=casc')
  expect(body.organizations.map(({ name }: Body) => name)).toEqual(['Cascadia Freight'])
  expect(body.organizations[0].notes).toContain('Emergencies')
})

test('SLA clocks come inside each ticket when asked for, and not otherwise', async () => {
  const path = `/organizations/${account}/tickets?page[size]=100&sort=-updated_at`
  const plain = await ask.zendesk(path)
  expect(plain.body.tickets.some((ticket: Body) => 'slas' in ticket)).toBe(false)
  const { body } = await ask.zendesk(`${path}&include=slas`)
  const metrics = body.tickets.flatMap((ticket: Body) => ticket.slas.policy_metrics)
  expect(metrics.some((metric: Body) => metric.stage === 'paused' && metric.breach_at === null)).toBe(false)
  const active = metrics.filter((metric: Body) => metric.stage === 'active')
  expect(active.length).toBeGreaterThan(5)
  for (const metric of active) {
    const units = ['days', 'hours', 'minutes'].filter((unit) => unit in metric)
    expect(units).toHaveLength(1)
    expect(Math.sign(metric[units[0] ?? ''])).toBe(Math.sign(Date.parse(metric.breach_at) - anchor))
  }
})

test('a breach changes nothing on the ticket but the time that is left', async () => {
  const own = await createSimulator({ anchor, now: anchor, speed: 0 })
  const asked = createAsk(own.description)
  const find = async () => {
    const { body } = await asked.zendesk(
      `/organizations/${account}/tickets?page[size]=100&sort=-updated_at&include=slas`,
    )
    return body.tickets.find((ticket: Body) => ticket.subject.startsWith('Geo secondary'))
  }
  const before = await find()
  own.advanceBy(15 * 60_000)
  const after = await find()
  await own.stop()
  expect(after.updated_at).toBe(before.updated_at)
  const clock = (ticket: Body) => ticket.slas.policy_metrics.find((metric: Body) => metric.stage === 'active')
  expect(clock(before)).toMatchObject({ metric: 'next_reply_time', minutes: 10 })
  expect(clock(after)).toMatchObject({ breach_at: clock(before).breach_at, minutes: -5 })
})

test('users, organizations and groups are side-loaded beside the tickets', async () => {
  const { body } = await ask.zendesk(
    `/organizations/${account}/tickets?page[size]=20&include=users,organizations,groups`,
  )
  const users = new Set(body.users.map(({ id }: Body) => id))
  for (const ticket of body.tickets) {
    expect(users).toContain(ticket.requester_id)
    expect(users).toContain(ticket.assignee_id)
  }
  expect(body.organizations.map(({ id }: Body) => id)).toEqual([account])
  expect(body.groups).toHaveLength(1)
})

test('metric sets tell when I took a ticket', async () => {
  const { body } = await ask.zendesk(
    `/users/${me}/tickets/assigned?page[size]=100&sort=-updated_at&include=metric_sets`,
  )
  for (const ticket of body.tickets) {
    expect(ticket.assignee_id).toBe(me)
    expect(ticket.metric_set.ticket_id).toBe(ticket.id)
    expect(Date.parse(ticket.metric_set.assigned_at)).toBeGreaterThanOrEqual(Date.parse(ticket.created_at))
  }
})

test('tickets that I am on Cc of and that I follow are listed', async () => {
  const ccd = await ask.zendesk(`/users/${me}/tickets/ccd?page[size]=100`)
  expect(ccd.body.tickets.length).toBeGreaterThan(10)
  expect(ccd.body.tickets.every((ticket: Body) => ticket.email_cc_ids.includes(me))).toBe(true)
  const followed = await ask.zendesk(`/users/${me}/tickets/followed?page[size]=100`)
  expect(followed.body.tickets.length).toBeGreaterThan(0)
  expect(followed.body.tickets.every((ticket: Body) => ticket.follower_ids.includes(me))).toBe(true)
})

test('many tickets come by id, unknown ids are left out', async () => {
  const ids = simulator
    .truth()
    .tickets.slice(-3)
    .map(({ id }) => id)
  const { body } = await ask.zendesk(`/tickets/show_many?ids=${ids.join(',')},1&include=slas`)
  expect(body.tickets.map(({ id }: Body) => id)).toEqual(ids)
  const users = await ask.zendesk(`/users/show_many?ids=${me},1`)
  expect(users.body.users.map(({ id }: Body) => id)).toEqual([me])
})

test('a conversation has public replies and internal notes, in HTML and in plain text', async () => {
  const geo = simulator.truth().tickets.findLast(({ subject }) => subject.startsWith('Geo secondary'))
  const all = await ask.zendesk(`/tickets/${geo?.id}/comments?page[size]=100&include=users`)
  expect(all.body.comments[0].html_body).toContain('<pre><code>')
  expect(all.body.comments[0].html_body).not.toContain('```')
  expect(all.body.comments[0].plain_body).not.toContain('```')
  expect(all.body.users.length).toBeGreaterThan(1)
  const noted = simulator.truth().tickets.findLast(({ subject }) => subject.startsWith('Batched background'))
  const comments = (await ask.zendesk(`/tickets/${noted?.id}/comments?page[size]=100&sort=-created_at`)).body.comments
  expect(comments[0].public).toBe(false)
  expect(comments.map(({ created_at }: Body) => created_at)).toEqual(
    comments
      .map(({ created_at }: Body) => created_at)
      .toSorted(byText)
      .reverse(),
  )
})

test('every family of rate headers is there', async () => {
  const { headers } = await ask.zendesk('/tickets?page[size]=1')
  for (const name of [
    'x-rate-limit',
    'x-rate-limit-remaining',
    'ratelimit-limit',
    'ratelimit-remaining',
    'ratelimit-reset',
  ]) {
    expect(Number(headers.get(name))).toBeGreaterThan(0)
  }
  expect(headers.get('zendesk-ratelimit-tickets-index')).toMatch(/^total=\d+; remaining=\d+; resets=\d+$/)
})
