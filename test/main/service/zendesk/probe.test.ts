import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { zendeskProbe, type SlaSupport } from '#contract/connections.ts'
import { probeZendesk, slaPath } from '#service/zendesk/probe.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { loopbackServer, sendJson } from '#test/support/loopback-server.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { reachZendesk } from '#test/support/zendesk-reach.ts'

const anchor = Date.UTC(2026, 10, 18, 10)
let simulator: Simulator

beforeAll(async () => {
  simulator = await createSimulator({ anchor, now: anchor, speed: 0, scale: 300 })
})
afterAll(() => simulator.stop())
beforeEach(async () => {
  await order('/misbehave/clear', {})
  await order('/zendesk', { slas: slas({}), ccs_and_followers: true, ticket_restriction: null, light_agent: false })
})

async function order(path: string, body: object): Promise<void> {
  const answer = await fetch(new URL(path, simulator.description.control.url), {
    method: 'POST',
    body: JSON.stringify(body),
  })
  expect(answer.status).toBeLessThan(300)
}

const places = ['tickets', 'organization', 'user', 'show_many', 'ticket', 'search'] as const
const slas = (off: Partial<Record<(typeof places)[number], false>>) => ({
  ...Object.fromEntries(places.map((place) => [place, true])),
  ...off,
})
const misbehave = (kind: string, pathContains: string, more: object = {}) =>
  order('/misbehave', { target: 'zendesk', kind, pathContains, count: 100, ...more })

async function probe() {
  const { url, token } = simulator.description.zendesk
  const reach = reachZendesk(url, () => `Bearer ${token}`)
  const found = await probeZendesk(reach, () => anchor)
  return { found: zendeskProbe.parse(found), sent: reach.sent }
}

test('where everything is on, a few reads on a person’s behalf find it out', async () => {
  await order('/zendesk', { plan: 'enterprise' })
  const { found, sent } = await probe()
  expect(found).toEqual({
    checkedAt: anchor,
    slas: { organization: 'yes', showMany: 'yes', search: 'yes', ticket: 'yes' },
    ccsAndFollowers: 'on',
    planPerMinute: 700,
    role: 'agent',
    lightAgent: false,
    restriction: null,
    meaning: expect.arrayContaining(['Your Zendesk tells SLA deadlines in lists: they are fresh every minute.']),
  })
  expect(sent.length).toBeLessThanOrEqual(7)
  expect(new Set(sent.map(({ method, urgency }) => `${method} ${urgency}`))).toEqual(new Set(['GET person']))
  await order('/zendesk', { plan: null })
})

describe('which ways tell SLA clocks', () => {
  const ways = ['organization', 'show_many', 'search', 'ticket'] as const
  const combinations = Array.from({ length: 2 ** ways.length }, (_, bits) =>
    ways.filter((_way, index) => (bits & (1 << index)) !== 0),
  )

  test.each(combinations.map((off) => [off.join(', ') || 'none', off] as const))(
    'is told where %s leave them out',
    async (_words, off) => {
      const told = (way: (typeof ways)[number]): SlaSupport => (off.includes(way) ? 'no' : 'yes')
      const expected = {
        organization: told('organization'),
        showMany: told('show_many'),
        search: told('search'),
        ticket: told('ticket'),
      }
      const left = Object.fromEntries(off.map((way) => [way, false as const]))
      await order('/zendesk', { slas: slas(left) })
      expect((await probe()).found.slas).toEqual(expected)
      await order('/zendesk', { slas: slas({ ...left, tickets: false }) })
      expect((await probe()).found.slas).toEqual(expected)
    },
  )

  test.each([
    ['403', 'object'],
    ['403', 'text'],
    ['404', 'object'],
  ])('a way that answers %s (%s) is refused, and the others are found all the same', async (kind, form) => {
    await misbehave(kind, '/show_many', { form })
    const { found } = await probe()
    expect(found.slas).toEqual({ organization: 'yes', showMany: 'refused', search: 'yes', ticket: 'yes' })
    expect(slaPath(found)).toBe('organization-list')
  })

  test('without the list of all tickets the search names some to ask about', async () => {
    await misbehave('403', '/api/v2/tickets.json')
    expect((await probe()).found.slas).toEqual({ organization: 'yes', showMany: 'yes', search: 'yes', ticket: 'yes' })
  })

  test('without any ticket nothing is known', async () => {
    await misbehave('403', '/api/v2/tickets.json')
    await misbehave('403', '/search')
    const { found, sent } = await probe()
    expect(found).toMatchObject({
      slas: { organization: 'unknown', showMany: 'unknown', search: 'refused', ticket: 'unknown' },
      ccsAndFollowers: 'unknown',
    })
    expect(sent).toHaveLength(3)
  })

  test.each(['truncate', '503', '502'])('a way that answers with %s for now is not known', async (kind) => {
    await misbehave(kind, '/show_many', { retryAfter: 0 })
    const { found } = await probe()
    expect(found.slas).toEqual({ organization: 'yes', showMany: 'unknown', search: 'yes', ticket: 'yes' })
    expect(slaPath(found)).toBe('organization-list')
  })

  test('a Zendesk that cannot be asked ends it', async () => {
    await misbehave('401', '/search')
    await expect(probe()).rejects.toMatchObject({ kind: 'unauthorized' })
    await order('/misbehave/clear', {})
    await misbehave('html', '/search')
    await expect(probe()).rejects.toMatchObject({ kind: 'unauthorized' })
    await order('/misbehave/clear', {})
    await misbehave('truncate', '/tickets', { skip: 1 })
    await expect(probe()).rejects.toMatchObject({ kind: 'offline' })
  })
})

describe('CCs and followers', () => {
  test('are off where people are on the older list only', async () => {
    await order('/zendesk', { ccs_and_followers: false })
    const { found, sent } = await probe()
    expect(found.ccsAndFollowers).toBe('off')
    expect(found.meaning[1]).toContain('CCs and followers are off')
    expect(sent.some(({ method }) => method !== 'GET')).toBe(false)
  })

  const ticket = { id: 101, status: 'open', organization_id: 42, slas: { policy_metrics: [] } }
  const lonely = async (emailCcs: { status: number; users?: readonly object[] }) => {
    const server = await loopbackServer(({ path }, response) => {
      if (path.includes('users/me')) sendJson(response, { user: { id: 11, name: 'Ines', role: 'agent' } })
      else if (path.includes('email_ccs'))
        sendJson(response, { users: emailCcs.users ?? [] }, { status: emailCcs.status })
      else if (path.includes('search')) sendJson(response, { results: [ticket], next_page: null })
      else if (path.includes('/tickets/101')) sendJson(response, { ticket })
      else sendJson(response, { tickets: [ticket], meta: { has_more: false } })
    })
    const reach = reachZendesk(server.url)
    return { found: await probeZendesk(reach, () => anchor), requests: server.requests }
  }

  test.each([
    ['its own list is refused', { status: 404 }, 'off'],
    ['its own list may not be seen', { status: 403 }, 'off'],
    ['its own list is empty', { status: 200 }, 'unknown'],
    ['its own list has somebody', { status: 200, users: [{ id: 11 }] }, 'on'],
  ] as const)('where nobody is on Cc anywhere: %s', async (_what, emailCcs, verdict) => {
    const { found, requests } = await lonely(emailCcs)
    expect(found.ccsAndFollowers).toBe(verdict)
    expect(requests).toHaveLength(7)
  })

  test('tickets of which no clock is known prove nothing about a way', async () => {
    const { found } = await lonely({ status: 200 })
    expect(found.slas).toEqual({ organization: 'unknown', showMany: 'unknown', search: 'unknown', ticket: 'unknown' })
    expect(found.planPerMinute).toBeNull()
  })
})

test('a way that shows a ticket without the clocks another way told of it does not tell them', async () => {
  const clocks = (...policy_metrics: readonly object[]) => ({ id: 101, status: 'open', slas: { policy_metrics } })
  const told = clocks({ metric: 'next_reply_time', stage: 'active', breach_at: '2026-11-18T10:00:00Z' })
  const server = await loopbackServer(({ path }, response) => {
    if (path.includes('users/me')) sendJson(response, { user: { id: 11, name: 'Ines', role: 'agent' } })
    else if (path.includes('search')) sendJson(response, { results: [told], next_page: null })
    else if (path.includes('show_many')) sendJson(response, { tickets: [clocks()] })
    else if (path.includes('/tickets/101')) sendJson(response, { ticket: clocks() })
    else sendJson(response, { tickets: [clocks()], meta: { has_more: false } })
  })
  const { slas: found } = await probeZendesk(reachZendesk(server.url), () => anchor)
  // The ticket belongs to no organization: there is none to ask about.
  expect(found).toEqual({ organization: 'unknown', showMany: 'no', search: 'yes', ticket: 'no' })
})

test('limits of the role are told', async () => {
  await order('/zendesk', { ticket_restriction: 'groups', light_agent: true })
  const { found } = await probe()
  expect(found).toMatchObject({ role: 'agent', lightAgent: true, restriction: 'groups' })
  expect(found.meaning).toEqual(
    expect.arrayContaining([expect.stringContaining('You see only'), expect.stringContaining('light agent')]),
  )
})

test('the way to keep clocks fresh is the first that tells them, then one that may, then none', () => {
  const word = fc.constantFrom<SlaSupport>('yes', 'no', 'refused', 'unknown')
  fc.assert(
    fc.property(fc.record({ organization: word, showMany: word, search: word, ticket: word }), (found) => {
      const inOrder = [found.showMany, found.organization, found.search, found.ticket]
      const names = ['show-many', 'organization-list', 'search', 'single']
      const index = inOrder.includes('yes') ? inOrder.indexOf('yes') : inOrder.indexOf('unknown')
      expect(slaPath({ slas: found })).toBe(names[index] ?? 'none')
    }),
  )
})
