import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createGitlabApi, type GitlabPlace } from '#service/gitlab/gitlab-api.ts'
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
  return { api: createGitlabApi({ url: server.url, send: (request) => transport.request(request) }), server }
}

const acme: GitlabPlace = { kind: 'group', id: 77, path: 'customers/acme' }

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
  user_notes_count: 6,
  moved_to_id: 991,
  created_at: '2026-11-17T09:00:00.123Z',
  updated_at: '2026-11-18T09:00:00.456+01:00',
}

describe('what is sent', () => {
  const query = (request: ReceivedRequest | undefined) => Object.fromEntries(request?.url.searchParams ?? [])

  test('asks a group for issues with the label in every state, those that changed longest ago first, and nothing else', async () => {
    const { api, server } = await apiThatGets([])
    await api.labelledIssues(acme, 'ASE Work - Acme & Co', null)
    expect(server.requests[0]?.url.pathname).toBe('/api/v4/groups/77/issues')
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
    await api.labelledIssues(acme, 'L', { since: wednesday })
    expect(query(server.requests[0])['updated_after']).toBe('2026-11-18T09:00:00.000Z')
  })

  test('carries no sign-in of the library’s own', async () => {
    const { api, server } = await apiThatGets([])
    await api.labelledIssues(acme, 'L', null)
    expect(server.requests[0]?.headers['private-token']).toBeUndefined()
    expect(server.requests[0]?.headers.authorization).toBeUndefined()
  })

  test('asks for issues by their numbers whatever labels and type they have', async () => {
    const { api, server } = await apiThatGets([])
    await api.issuesByIid(7, [3, 4])
    expect(server.requests[0]?.url.pathname).toBe('/api/v4/projects/7/issues')
    expect([...(server.requests[0]?.url.searchParams ?? [])]).toEqual([
      ['iids[]', '3'],
      ['iids[]', '4'],
      ['state', 'all'],
      ['scope', 'all'],
      ['per_page', '100'],
    ])
  })

  test('asks for what was created since an instant, oldest first', async () => {
    const { api, server } = await apiThatGets([])
    await api.labelledIssues(acme, 'L', { createdSince: wednesday }, 'created')
    expect(query(server.requests[0])).toMatchObject({
      created_after: '2026-11-18T09:00:00.000Z',
      order_by: 'created_at',
      sort: 'asc',
    })
  })

  test('takes from a next page only the keys it knows, because GitLab would quietly ignore a mistyped one', async () => {
    const { api, server } = await apiThatGets([])
    await api.labelledIssues(acme, 'L', { next: 'labels=L&page=2&per_page=100&private_token=leak&lables=L&sort=asc' })
    expect(query(server.requests[0])).toEqual({ labels: 'L', page: '2', per_page: '100', sort: 'asc' })
  })
})

describe('a place', () => {
  const group = { id: 77, full_path: 'customers/acme' }
  const project = { id: 7, path_with_namespace: 'customers/acme' }

  test('given as a number is a project, although a group has the same one', async () => {
    const { api, server } = await apiTo((request, response) =>
      sendJson(response, request.path.includes('/groups/') ? group : project),
    )
    expect(await api.place('58003001')).toEqual({ kind: 'project', id: 7, path: 'customers/acme' })
    expect(server.requests.map(({ url }) => url.pathname)).toEqual(['/api/v4/projects/58003001'])
  })

  test('is a group, or else a project, and is known by its id from then on', async () => {
    const none = { status: 404 }
    const { api, server } = await apiTo((request, response) => {
      if (request.path.includes('/groups/solo')) sendJson(response, { message: '404 Group Not Found' }, none)
      else if (request.path.includes('/issues')) sendJson(response, [])
      else sendJson(response, request.path.includes('/groups/') ? group : project)
    })
    expect(await api.place('customers/acme')).toEqual(acme)
    expect(await api.place('solo/acme')).toEqual({ kind: 'project', id: 7, path: 'customers/acme' })
    await api.labelledIssues({ kind: 'project', id: 7, path: 'solo/acme' }, 'L', null)
    expect(server.requests.map(({ url }) => url.pathname)).toEqual([
      '/api/v4/groups/customers%2Facme',
      '/api/v4/groups/solo%2Facme',
      '/api/v4/projects/solo%2Facme',
      '/api/v4/projects/7/issues',
    ])
  })

  test('that was moved is found where it is now, at our own host', async () => {
    const { api, server } = await apiTo((request, response) => {
      if (request.path.includes('/groups/')) sendJson(response, {}, { status: 404 })
      else if (request.path.endsWith('/projects/7')) sendJson(response, project)
      else sendJson(response, {}, { status: 301, headers: { Location: 'https://elsewhere.invalid/api/v4/projects/7' } })
    })
    expect(await api.place('old/path')).toMatchObject({ kind: 'project', id: 7 })
    expect(server.requests).toHaveLength(3)
  })

  test('that redirects to anything else is refused', async () => {
    const { api } = await apiTo((request, response) => {
      const headers = { Location: 'https://elsewhere.invalid/users/sign_in' }
      sendJson(response, {}, request.path.includes('/groups/') ? { status: 404 } : { status: 302, headers })
    })
    await expect(api.place('old/path')).rejects.toMatchObject({ kind: 'rejected' })
  })

  test('that is neither is not found; one that we may not see is forbidden and not looked for elsewhere', async () => {
    const none = await apiTo((_request, response) => sendJson(response, {}, { status: 404 }))
    await expect(none.api.place('x')).rejects.toMatchObject({ kind: 'not-found' })
    const closed = await apiTo((_request, response) => sendJson(response, {}, { status: 403 }))
    await expect(closed.api.place('x')).rejects.toMatchObject({ kind: 'forbidden' })
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
    const first = await api.labelledIssues(acme, 'L', null)
    expect(first.next).toBe('id=a&labels=L&page=2&per_page=100')
    const second = await api.labelledIssues(acme, 'L', { next: first.next ?? '' })
    expect(second.next).toBeNull()
    expect(server.requests).toHaveLength(2)
  })
})

describe('what is read of an issue', () => {
  test('is all of it in our words', async () => {
    const { api } = await apiThatGets([wireIssue])
    expect((await api.labelledIssues(acme, 'L', null)).rows).toEqual([
      {
        kind: 'issue',
        id: 990,
        description: 'Secret plans',
        notesCount: 6,
        movedToId: 991,
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
    const { id, iid, project_id, title, state, labels, web_url, created_at, updated_at } = wireIssue
    const bare = { id, iid, project_id, title, state, labels, web_url, created_at, updated_at }
    const nulls = {
      ...bare,
      assignees: null,
      references: null,
      confidential: null,
      due_date: null,
      task_completion_status: null,
      description: null,
      user_notes_count: null,
      moved_to_id: null,
    }
    const { api } = await apiThatGets([bare, nulls])
    const { rows: issues } = await api.labelledIssues(acme, 'L', null)
    expect(issues[0]).toEqual(issues[1])
    expect(issues[0]).toMatchObject({
      assignees: [],
      reference: '#3',
      confidential: false,
      dueDate: null,
      tasksTotal: 0,
      notesCount: null,
      movedToId: null,
    })
  })
})

test('notes are what people wrote, internal ones marked; those of the system are left out', async () => {
  const note = { id: 1, body: 'Hi', author: { username: 'anna' }, system: false, internal: false }
  const times = { created_at: '2026-11-18T09:00:00.000Z', updated_at: '2026-11-18T09:00:00.000Z' }
  const { api, server } = await apiThatGets([
    { ...note, ...times },
    { ...note, ...times, id: 2, internal: undefined, confidential: true, author: null },
    { ...note, ...times, id: 3, system: true, body: 'changed the label' },
  ])
  const { rows } = await api.issueNotes(7, 3, null)
  expect(rows.map(({ id, internal, author }) => ({ id, internal, author }))).toEqual([
    { id: 1, internal: false, author: 'anna' },
    { id: 2, internal: true, author: 'somebody who is gone' },
  ])
  expect(server.requests[0]?.path).toBe(
    '/api/v4/projects/7/issues/3/notes?activity_filter=only_comments&order_by=created_at&sort=asc&per_page=100',
  )
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
  await expect(api.labelledIssues(acme, 'L', null)).rejects.toMatchObject({
    kind: 'malformed',
    message: expect.stringMatching(/^GitLab sent issues of an unknown shape \(/) as string,
  })
})
