import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask
let account: number
let id: number

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
  account = simulator.description.workspace.accounts[0]?.id ?? 0
  id = (await ask.order('/tickets', { organization_id: account, subject: 'Watched', priority: 'high' })).body.id
})
afterEach(() => simulator.stop())

const audits = async (of = id, query = '') =>
  (await ask.zendesk(`/tickets/${of}/audits.json?page[size]=100${query}`)).body.audits
const newest = async (): Promise<readonly number[]> =>
  (await ask.zendesk(`/organizations/${account}/tickets?page[size]=100&sort=-updated_at`)).body.tickets.map(
    (ticket: Body) => ticket.id,
  )
const truth = () => simulator.truth().tickets.find((ticket) => ticket.id === id)

test('audits tell the life of a ticket from its opening, and comments name theirs', async () => {
  await ask.order('/advance', { ms: 60_000 })
  const me = simulator.description.workspace.meId
  await ask.order(`/tickets/${id}/comments`, { author_id: me, body: 'On it' })
  await ask.order(`/tickets/${id}`, { status: 'pending', priority: 'low', email_cc_ids: [me] })
  const [opened, answered, changed] = await audits()
  expect(opened.events[0]).toMatchObject({ type: 'Comment', public: true })
  expect(opened.events).toContainEqual(
    expect.objectContaining({ type: 'Create', field_name: 'subject', value: 'Watched' }),
  )
  expect(answered).toMatchObject({ author_id: me, created_at: '2026-11-18T10:01:00Z' })
  const { comments } = (await ask.zendesk(`/tickets/${id}/comments?page[size]=100`)).body
  expect(comments.map((one: Body) => one.audit_id)).toEqual([opened.id, answered.id])
  expect(answered.events[0].id).toBe(comments[1].id)
  expect(changed.events).toEqual([
    expect.objectContaining({ type: 'Change', field_name: 'status', previous_value: 'open', value: 'pending' }),
    expect.objectContaining({ type: 'Change', field_name: 'priority', previous_value: 'high', value: 'low' }),
    expect.objectContaining({ type: 'EmailCcChange', current_email_ccs: ['jonas.feldkamp@support.example'] }),
  ])
})

test('audits come in cursor pages, newest first when asked for, and filtered by their events', async () => {
  await ask.order('/advance', { ms: 1000 })
  await ask.order(`/tickets/${id}/comments`, { body: 'One' })
  await ask.order(`/tickets/${id}`, { tags: ['x'] })
  const first = await ask.zendesk(`/tickets/${id}/audits?page[size]=2&sort=-created_at&include=users`)
  expect(first.body.meta.has_more).toBe(true)
  expect(first.body.users.length).toBeGreaterThan(0)
  const second = await ask.follow(first.body.links.next)
  expect(second.body.audits).toHaveLength(1)
  const commented = await audits(id, '&filter_events[]=Comment')
  expect(commented.flatMap((audit: Body) => audit.events.map((event: Body) => event.type))).toEqual([
    'Comment',
    'Comment',
  ])
})

test('tickets of long ago have audits as well', async () => {
  const closed = simulator.truth().tickets.find(({ status }) => status === 'closed')?.id
  const life = await audits(closed)
  const statuses = life.flatMap((audit: Body) => audit.events).filter((event: Body) => event.field_name === 'status')
  expect(statuses.map((event: Body) => event.value)).toEqual(['open', 'solved', 'closed'])
  const { comments } = (await ask.zendesk(`/tickets/${closed}/comments?page[size]=100`)).body
  const known = new Set(life.map((audit: Body) => audit.id))
  expect(comments.every((one: Body) => known.has(one.audit_id))).toBe(true)
})

test('metrics tell when a ticket was assigned', async () => {
  const { body } = await ask.zendesk(`/tickets/${id}/metrics.json`)
  expect(body.ticket_metric).toMatchObject([{ ticket_id: id, assigned_at: '2026-11-18T10:00:00Z' }])
})

test('a merged ticket is closed, tagged, and says where it went', async () => {
  const into = simulator.truth().tickets.findLast(({ id: other, status }) => other !== id && status === 'open')?.id ?? 0
  await ask.order(`/tickets/${id}/merge`, { into })
  const { ticket } = (await ask.zendesk(`/tickets/${id}`)).body
  expect(ticket).toMatchObject({ status: 'closed', tags: ['closed_by_merge'] })
  const { comments } = (await ask.zendesk(`/tickets/${id}/comments?page[size]=100`)).body
  expect(comments.at(-1)).toMatchObject({ public: false, plain_body: expect.stringContaining(`request #${into}`) })
  const target = (await ask.zendesk(`/tickets/${into}/comments?page[size]=100`)).body.comments.at(-1)
  expect(target.plain_body).toContain(`#${id}`)
  expect(truth()).toMatchObject({ mergedInto: into, fate: null })
  expect((await ask.order(`/tickets/${id}/merge`, { into })).status).toBe(409)
})

test('a deleted ticket is gone from lists and by id, and is in the list of deleted ones', async () => {
  await ask.order(`/tickets/${id}/delete`)
  expect(await newest()).not.toContain(id)
  for (const path of ['', '/comments', '/audits', '/metrics']) {
    expect(await ask.zendesk(`/tickets/${id}${path}`)).toMatchObject({ status: 404, body: { error: 'RecordNotFound' } })
  }
  expect((await ask.zendesk(`/tickets/show_many?ids=${id}`)).body.tickets).toEqual([])
  const { deleted_tickets: gone } = (await ask.zendesk('/deleted_tickets.json')).body
  expect(gone).toMatchObject([{ id, subject: 'Watched', previous_state: 'open', deleted_at: '2026-11-18T10:00:00Z' }])
  expect(truth()?.fate).toBe('deleted')
  expect((await ask.order(`/tickets/${id}`, { status: 'pending' })).status).toBe(409)
  await ask.order(`/tickets/${id}/restore`)
  expect(await newest()).toContain(id)
})

test('the list of deleted tickets is answered ten times a minute', async () => {
  await ask.order('/zendesk', { minute: 'simulated' })
  for (let count = 0; count < 10; count++) expect((await ask.zendesk('/deleted_tickets')).status).toBe(200)
  expect((await ask.zendesk('/deleted_tickets')).status).toBe(429)
})

test('a ticket that moves to another organization is in its list', async () => {
  const other = simulator.description.workspace.accounts[1]?.id
  await ask.order('/advance', { ms: 5000 })
  await ask.order(`/tickets/${id}/move`, { organization_id: other })
  expect(await newest()).not.toContain(id)
  const { tickets } = (await ask.zendesk(`/organizations/${other}/tickets?page[size]=1&sort=-updated_at`)).body
  expect(tickets[0]).toMatchObject({ id, updated_at: '2026-11-18T10:00:05Z' })
  expect((await ask.order(`/tickets/${id}/move`, { organization_id: 1 })).status).toBe(400)
})

test('an archived ticket is in no list, and is found by id and by search', async () => {
  expect((await ask.order(`/tickets/${id}/archive`)).status).toBe(409)
  const old = simulator
    .truth()
    .tickets.find(({ organizationId, status }) => organizationId === account && status === 'closed')
  const list = `/organizations/${account}/tickets?page[size]=1&sort=id`
  expect((await ask.zendesk(list)).body.tickets[0].id).toBe(old?.id)
  await ask.order(`/tickets/${old?.id}/archive`)
  expect((await ask.zendesk(list)).body.tickets[0].id).not.toBe(old?.id)
  expect((await ask.zendesk(`/tickets/${old?.id}`)).status).toBe(200)
  const found = await ask.zendesk(`/search/count?query=type:ticket organization:${account}`)
  expect(found.body.count).toBe(simulator.truth().tickets.filter((one) => one.organizationId === account).length)
})

test('a restricted ticket is in no list and refused by id', async () => {
  await ask.order(`/tickets/${id}/restrict`)
  expect(await newest()).not.toContain(id)
  expect(await ask.zendesk(`/tickets/${id}`)).toMatchObject({ status: 403, body: { error: { title: 'Forbidden' } } })
  expect((await ask.zendesk(`/tickets/show_many?ids=${id}`)).body.tickets).toEqual([])
})
