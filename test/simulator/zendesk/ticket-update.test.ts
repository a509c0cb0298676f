import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { sentKnowingly } from '#test/judge/judged-file.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Answer, Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask
let me: number
let id: number

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
  me = simulator.description.workspace.meId
  const account = simulator.description.workspace.accounts[0]?.id
  id = (await ask.order('/tickets', { organization_id: account, subject: 'Written to' })).body.id
  await ask.order('/advance', { ms: 10_000 })
})
afterEach(() => simulator.stop())

const put = (ticket: object, of = id): Promise<Answer> => ask.write('PUT', `/tickets/${of}.json`, { ticket })
const read = async (): Promise<Body> => (await ask.zendesk(`/tickets/${id}`)).body.ticket
const cc = (userId: number, action = 'put') => ({ email_ccs: [{ user_id: userId, action }] })

test('Cc and followers are put and taken away, and the reply has the ticket and what was done', async () => {
  const { status, body } = await put({ ...cc(me), followers: [{ user_id: me }] })
  expect(status).toBe(200)
  expect(body.ticket).toMatchObject({ email_cc_ids: [me], follower_ids: [me], updated_at: '2026-11-18T10:00:10Z' })
  expect(body.audit).toMatchObject({ ticket_id: id, author_id: me })
  expect(body.audit.events.map(({ type }: Body) => type)).toEqual(['EmailCcChange', 'FollowerChange'])
  expect((await ask.zendesk(`/tickets/${id}/email_ccs`)).body.users.map((user: Body) => user.id)).toEqual([me])
  expect((await ask.zendesk(`/users/${me}/tickets/ccd?page[size]=100&sort=-updated_at`)).body.tickets[0].id).toBe(id)
  await put(cc(me, 'delete'))
  expect(await read()).toMatchObject({ email_cc_ids: [], follower_ids: [me] })
})

test('putting somebody who is there leaves no trace', async () => {
  await put(cc(me))
  const before = await read()
  await ask.order('/advance', { ms: 10_000 })
  expect((await put(cc(me))).body.audit.events).toEqual([])
  expect(await read()).toEqual(before)
})

test('without the feature Cc and followers are ignored without a word, and collaborators work', async () => {
  await ask.order('/zendesk', { ccs_and_followers: false })
  const ignored = await put({ ...cc(me), followers: [{ user_id: me }] })
  expect(ignored.status).toBe(200)
  expect(ignored.body.ticket).toMatchObject({ email_cc_ids: [], follower_ids: [], collaborator_ids: [] })
  const done = await put({ additional_collaborators: [me] })
  expect(done.body.ticket).toMatchObject({ email_cc_ids: [], collaborator_ids: [me] })
  expect(done.body.audit.events).toMatchObject([{ type: 'Cc', recipients: [me] }])
  expect((await ask.zendesk(`/tickets/${id}/collaborators`)).body.users).toHaveLength(1)
})

test('with the feature collaborators become followers or Cc by what they are', async () => {
  const ticket = await read()
  await put({ additional_collaborators: [me, ticket.requester_id] })
  expect(await read()).toMatchObject({ follower_ids: [me], email_cc_ids: [ticket.requester_id] })
})

test('an unknown address makes a user, an unknown id is passed over', async () => {
  await put({
    email_ccs: [
      { user_email: 'new.person@elsewhere.example', action: 'put' },
      { user_id: 1, action: 'put' },
    ],
  })
  const [added, ...more] = (await read()).email_cc_ids
  expect(more).toEqual([])
  const made = (await ask.zendesk(`/users/${added}`)).body.user
  expect(made).toMatchObject({ email: 'new.person@elsewhere.example', role: 'end-user' })
})

test('the forty-ninth on Cc is cut off without a word', async () => {
  const ccs = Array.from({ length: 48 }, (_, index) => ({ user_email: `p${index}@elsewhere.example`, action: 'put' }))
  await put({ email_ccs: ccs })
  const { status, body } = await put(cc(me))
  expect(status).toBe(200)
  expect(body.ticket.email_cc_ids).toHaveLength(48)
  expect(body.ticket.email_cc_ids).not.toContain(me)
})

test('a message is public unless it says otherwise, and always internal from a light agent', async () => {
  await put({ comment: { body: 'Hello' } })
  await put({ comment: { body: 'Between us', public: false } })
  await ask.order('/zendesk', { light_agent: true })
  await put({ comment: { body: 'Quietly', public: true } })
  const { comments } = (await ask.zendesk(`/tickets/${id}/comments?page[size]=100`)).body
  expect(comments.slice(1).map((one: Body) => [one.plain_body, one.public, one.author_id])).toEqual([
    ['Hello', true, me],
    ['Between us', false, me],
    ['Quietly', false, me],
  ])
})

test('an assignee has to be a member of the group', async () => {
  const { groups } = (await ask.zendesk('/groups')).body
  const [support, escalations] = groups.map((group: Body) => group.id)
  expect((await put({ assignee_id: me, group_id: support })).body.ticket).toMatchObject({
    assignee_id: me,
    group_id: support,
  })
  const wrong = await put({ assignee_id: me, group_id: escalations })
  expect(wrong).toMatchObject({ status: 422, body: { error: 'RecordInvalid' } })
  expect(wrong.body.details.assignee[0].description).toContain('not a member')
  expect((await put({ group_id: escalations })).body.ticket).toMatchObject({ assignee_id: null, group_id: escalations })
  expect((await put({ assignee_id: me })).body.ticket).toMatchObject({ assignee_id: me, group_id: support })
  expect((await put({ assignee_id: 1 })).status).toBe(422)
})

test('tags replace all tags; adding and removing works for many tickets only', async () => {
  sentKnowingly(
    'PUT /api/v2/tickets/{ticket_id}, body: ticket.additional_tags is not described',
    'PUT /api/v2/tickets/{ticket_id}, body: ticket.remove_tags is not described',
  )
  await put({ tags: ['one', 'two'] })
  const ignored = await put({ additional_tags: ['three'], remove_tags: ['one'] })
  expect(ignored.body.ticket.tags).toEqual(['one', 'two'])
})

test('status and priority change, an unknown word is refused', async () => {
  expect((await put({ status: 'pending', priority: 'urgent' })).body.ticket).toMatchObject({ status: 'pending' })
  expect(await put({ status: 'done' })).toMatchObject({ status: 422, body: { error: 'RecordInvalid' } })
})

test('a safe update that comes too late is a conflict, and saying false is saying true', async () => {
  const stamp = (await read()).updated_at
  await put({ priority: 'low' })
  for (const safe of [true, false]) {
    const late = await put({ priority: 'urgent', safe_update: safe, updated_stamp: stamp })
    expect(late).toMatchObject({ status: 409, body: { error: 'UpdateConflict' } })
  }
  expect((await put({ priority: 'urgent', safe_update: true })).status).toBe(400)
  const fresh = (await read()).updated_at
  expect((await put({ priority: 'urgent', safe_update: true, updated_stamp: fresh })).status).toBe(200)
})

test('a closed ticket refuses every change', async () => {
  const closed = simulator.truth().tickets.find(({ status }) => status === 'closed')?.id ?? 0
  expect(await put(cc(me), closed)).toMatchObject({
    status: 422,
    body: { error: 'RecordInvalid', details: { status: [{ description: 'Status: closed prevents ticket update' }] } },
  })
})

test('what is gone is 404, what is not for us is 403, a body without a ticket is 400', async () => {
  expect((await put({}, 1)).status).toBe(404)
  expect((await ask.write('PUT', `/tickets/${id}`, {})).status).toBe(400)
  await ask.order(`/tickets/${id}/restrict`)
  expect((await put({ priority: 'low' })).status).toBe(403)
})

test('updates have limits of their own: thirty in ten minutes for a ticket, a hundred a minute for all', async () => {
  await ask.order('/zendesk', { minute: 'simulated' })
  for (let count = 0; count < 30; count++) {
    expect((await put({ tags: [`t${count}`] })).status).toBe(200)
  }
  const refused = await put({ tags: ['more'] })
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBe(590)
  expect(refused.headers.get('zendesk-ratelimit-tickets-update')).toBe('total=100; remaining=69; resets=50')
  const others = simulator.truth().tickets.filter(({ status }) => status === 'open')
  for (let count = 0; count < 69; count++) await put({}, others[count % others.length]?.id)
  expect((await put({}, others[0]?.id)).status).toBe(429)
})

test('an agent may write the note of an organization and nothing else of it, five times a minute', async () => {
  await ask.order('/zendesk', { minute: 'simulated' })
  const organization = (await read()).organization_id
  const write = (body: object) => ask.write('PUT', `/organizations/${organization}`, { organization: body })
  expect((await write({ notes: 'New words' })).body.organization.notes).toBe('New words')
  expect((await ask.zendesk(`/organizations/${organization}`)).body.organization).toMatchObject({
    notes: 'New words',
    updated_at: '2026-11-18T10:00:10Z',
  })
  expect((await write({ name: 'Mine' })).status).toBe(403)
  for (let count = 0; count < 3; count++) await write({ notes: '' })
  expect(await write({ notes: '' })).toMatchObject({ status: 429, body: { errors: [{ code: 'TooManyRequests' }] } })
})

test('a write can be carried out although its answer is lost', async () => {
  const note = (text: string) => put({ comment: { body: text, public: false } })
  const order = { target: 'zendesk', method: 'PUT' }
  await ask.order('/misbehave', { ...order, kind: 'lost-502' })
  expect((await note('first')).status).toBe(502)
  await ask.order('/misbehave', { ...order, kind: 'lost-cut' })
  await expect(note('second')).rejects.toThrow('fetch failed')
  await ask.order('/misbehave', { ...order, kind: 'lost-hang' })
  const given = AbortSignal.timeout(2000)
  const hanging = fetch(`${simulator.description.zendesk.url}/api/v2/tickets/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${simulator.description.zendesk.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ticket: { comment: { body: 'third', public: false } } }),
    signal: given,
  })
  const outcome = hanging.then(
    () => 'answered',
    () => 'gave up',
  )
  while (simulator.record().length < 3) await new Promise((resolve) => setImmediate(resolve))
  const { comments } = (await ask.zendesk(`/tickets/${id}/comments?page[size]=100`)).body
  expect(comments.slice(1).map((one: Body) => one.plain_body)).toEqual(['first', 'second', 'third'])
  await simulator.stop()
  expect(await outcome).toBe('gave up')
})
