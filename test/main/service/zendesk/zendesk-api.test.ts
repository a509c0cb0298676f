import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { loopbackServer, sendJson, type ReceivedRequest } from '#test/support/loopback-server.ts'
import { reachZendesk } from '#test/support/zendesk-reach.ts'

async function apiTo(answer: (request: ReceivedRequest, response: ServerResponse, count: number) => void) {
  let count = 0
  const server = await loopbackServer((request, response) => answer(request, response, (count += 1)))
  const reach = reachZendesk(server.url)
  return { api: createZendeskApi(reach)('poll'), server }
}

const apiThatGets = (body: unknown) => apiTo((_request, response) => sendJson(response, body))

const lastMeta = { has_more: false, after_cursor: null }

const wireTicket = {
  id: 101,
  url: 'https://acme.zendesk.com/api/v2/tickets/101.json',
  organization_id: 1,
  subject: 'Runners time out',
  status: 'open',
  priority: 'high',
  type: 'incident',
  requester_id: 501,
  assignee_id: 12,
  ticket_form_id: 360000803419,
  email_cc_ids: [11],
  follower_ids: [13],
  tags: ['ci'],
  created_at: '2026-11-18T08:00:00Z',
  updated_at: '2026-11-18T09:00:00Z',
  generated_timestamp: Date.parse('2026-11-18T09:00:05Z') / 1000,
  slas: {
    policy_metrics: [
      { metric: 'next_reply_time', stage: 'active', breach_at: '2026-11-18T10:00:00Z', hours: 1 },
      { metric: 'brand_new_time', stage: 'unheard_of', breach_at: null },
      { metric: 'first_reply_time', stage: 'achieved' },
    ],
  },
}

const wireOrganization = { id: 42, name: 'Acme', updated_at: '2026-11-18T09:00:00Z' }

describe('what is sent', () => {
  /** Path and query of a request; the library adds `.json`, which Zendesk takes with or without. */
  const sent = (request: ReceivedRequest | undefined) => ({
    path: request?.url.pathname.replace(/\.json$/, ''),
    query: [...(request?.url.searchParams ?? [])].toSorted(([a], [b]) => a.localeCompare(b)),
  })

  const sentAs = (request: ReceivedRequest) => {
    const { path, query } = sent(request)
    return `${path?.replace('/api/v2', '')} ${query.map(([name, value]) => `${name}=${value}`).join(' ')}`
  }

  test('asks for the tickets of an organization, last changed first, a hundred at a time, with clocks and users', async () => {
    const { api, server } = await apiThatGets({ tickets: [], meta: lastMeta })
    await api.ticketsOfOrganization(42, null)
    await api.ticketsOfOrganization(42, 'a+b/c=&d')
    expect(sent(server.requests[0])).toEqual({
      path: '/api/v2/organizations/42/tickets',
      query: [
        ['include', 'slas,users'],
        ['page[size]', '100'],
        ['sort', '-updated_at'],
      ],
    })
    expect(sent(server.requests[1]).query).toEqual([
      ['include', 'slas,users'],
      ['page[after]', 'a+b/c=&d'],
      ['page[size]', '100'],
      ['sort', '-updated_at'],
    ])
    expect(server.requests.map((request) => request.method)).toEqual(['GET', 'GET'])
    for (const request of server.requests) expect(request.url.pathname).toMatch(/^\/api\/v2\/[a-z0-9/]+(\.json)?$/)
  })

  test('asks for my tickets with when I got them, for those of an account by id, for my Cc and for what I follow', async () => {
    const { api, server } = await apiThatGets({ tickets: [], meta: lastMeta })
    await api.ticketsAssignedTo(11, null)
    await api.ticketsOfOrganizationById(42, 'next')
    await api.ticketsWithCc(11, null)
    await api.ticketsFollowedBy(11, null)
    await api.allTickets(null)
    expect(server.requests.map((request) => sentAs(request))).toEqual([
      '/users/11/tickets/assigned include=slas,users,metric_sets page[size]=100 sort=-updated_at',
      '/organizations/42/tickets include=slas,users page[after]=next page[size]=100 sort=id',
      '/users/11/tickets/ccd include=slas,users page[size]=100 sort=-updated_at',
      '/users/11/tickets/followed include=slas,users page[size]=100 sort=-updated_at',
      '/tickets include=slas,users page[size]=100 sort=-updated_at',
    ])
  })

  test('asks for single tickets, many of them, search results, conversations and histories', async () => {
    const { api, server } = await apiTo(({ path }, response) => {
      if (path.includes('comments')) sendJson(response, { comments: [], meta: lastMeta })
      else if (path.includes('audits')) sendJson(response, { audits: [], meta: lastMeta })
      else if (path.includes('search')) sendJson(response, { results: [], next_page: null })
      else if (path.includes('show_many')) sendJson(response, { tickets: [] })
      else sendJson(response, { ticket: wireTicket })
    })
    await api.ticketsByIds([101, 102])
    await api.ticket(101)
    await api.liveTicketsBySearch(42, 3)
    await api.comments(101, 'next')
    await api.audits(101, null)
    expect(server.requests.map((request) => sentAs(request))).toEqual([
      '/tickets/show_many ids=101,102 include=slas,users',
      '/tickets/101 include=slas,users',
      '/search include=tickets(slas,users) page=3 per_page=100 query=type:ticket organization:42 status<solved sort_by=created_at sort_order=desc',
      '/tickets/101/comments include=users page[after]=next page[size]=100 sort=created_at',
      '/tickets/101/audits include=users page[size]=100',
    ])
  })

  test('asks for people and organizations, agents by address where an address is given', async () => {
    const { api, server } = await apiTo(({ path }, response) => {
      if (path.includes('organizations/autocomplete')) sendJson(response, { organizations: [], next_page: null })
      else if (path.includes('ticket_forms')) sendJson(response, { ticket_forms: [{ id: 47, name: 'Emergency' }] })
      else if (path.includes('organizations')) sendJson(response, { organization: wireOrganization })
      else if (path.includes('autocomplete') || path.includes('search')) sendJson(response, { users: [] })
      else sendJson(response, { user: { id: 11, name: 'Ines', role: 'agent' } })
    })
    await api.me()
    await api.user(12)
    await api.organization(42)
    await api.organizationsNamed('Ac&me')
    await api.agentsNamed('Dan')
    await api.agentsNamed('dana"@acme.example')
    expect(await api.ticketForms()).toEqual([{ id: 47, name: 'Emergency' }])
    expect(server.requests.map((request) => sentAs(request))).toEqual([
      '/users/me ',
      '/users/12 ',
      '/organizations/42 ',
      '/organizations/autocomplete name=Ac&me',
      '/users/autocomplete filter=assignable name=Dan per_page=100',
      '/users/search query=email:"dana@acme.example"',
      '/ticket_forms per_page=100',
    ])
  })

  test('says how urgent each call is, and is one connector for each urgency', async () => {
    const server = await loopbackServer((_request, response) => sendJson(response, { tickets: [], meta: lastMeta }))
    const reach = reachZendesk(server.url)
    const at = createZendeskApi(reach)
    await at('person').allTickets(null)
    await at('sweep').allTickets(null)
    expect(reach.sent.map(({ urgency }) => urgency)).toEqual(['person', 'sweep'])
    expect(at('sweep')).toBe(at('sweep'))
  })
})

describe('what is read of a ticket', () => {
  test('is all of it in our words, metrics and stages nobody has told us of included', async () => {
    const { api } = await apiThatGets({
      tickets: [
        {
          ...wireTicket,
          metric_set: { assigned_at: '2026-11-18T08:30:00Z', initially_assigned_at: '2026-11-18T08:10:00Z' },
        },
      ],
      users: [{ id: 501, name: 'Carla', role: 'end-user', email: 'carla@acme.example' }],
      meta: { has_more: true, after_cursor: 'more' },
    })
    expect(await api.ticketsAssignedTo(12, null)).toEqual({
      rows: [
        {
          ticket: {
            id: 101,
            organizationId: 1,
            subject: 'Runners time out',
            status: 'open',
            priority: 'high',
            requesterId: 501,
            assigneeId: 12,
            ccIds: [11],
            groupId: null,
            formId: 360000803419,
            followerIds: [13],
            tags: ['ci'],
            createdAt: Date.parse('2026-11-18T08:00:00Z'),
            updatedAt: Date.parse('2026-11-18T09:00:00Z'),
            generatedAt: Date.parse('2026-11-18T09:00:05Z'),
          },
          clocks: [
            { metric: 'next_reply_time', stage: 'active', breachAt: Date.parse('2026-11-18T10:00:00Z') },
            { metric: 'brand_new_time', stage: 'unheard_of', breachAt: null },
            { metric: 'first_reply_time', stage: 'achieved', breachAt: null },
          ],
          takenAt: Date.parse('2026-11-18T08:30:00Z'),
        },
      ],
      users: [{ id: 501, name: 'Carla', role: 'end-user' }],
      next: 'more',
    })
  })

  test('may be null or missing wherever real tickets have nothing', async () => {
    const { id, status, created_at, updated_at } = wireTicket
    const bare = { id, status, created_at, updated_at }
    const nulls = {
      ...bare,
      organization_id: null,
      subject: null,
      priority: null,
      type: null,
      requester_id: null,
      assignee_id: null,
      email_cc_ids: null,
      follower_ids: null,
      tags: null,
      recipient: null,
      satisfaction_rating: null,
      generated_timestamp: null,
      slas: null,
      metric_set: null,
    }
    const { api } = await apiThatGets({ tickets: [bare, nulls], meta: { has_more: false } })
    const { rows, users, next } = await api.ticketsOfOrganization(1, null)
    expect(rows[0]).toEqual(rows[1])
    expect(rows[0]).toMatchObject({
      clocks: null,
      takenAt: null,
      ticket: { subject: '', organizationId: null, ccIds: [], tags: [], generatedAt: rows[0]?.ticket.updatedAt },
    })
    expect([users, next]).toEqual([[], null])
  })
})

describe('a conversation', () => {
  test('is read with its notes, also where Zendesk itself wrote or a part is missing', async () => {
    const comment = {
      id: 1,
      author_id: 501,
      public: true,
      created_at: '2026-11-18T08:00:00Z',
      html_body: '<p>Hi</p>',
      plain_body: 'Hi',
    }
    const { api } = await apiThatGets({
      comments: [
        comment,
        { ...comment, id: 2, author_id: -1, public: false, html_body: null, plain_body: null, body: 'Merged' },
      ],
      users: [{ id: 501, name: 'Carla' }],
      meta: lastMeta,
    })
    expect((await api.comments(101, null)).rows).toMatchObject([
      { id: 1, ticketId: 101, authorId: 501, public: true, html: '<p>Hi</p>', text: 'Hi' },
      { id: 2, ticketId: 101, authorId: null, public: false, html: '', text: 'Merged' },
    ])
  })
})

describe('a page that cannot be trusted', () => {
  const refusal = async (body: unknown) => {
    const { api } = await apiThatGets(body)
    return api.ticketsOfOrganization(1, null).then(
      () => 'accepted',
      (error: { kind: string; message: string }) => `${error.kind}: ${error.message}`,
    )
  }
  const nowhere = 'malformed: Zendesk sent a page of a list of tickets that has more to come but does not say where.'

  test('is refused when there is more to come and it does not say where', async () => {
    expect(await refusal({ tickets: [wireTicket], meta: { has_more: true } })).toBe(nowhere)
    expect(await refusal({ tickets: [wireTicket], meta: { has_more: true, after_cursor: '' } })).toBe(nowhere)
  })

  test('is refused when there is more to come and it is empty', async () => {
    expect(await refusal({ tickets: [], meta: { has_more: true, after_cursor: 'x' } })).toBe(nowhere)
  })

  test.each<[string, unknown]>([
    ['it does not say whether there is more', { tickets: [wireTicket] }],
    ['it is a page by number', { tickets: [wireTicket], next_page: null, count: 1 }],
    ['there is no list', { meta: lastMeta }],
    ['it is an error in the dress of a success', { error: 'RecordNotFound', description: 'Not found' }],
    ['an id is text', { tickets: [{ ...wireTicket, id: '101' }], meta: lastMeta }],
    ['a time is none', { tickets: [{ ...wireTicket, updated_at: 'yesterday' }], meta: lastMeta }],
    ['a status is missing', { tickets: [{ ...wireTicket, status: undefined }], meta: lastMeta }],
    ['it is a list', []],
    ['it is nothing', null],
  ])('is refused when %s', async (_what, body) => {
    expect(await refusal(body)).toMatch(/^malformed: Zendesk sent a list of tickets of an unknown shape \(/)
  })

  test('is refused with the place of what is strange in it', async () => {
    const tickets = [wireTicket, { ...wireTicket, assignee_id: 'nobody' }]
    expect(await refusal({ tickets, meta: lastMeta })).toContain('(tickets.1.assignee_id: ')
  })
})

describe('who is signed in', () => {
  test('is an agent or an administrator, with zone and limits', async () => {
    const { api } = await apiThatGets({
      user: {
        id: 11,
        name: 'Ines',
        email: 'ines@example.com',
        role: 'agent',
        iana_time_zone: 'Europe/Berlin',
        ticket_restriction: 'groups',
        only_private_comments: true,
      },
    })
    expect(await api.me()).toEqual({
      id: 11,
      name: 'Ines',
      email: 'ines@example.com',
      role: 'agent',
      timeZone: 'Europe/Berlin',
      restriction: 'groups',
      lightAgent: true,
    })
  })

  test.each([{}, { email: null, iana_time_zone: null, ticket_restriction: null, only_private_comments: null }])(
    'may lack everything else, a zone nobody knows included',
    async (rest) => {
      const { api } = await apiThatGets({
        user: { id: 11, name: 'Ines', role: 'admin', iana_time_zone: 'Mars/Olympus', ...rest },
      })
      const nothing = { email: null, timeZone: null, restriction: null, lightAgent: null }
      expect(await api.me()).toEqual({ id: 11, name: 'Ines', role: 'admin', ...nothing })
    },
  )

  test.each([
    { id: null, name: 'Anonymous user', email: 'invalid@example.com', role: 'end-user' },
    { id: 77, name: 'Carla', role: 'end-user' },
    { id: 77, name: 'Nobody', role: null },
  ])('is refused when it is nobody or a customer: $name', async (user) => {
    const { api } = await apiThatGets({ user })
    await expect(api.me()).rejects.toMatchObject({
      kind: 'unauthorized',
      message: 'Zendesk knows nobody by this sign-in, or only a customer. Sign in as an agent.',
    })
  })
})

describe('people and organizations', () => {
  test('customers are no agents, whatever Zendesk completes', async () => {
    const users = [
      { id: 1, name: 'Dana W', role: 'agent', email: 'dana@support.example', iana_time_zone: 'America/Los_Angeles' },
      { id: 2, name: 'Dan the customer', role: 'end-user' },
      { id: 3, name: 'Dante', role: 'admin' },
    ]
    const { api } = await apiThatGets({ users })
    expect((await api.agentsNamed('Dan')).map(({ id, timeZone }) => [id, timeZone])).toEqual([
      [1, 'America/Los_Angeles'],
      [3, null],
    ])
  })

  test('an organization tells the fields that are filled in', async () => {
    const organization_fields = {
      am_project_id: 815,
      assigned_se: '12',
      org_in_escalated_state: false,
      blank: ' ',
      nothing: null,
      plans: ['gold', 'addon'],
      none_chosen: [],
      strange: { a: 1 },
    }
    const { api } = await apiThatGets({ organization: { ...wireOrganization, tags: ['vip'], organization_fields } })
    expect(await api.organization(42)).toEqual({
      id: 42,
      name: 'Acme',
      notes: null,
      tags: ['vip'],
      updatedAt: Date.parse('2026-11-18T09:00:00Z'),
      fields: { am_project_id: 815, assigned_se: '12', org_in_escalated_state: false, plans: 'gold, addon' },
    })
  })

  test('organizations found by name must say that they are all; an empty page with more to come is refused', async () => {
    const { api } = await apiThatGets({ organizations: [wireOrganization] })
    await expect(api.organizationsNamed('Ac')).rejects.toMatchObject({ kind: 'malformed' })
    const endless = await apiThatGets({ organizations: [], users: [], next_page: 'https://elsewhere.invalid' })
    await expect(endless.api.organizationsNamed('Ac')).rejects.toMatchObject({ kind: 'malformed' })
    await expect(endless.api.agentsNamed('Ac')).rejects.toMatchObject({ kind: 'malformed' })
  })
})

describe('tickets by their ids', () => {
  const many = async (body: object) => (await apiThatGets(body)).api.ticketsByIds([101, 102])
  const other = { ...wireTicket, id: 102 }

  test('those that are missing are simply not among them; a row twice and a stranger do no harm', async () => {
    const { rows } = await many({
      tickets: [{ ...wireTicket, id: 7 }, wireTicket, wireTicket],
      count: 1,
      next_page: null,
    })
    expect(rows.map(({ ticket }) => ticket.id)).toEqual([101])
    expect((await many({ tickets: [wireTicket, other] })).rows).toHaveLength(2)
  })

  test.each([
    ['says that it has more of them than it sends', { tickets: [wireTicket], count: 2, next_page: null }],
    ['fills the number up with the same row', { tickets: [wireTicket, wireTicket], count: 2, next_page: null }],
    ['says that there is another page', { tickets: [wireTicket], next_page: 'https://elsewhere.invalid/api/v2/x' }],
    ['has none and says that there is another page', { tickets: [], count: 0, next_page: 'https://elsewhere.invalid' }],
    ['has no list', { error: 'RecordNotFound' }],
    ['has an error in its list', { tickets: [wireTicket, { name: 'Error', message: '429' }], count: 2 }],
  ])('an answer that %s is refused', async (_how, body) => {
    await expect(many(body)).rejects.toMatchObject({ kind: 'malformed' })
  })

  test('none are asked for when none are wanted, and more than a hundred are a mistake of ours', async () => {
    const { api, server } = await apiThatGets({ tickets: [] })
    expect(await api.ticketsByIds([])).toEqual({ rows: [], users: [] })
    await expect(api.ticketsByIds(Array.from({ length: 101 }, (_, index) => index + 1))).rejects.toThrow(RangeError)
    expect(server.requests).toHaveLength(0)
  })

  test('a single one must be the one that was asked for', async () => {
    const { api } = await apiThatGets({ ticket: wireTicket, users: [{ id: 501, name: 'Carla' }] })
    expect(await api.ticket(101)).toMatchObject({ rows: [{ ticket: { id: 101 } }], users: [{ id: 501, role: null }] })
    await expect(api.ticket(102)).rejects.toMatchObject({ kind: 'malformed' })
  })
})

describe('search results', () => {
  test('go on by number up to the tenth page, wherever the next one is said to be', async () => {
    const next_page = 'https://elsewhere.invalid/api/v2/search?page=77'
    const { api, server } = await apiThatGets({
      results: [{ ...wireTicket, result_type: 'ticket' }],
      next_page,
      count: 5000,
    })
    expect(await api.liveTicketsBySearch(42, 1)).toMatchObject({ rows: [{ ticket: { id: 101 } }], next: 2 })
    expect((await api.liveTicketsBySearch(42, 10)).next).toBeNull()
    await expect(api.liveTicketsBySearch(42, 11)).rejects.toThrow(RangeError)
    expect(server.requests).toHaveLength(2)
  })

  test.each([
    ['does not say whether there is more', { results: [wireTicket], count: 1 }],
    ['is empty and says that there is more', { results: [], next_page: 'x' }],
    ['has an error among its rows', { results: [wireTicket, { name: 'Error' }], next_page: null }],
  ])('a page that %s is refused', async (_how, body) => {
    const { api } = await apiThatGets(body)
    await expect(api.liveTicketsBySearch(42, 1)).rejects.toMatchObject({ kind: 'malformed' })
  })
})

describe('a history', () => {
  const audit = (id: number, minute: number, more: object = {}) => ({
    id,
    ticket_id: 101,
    author_id: 12,
    created_at: `2026-11-18T09:${minute}:00Z`,
    events: [{ id: id + 1, type: 'Change', field_name: 'status', previous_value: 'new', value: 'open' }],
    ...more,
  })
  const historyOf = async (body: object, cursor: string | null = null) =>
    (await apiThatGets(body)).api.audits(101, cursor)

  test('says where it goes on now, and where another time', async () => {
    const users = [{ id: 12, name: 'Anna', role: 'agent' }]
    const more = await historyOf({ audits: [audit(1, 10)], users, meta: { has_more: true, after_cursor: 'a' } })
    expect(more).toMatchObject({ rows: [{ id: 1, ticketId: 101 }], users, next: 'a', resume: 'a' })
    const last = await historyOf({ audits: [audit(1, 10), audit(2, 11)], meta: { has_more: false, after_cursor: 'b' } })
    expect(last).toMatchObject({ next: null, resume: 'b' })
  })

  test('with nothing new goes on at the same place; without a place it begins anew', async () => {
    const none = { audits: [], meta: { has_more: false, after_cursor: null } }
    expect((await historyOf(none, 'b')).resume).toBe('b')
    expect((await historyOf({ audits: [audit(1, 10)], meta: { has_more: false } }, 'b')).resume).toBeNull()
  })

  test('in another order than expected is read, and begins anew another time', async () => {
    const meta = { has_more: false, after_cursor: 'z' }
    expect(await historyOf({ audits: [audit(2, 11), audit(1, 10)], meta })).toMatchObject({
      rows: [{ id: 2 }, { id: 1 }],
      resume: null,
    })
  })

  test('of an archived ticket comes whole, without a cursor', async () => {
    const page = await historyOf({ audits: [audit(1, 10)], count: 1, next_page: null })
    expect(page).toMatchObject({ rows: [{ id: 1 }], next: null, resume: null })
  })

  test('leaves out what belongs to another ticket', async () => {
    const page = await historyOf({ audits: [audit(9, 10, { ticket_id: 7 }), audit(1, 11)], meta: { has_more: false } })
    expect(page.rows.map(({ id }) => id)).toEqual([1])
  })

  test.each([
    ['does not say whether there is more', { audits: [audit(1, 10)] }],
    ['says that more is to come on a page by number', { audits: [audit(1, 10)], next_page: 'x' }],
    ['is empty and says that there is more', { audits: [], meta: { has_more: true, after_cursor: 'a' } }],
    ['has an error among its rows', { audits: [audit(1, 10), { name: 'Error' }], meta: { has_more: false } }],
  ])('that %s is refused', async (_how, body) => {
    await expect(historyOf(body)).rejects.toMatchObject({ kind: 'malformed' })
  })
})
