import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createSimulator } from '#test/support/simulator.ts'
import type { Ask, Body } from '../ask.ts'
import { createAsk } from '../ask.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator
let ask: Ask
let account: number
let me: number

beforeEach(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0 })
  ask = createAsk(simulator.description)
  account = simulator.description.workspace.accounts[0]?.id ?? 0
  me = simulator.description.workspace.meId
})
afterEach(() => simulator.stop())

test('an API token that is switched off lets nobody in; a bad login can look like an anonymous user', async () => {
  const { email, token } = simulator.description.zendesk
  const basic = `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`
  expect((await ask.zendesk('/users/me', basic)).body.user.id).toBe(me)
  await ask.order('/zendesk', { api_token: false })
  expect((await ask.zendesk('/users/me', basic)).status).toBe(401)
  await ask.order('/zendesk', { anonymous: true })
  const nobody = await ask.zendesk('/users/me.json', basic)
  expect(nobody).toMatchObject({ status: 200, body: { user: { id: null, role: 'end-user' } } })
  expect((await ask.zendesk('/tickets', basic)).status).toBe(401)
})

test('an API token works for every user of the account', async () => {
  const dana = `dana.whitfield@support.example/token:${simulator.description.zendesk.token}`
  const basic = `Basic ${Buffer.from(dana).toString('base64')}`
  expect((await ask.zendesk('/users/me', basic)).body.user.name).toBe('Dana Whitfield')
})

test('each place can leave SLAs out without a word', async () => {
  const ticket = simulator.truth().tickets.at(-1)?.id
  const places = {
    tickets: '/tickets?page[size]=1&include=slas',
    organization: `/organizations/${account}/tickets?page[size]=1&include=slas`,
    user: `/users/${me}/tickets/ccd?page[size]=1&include=slas`,
    show_many: `/tickets/show_many?ids=${ticket}&include=slas`,
    ticket: `/tickets/${ticket}?include=slas`,
    search: '/search?query=type:ticket status:open&per_page=1&include=tickets(slas)',
  }
  const has = async (path: string): Promise<boolean> => {
    const { body } = await ask.zendesk(path)
    return 'slas' in (body.ticket ?? body.tickets?.[0] ?? body.results[0])
  }
  for (const [place, path] of Object.entries(places)) {
    expect(await has(path)).toBe(true)
    await ask.order('/zendesk', { slas: { [place]: false } })
    expect(await has(path)).toBe(false)
  }
})

test('somebody who is no agent, a light agent and a restricted agent are shown as such', async () => {
  await ask.order('/zendesk', { light_agent: true, ticket_restriction: 'groups' })
  expect((await ask.zendesk('/users/me')).body.user).toMatchObject({
    role: 'agent',
    only_private_comments: true,
    ticket_restriction: 'groups',
    restricted_agent: true,
  })
  await ask.order('/zendesk', { role: 'end-user' })
  expect((await ask.zendesk('/users/me')).body.user.role).toBe('end-user')
  expect((await ask.zendesk('/tickets')).status).toBe(403)
})

test('a plan limits the requests of a simulated minute, colleagues spend of it as well', async () => {
  await ask.order('/zendesk', { plan: 'team', minute: 'simulated', others_per_minute: 197 })
  const first = await ask.zendesk('/users/me')
  expect(first.headers.get('x-rate-limit')).toBe('200')
  expect(first.headers.get('ratelimit-remaining')).toBe('2')
  await ask.zendesk('/users/me')
  await ask.zendesk('/users/me')
  const refused = await ask.zendesk('/users/me')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('60')
  simulator.advanceBy(59_000)
  expect((await ask.zendesk('/users/me')).headers.get('retry-after')).toBe('1')
  simulator.advanceBy(1000)
  expect((await ask.zendesk('/users/me')).status).toBe(200)
})

test('what only an admin may ask is refused', async () => {
  for (const path of [
    '/organizations/search?name=x',
    '/incremental/tickets/cursor.json?start_time=1',
    '/incremental/ticket_metric_events',
    '/slas/policies.json',
    '/ticket_audits',
  ]) {
    expect((await ask.zendesk(path)).status).toBe(403)
  }
})

test('switches are told, and a wrong one is named', async () => {
  expect((await ask.look('/zendesk')).body).toMatchObject({ ccs_and_followers: true, plan: null, minute: 'real' })
  const wrong = await ask.order('/zendesk', { plan: 'gold' })
  expect(wrong).toMatchObject({ status: 400, body: { error: expect.stringMatching(/^plan/) } })
})

test('organizations carry the fields an account is made from, and their tickets are counted', async () => {
  const { body } = await ask.zendesk(`/organizations/${account}`)
  expect(body.organization.organization_fields).toMatchObject({
    assigned_se: String(simulator.description.workspace.accounts[0]?.aseId),
    am_project_id: expect.any(Number),
    org_region: 'AMER',
    support_level: 'ultimate',
  })
  const { count } = (await ask.zendesk(`/organizations/${account}/tickets/count`)).body
  const own = simulator.truth().tickets.filter(({ organizationId }) => organizationId === account)
  expect(count).toEqual({ value: own.length, refreshed_at: '2026-11-18T10:00:00Z' })
  const groups = (await ask.zendesk(`/users/${me}/group_memberships`)).body.group_memberships
  expect(groups.map(({ user_id }: Body) => user_id)).toEqual([me])
})
