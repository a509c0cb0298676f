import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createGitlabApi, nextQuery } from '#service/gitlab/gitlab-api.ts'
import { createTransport } from '#service/transport/transport.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { loopbackServer, sendJson, type ReceivedRequest } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { wednesday } from '#test/support/work-values.ts'

async function apiTo(answer: (request: ReceivedRequest, response: ServerResponse) => void) {
  const server = await loopbackServer(answer)
  const transport = createTransport({
    name: 'GitLab',
    origin: server.url,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock: createLeapingClock(wednesday),
  })
  let asked = 0
  return { api: createGitlabApi(server.url, async () => `token-${(asked += 1)}`, transport), server }
}

const apiThatGets = (body: unknown) => apiTo((_request, response) => sendJson(response, body))

const wireIssue = {
  id: 990,
  iid: 3,
  project_id: 7,
  title: 'Upgrade to 19.0',
  description: 'Secret plans',
  state: 'opened',
  labels: ['ASE Work - Acme'],
  assignees: [{ id: 1, username: 'anna' }],
  references: { short: '#3', relative: '#3', full: 'customers/acme#3' },
  web_url: 'https://gitlab.example.com/customers/acme/-/issues/3',
  confidential: true,
  due_date: '2026-12-01',
  task_completion_status: { count: 4, completed_count: 1 },
  created_at: '2026-11-17T09:00:00.123Z',
  updated_at: '2026-11-18T09:00:00.456+01:00',
}

describe('what is sent', () => {
  const query = (request: ReceivedRequest | undefined) => Object.fromEntries(request?.url.searchParams ?? [])

  test('asks a group for issues with the label in every state, those that changed longest ago first, and nothing else', async () => {
    const { api, server } = await apiThatGets([])
    await api.labelledIssues('customers/acme & co', 'ASE Work - Acme & Co', null)
    expect(server.requests[0]?.url.pathname).toBe('/api/v4/groups/customers%2Facme%20%26%20co/issues')
    expect(query(server.requests[0])).toEqual({
      labels: 'ASE Work - Acme & Co',
      state: 'all',
      scope: 'all',
      issue_type: 'issue',
      order_by: 'updated_at',
      sort: 'asc',
      per_page: '100',
    })
    expect([...(server.requests[0]?.url.searchParams.keys() ?? [])]).toHaveLength(7)
  })

  test('asks for what changed since an instant, in a form whose plus signs survive', async () => {
    const { api, server } = await apiThatGets([])
    await api.labelledIssues('customers/acme', 'L', { since: wednesday })
    expect(query(server.requests[0])['updated_after']).toBe('2026-11-18T09:00:00.000Z')
  })

  test('carries the present token, in its header alone', async () => {
    const { api, server } = await apiThatGets([])
    await api.labelledIssues('a', 'L', null)
    await api.labelledIssues('a', 'L', null)
    expect(server.requests.map((request) => request.headers['private-token'])).toEqual(['token-1', 'token-2'])
    for (const request of server.requests) {
      expect(request.headers.authorization).toBeUndefined()
      expect(request.path).not.toContain('token-')
    }
  })

  test('takes from a next page only the keys it knows, because GitLab would quietly ignore a mistyped one', async () => {
    const { api, server } = await apiThatGets([])
    await api.labelledIssues('a', 'L', { next: 'labels=L&page=2&per_page=100&private_token=leak&lables=L&sort=asc' })
    expect(query(server.requests[0])).toEqual({ labels: 'L', page: '2', per_page: '100', sort: 'asc' })
  })
})

describe('a place', () => {
  test('that is no group is looked for among the projects, once', async () => {
    const { api, server } = await apiTo((request, response) => {
      if (request.path.includes('/groups/')) sendJson(response, { message: '404 Group Not Found' }, { status: 404 })
      else sendJson(response, [wireIssue])
    })
    expect((await api.labelledIssues('customers/acme', 'L', null)).issues).toHaveLength(1)
    await api.labelledIssues('customers/acme', 'L', null)
    expect(server.requests.map((request) => request.url.pathname.split('/')[3])).toEqual([
      'groups',
      'projects',
      'projects',
    ])
  })

  test('that was a group is not mistaken for a project when it is gone', async () => {
    let gone = false
    const { api, server } = await apiTo((_request, response) => sendJson(response, [], gone ? { status: 404 } : {}))
    await api.labelledIssues('customers/acme', 'L', null)
    gone = true
    await expect(api.labelledIssues('customers/acme', 'L', null)).rejects.toMatchObject({ kind: 'not-found' })
    expect(server.requests).toHaveLength(2)
  })

  test('that is neither is not found; one that we may not see is forbidden and not looked for elsewhere', async () => {
    const none = await apiTo((_request, response) => sendJson(response, {}, { status: 404 }))
    await expect(none.api.labelledIssues('x', 'L', null)).rejects.toMatchObject({ kind: 'not-found' })
    const closed = await apiTo((_request, response) => sendJson(response, {}, { status: 403 }))
    await expect(closed.api.labelledIssues('x', 'L', null)).rejects.toMatchObject({ kind: 'forbidden' })
    expect(closed.server.requests).toHaveLength(1)
  })
})

describe('the next page', () => {
  test('is read from our own host, whichever one GitLab names', async () => {
    const elsewhere = '<https://gitlab.internal/api/v4/groups/a/issues?id=a&labels=L&page=2&per_page=100>; rel="next"'
    const { api, server } = await apiTo((request, response) => {
      const isSecond = request.url.searchParams.get('page') === '2'
      sendJson(response, [wireIssue], { headers: isSecond ? {} : { Link: elsewhere } })
    })
    const first = await api.labelledIssues('a', 'L', null)
    expect(first.next).toBe('id=a&labels=L&page=2&per_page=100')
    const second = await api.labelledIssues('a', 'L', { next: first.next ?? '' })
    expect(second.next).toBeNull()
    expect(server.requests).toHaveLength(2)
  })

  test.each([
    ['<https://h/i?page=2>; rel="next", <https://h/i?page=1>; rel="first"', 'page=2'],
    ['<https://h/i?page=1>; rel="first", <https://h/i?page=2&labels=a,b>; rel="next"', 'page=2&labels=a,b'],
    ['<https://h/i?cursor=x>; rel=next', 'cursor=x'],
    ['<https://h/i?page=1>; rel="prev", <https://h/i?page=9>; rel="last"', null],
    ['<https://h/i>; rel="next"', null],
    ['', null],
    ['nonsense', null],
  ])('of %s is %s', (link, next) => {
    expect(nextQuery(link)).toBe(next)
  })

  test('does not exist without a Link', () => {
    expect(nextQuery(undefined)).toBeNull()
  })
})

describe('what is read of an issue', () => {
  test('is all of it in our words', async () => {
    const { api } = await apiThatGets([wireIssue])
    expect((await api.labelledIssues('a', 'L', null)).issues).toEqual([
      {
        projectId: 7,
        iid: 3,
        title: 'Upgrade to 19.0',
        state: 'opened',
        labels: ['ASE Work - Acme'],
        assignees: ['anna'],
        reference: 'customers/acme#3',
        url: 'https://gitlab.example.com/customers/acme/-/issues/3',
        confidential: true,
        dueDate: '2026-12-01',
        tasksDone: 1,
        tasksTotal: 4,
        createdAt: Date.parse('2026-11-17T09:00:00.123Z'),
        updatedAt: Date.parse('2026-11-18T08:00:00.456Z'),
      },
    ])
  })

  test('may be null or missing wherever older GitLabs have nothing', async () => {
    const { iid, project_id, title, state, labels, web_url, created_at, updated_at } = wireIssue
    const bare = { iid, project_id, title, state, labels, web_url, created_at, updated_at }
    const nulls = {
      ...bare,
      assignees: null,
      references: null,
      confidential: null,
      due_date: null,
      task_completion_status: null,
    }
    const { api } = await apiThatGets([bare, nulls])
    const { issues } = await api.labelledIssues('a', 'L', null)
    expect(issues[0]).toEqual(issues[1])
    expect(issues[0]).toMatchObject({
      assignees: [],
      reference: '#3',
      confidential: false,
      dueDate: null,
      tasksTotal: 0,
    })
  })
})

test.each<[string, unknown]>([
  ['an object', { message: 'hello' }],
  ['nothing', null],
  ['text', 'oops'],
  ['an issue without a project', [{ ...wireIssue, project_id: undefined }]],
  ['an issue whose labels are objects', [{ ...wireIssue, labels: [{ name: 'a' }] }]],
  ['an issue whose time is none', [{ ...wireIssue, updated_at: 'soon' }]],
  ['an issue whose address is none', [{ ...wireIssue, web_url: 'not an address' }]],
])('a body that is %s is refused in words', async (_what, body) => {
  const { api } = await apiThatGets(body)
  await expect(api.labelledIssues('a', 'L', null)).rejects.toMatchObject({
    kind: 'malformed',
    message: expect.stringMatching(/^GitLab sent issues of an unknown shape \(/) as string,
  })
})
