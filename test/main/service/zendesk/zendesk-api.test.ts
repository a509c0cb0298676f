import type { ServerResponse } from 'node:http'
import { createClient } from 'node-zendesk'
import { describe, expect, test } from 'vitest'
import { createTransport } from '#service/transport/transport.ts'
import { createZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { loopbackServer, sendJson, type ReceivedRequest } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'

async function apiTo(answer: (request: ReceivedRequest, response: ServerResponse, count: number) => void) {
  let count = 0
  const server = await loopbackServer((request, response) => answer(request, response, (count += 1)))
  const waits: number[] = []
  const transport = createTransport({
    name: 'Zendesk',
    origin: server.url,
    log: createSilentLog(),
    signal: new AbortController().signal,
    delay: async (ms) => void waits.push(ms),
    timeoutMs: 2000,
  })
  let signed = 0
  const api = createZendeskApi(server.url, async () => `Bearer token-${(signed += 1)}`, transport)
  return { api, server, waits }
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

describe('what is sent', () => {
  /** Path and query of a request; the library adds `.json`, which Zendesk takes with or without. */
  const sent = (request: ReceivedRequest | undefined) => ({
    path: request?.url.pathname.replace(/\.json$/, ''),
    query: [...(request?.url.searchParams ?? [])].toSorted(([a], [b]) => a.localeCompare(b)),
  })

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

  test('asks for my tickets with when I got them, for conversations oldest first, for organizations and for me', async () => {
    const { api, server } = await apiTo((request, response) => {
      if (request.path.includes('comments')) sendJson(response, { comments: [], meta: lastMeta })
      else if (request.path.includes('users/me')) sendJson(response, { user: { id: 11, name: 'Ines', role: 'agent' } })
      else if (request.path.includes('assigned')) sendJson(response, { tickets: [], meta: lastMeta })
      else sendJson(response, { organization: { id: 42, name: 'Acme', updated_at: '2026-11-18T09:00:00Z' } })
    })
    await api.ticketsAssignedTo(11, null)
    await api.comments(101, 'next')
    await api.organization(42)
    await api.me()
    expect(server.requests.map(sent)).toEqual([
      {
        path: '/api/v2/users/11/tickets/assigned',
        query: [
          ['include', 'slas,users,metric_sets'],
          ['page[size]', '100'],
          ['sort', '-updated_at'],
        ],
      },
      {
        path: '/api/v2/tickets/101/comments',
        query: [
          ['include', 'users'],
          ['page[after]', 'next'],
          ['page[size]', '100'],
          ['sort', 'created_at'],
        ],
      },
      { path: '/api/v2/organizations/42', query: [] },
      { path: '/api/v2/users/me', query: [] },
    ])
  })

  test('is signed anew each time, so that a renewed token is used at once', async () => {
    const { api, server } = await apiThatGets({ tickets: [], meta: lastMeta })
    await api.ticketsOfOrganization(1, null)
    await api.ticketsOfOrganization(1, null)
    expect(server.requests.map((request) => request.headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ])
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
})

describe('who is signed in', () => {
  test('is an agent or an administrator', async () => {
    const { api } = await apiThatGets({ user: { id: 11, name: 'Ines', email: 'ines@example.com', role: 'agent' } })
    expect(await api.me()).toEqual({ id: 11, name: 'Ines', role: 'agent' })
  })

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

describe('a failure that the library alone takes for a result', () => {
  const busy = (response: ServerResponse) =>
    sendJson(response, { error: 'TooManyRequests' }, { status: 429, headers: { 'Retry-After': '9' } })

  test('429 with Retry-After: the bare library resolves with an Error inside, we wait and ask again', async () => {
    const bareServer = await loopbackServer((_request, response) => busy(response))
    const bare = createClient({
      endpointUri: `${bareServer.url}/api/v2`,
      oauth: true,
      token: 'x',
      throwOriginalException: true,
    })
    const { result } = (await bare.tickets.get(['organizations', 1, 'tickets'])) as unknown as { result: unknown }
    expect(result).toBeInstanceOf(Error)

    const { api, server, waits } = await apiTo((_request, response, count) => {
      if (count === 1) busy(response)
      else sendJson(response, { tickets: [wireTicket], meta: lastMeta })
    })
    expect((await api.ticketsOfOrganization(1, null)).rows).toHaveLength(1)
    expect(server.requests).toHaveLength(2)
    expect(waits[0]).toBeGreaterThan(8000)
  })

  test('502: the bare library resolves, we do not', async () => {
    const gone = (response: ServerResponse) => {
      response.writeHead(502, { 'Content-Type': 'text/html' })
      response.end('<html>Bad Gateway</html>')
    }
    const bareServer = await loopbackServer((_request, response) => gone(response))
    const bare = createClient({
      endpointUri: `${bareServer.url}/api/v2`,
      oauth: true,
      token: 'x',
      throwOriginalException: true,
    })
    await expect(bare.tickets.get(['organizations', 1, 'tickets'])).resolves.toBeDefined()

    const { api } = await apiTo((_request, response) => gone(response))
    await expect(api.ticketsOfOrganization(1, null)).rejects.toMatchObject({ kind: 'server', status: 502 })
  })

  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [422, 'rejected'],
  ])('%i reaches the caller as %s', async (status, kind) => {
    const { api } = await apiTo((_request, response) => sendJson(response, { error: 'no' }, { status }))
    await expect(api.organization(1)).rejects.toMatchObject({ kind, status })
  })
})
