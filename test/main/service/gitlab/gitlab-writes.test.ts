import type { ServerResponse } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createGitlabWrites, type GitlabWrites } from '#service/gitlab/gitlab-writes.ts'
import { createTransport, type RemoteRequest } from '#service/transport/transport.ts'
import { createAsk } from '#test/simulator/ask.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { loopbackServer, sendJson, type ReceivedRequest } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { wednesday } from '#test/support/work-values.ts'

function writesTo(url: string, token: string, asked: RemoteRequest[] = []): GitlabWrites {
  const transport = createTransport({
    name: 'GitLab',
    origin: new URL(url).origin,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock: createLeapingClock(wednesday),
    timeoutMs: 1000,
  })
  const send = (request: RemoteRequest) => {
    asked.push(request)
    return transport.request({ ...request, headers: { ...request.headers, 'PRIVATE-TOKEN': token } })
  }
  return createGitlabWrites({ url, send })
}

/** The writes at a simulator, in the collaboration project of an account in which we are Developers. */
async function atSimulator() {
  const simulator = await createSimulator({ anchor: wednesday, now: wednesday, speed: 0 })
  onTestFinished(() => simulator.stop())
  const { url, token } = simulator.description.gitlab
  const writes = writesTo(url, token)
  const { projectId } = simulator
    .truth()
    .issues.find(({ labels }) => labels.some((label) => label.startsWith('ASE Work'))) ?? { projectId: 0 }
  const begin = simulator.record().at(-1)?.number ?? 0
  return {
    ...{ simulator, writes, projectId, ask: createAsk(simulator.description) },
    /** What was written: method, path and body. */
    written: () =>
      simulator
        .record()
        .filter(({ number, method, target }) => number > begin && method !== 'GET' && target === 'gitlab')
        .map(({ method, path, requestBody }) => ({ method, path, body: JSON.parse(requestBody || '{}') as unknown })),
  }
}

async function atServer(answer: (request: ReceivedRequest, response: ServerResponse) => void) {
  const server = await loopbackServer(answer)
  const asked: RemoteRequest[] = []
  return { writes: writesTo(server.url, 'x', asked), server, asked }
}

const anIssue = {
  title: '2026-11-18 Call: Upgrade',
  description: '- [ ] Ask for the plan\n- [x] Meet',
  labels: ['ASE Work - Meridian Health', 'call'],
  assigneeIds: [41_010],
  confidential: true,
  dueDate: '2026-12-01',
}
const aPlainIssue = { ...anIssue, labels: [], assigneeIds: [], confidential: false, dueDate: null }
const aCommit = { branch: 'main', message: 'Add it', path: 'docs/a b.md', content: 'New\n', lastCommitId: null }
const aMergeRequest = {
  sourceBranch: 'understudy/note',
  targetBranch: 'main',
  title: 'Note',
  description: 'Ends on Monday.',
  assigneeIds: [],
}

describe('an issue', () => {
  test('is opened with its labels, people, day and tasks', async () => {
    const { writes, projectId } = await atSimulator()
    const opened = await writes.createIssue(projectId, anIssue)
    expect(opened).toMatchObject({
      ...{ title: anIssue.title, description: anIssue.description, labels: anIssue.labels, assignees: ['rlindqvist'] },
      ...{ confidential: true, dueDate: '2026-12-01', state: 'opened', tasksDone: 1, tasksTotal: 2 },
    })
    expect(await writes.issue(projectId, opened.iid)).toEqual(opened)
  })

  test('is opened without what was left empty, so that what the project gives by itself stays', async () => {
    const { writes, projectId, written } = await atSimulator()
    await writes.createIssue(projectId, aPlainIssue)
    const { title, description } = anIssue
    expect(written()).toEqual([
      { method: 'POST', path: `/api/v4/projects/${projectId}/issues`, body: { title, description } },
    ])
  })

  test('is changed in what is named and nothing else', async () => {
    const { writes, projectId, written } = await atSimulator()
    const { iid } = await writes.createIssue(projectId, anIssue)
    const change = { addLabels: ['risk', 'upgrade'], removeLabels: ['call'], state: 'closed' } as const
    expect(await writes.changeIssue(projectId, iid, change)).toMatchObject({
      ...{ labels: ['ASE Work - Meridian Health', 'risk', 'upgrade'], state: 'closed', title: anIssue.title },
    })
    expect(
      await writes.changeIssue(projectId, iid, { title: 'Other', description: '', state: 'opened' }),
    ).toMatchObject({ title: 'Other', description: '', state: 'opened' })
    expect(
      written()
        .map(({ body }) => body)
        .slice(1),
    ).toEqual([
      { add_labels: 'risk,upgrade', remove_labels: 'call', state_event: 'close' },
      { title: 'Other', description: '', state_event: 'reopen' },
    ])
  })

  test('gets notes, of which internal ones say so, and none of the system’s is counted as written by somebody', async () => {
    const { writes, projectId, written } = await atSimulator()
    const { iid } = await writes.createIssue(projectId, anIssue)
    const first = await writes.addNote(projectId, iid, { body: 'Seen by all', internal: false })
    const second = await writes.addNote(projectId, iid, { body: 'For us', internal: true })
    await writes.changeIssue(projectId, iid, { state: 'closed' })
    expect(await writes.notes(projectId, iid)).toMatchObject([
      { id: first.id, text: 'Seen by all', internal: false },
      { id: second.id, text: 'For us', internal: true },
    ])
    expect(written()[1]?.body).toEqual({ body: 'Seen by all' })
  })

  test('is found again among those I opened since, with its description; those of others are not', async () => {
    const { writes, projectId, ask, simulator } = await atSimulator()
    await writes.createIssue(projectId, { ...aPlainIssue, title: 'Before' })
    simulator.advanceBy(60_000)
    await ask.order(`/gitlab/projects/${projectId}/issues`, { title: 'By another', author_id: 41_010 })
    await writes.createIssue(projectId, aPlainIssue)
    expect(await writes.myIssuesSince(projectId, wednesday + 1000)).toMatchObject([
      { title: anIssue.title, description: anIssue.description },
    ])
  })
})

describe('labels and boards', () => {
  test('a label is made, found in any casing by its name alone, and subscribed to', async () => {
    const { writes, projectId } = await atSimulator()
    const order = { name: 'ASE Work - Acme', color: '#6699cc', description: 'Work of the ASE' }
    const made = await writes.createLabel(projectId, order)
    expect(made).toMatchObject({ name: 'ASE Work - Acme', subscribed: false, isProjectLabel: true })
    await writes.subscribeLabel(projectId, made.id)
    await writes.subscribeLabel(projectId, made.id)
    expect(await writes.labels(projectId, 'ase work - acme')).toEqual([{ ...made, subscribed: true }])
    expect(await writes.labels(projectId, 'Work of the')).toEqual([])
    await expect(writes.createLabel(projectId, order)).rejects.toMatchObject({
      ...{ kind: 'conflict', refused: true, mayHaveArrived: false, detail: 'Label already exists' },
    })
  })

  test('a board is scoped to a label where the licence allows it, and is left as it is without', async () => {
    const { writes, projectId, ask } = await atSimulator()
    const [label] = await writes.labels(projectId, 'ASE Work')
    const { name = '', id = 0 } = label ?? {}
    const board = await writes.createBoard(projectId, name)
    expect(board).toMatchObject({ name, labels: [], url: expect.stringMatching(/\/-\/boards\/\d+$/) as string })
    expect(await writes.scopeBoard(projectId, board.id, [name])).toMatchObject({ labels: [name] })

    await ask.order('/gitlab', { licence: 'free' })
    const other = await writes.createBoard(projectId, 'One list')
    expect(await writes.scopeBoard(projectId, other.id, [name])).toMatchObject({ labels: [] })
    await writes.addBoardList(projectId, other.id, id)
    const all = await writes.boards(projectId)
    expect(all.find((one) => one.id === other.id)?.lists.map((list) => list.label)).toEqual([name])
  })
})

describe('a file', () => {
  test('is put into a new branch with one commit, which a merge request brings to the manager', async () => {
    const { writes, projectId } = await atSimulator()
    expect(await writes.file(projectId, aCommit.path, 'main')).toBeNull()
    expect(await writes.branch(projectId, 'understudy/note')).toBeNull()
    const started = { ...aCommit, branch: 'understudy/note', startBranch: 'main', content: 'Größe: 5 €\n' }
    const { id, url } = await writes.commit(projectId, started)
    expect(url).toContain(id)
    expect(await writes.branch(projectId, 'understudy/note')).toMatchObject({ isProtected: false, canPush: true })
    expect(await writes.file(projectId, aCommit.path, 'understudy/note')).toEqual({
      content: 'Größe: 5 €\n',
      lastCommitId: id,
    })
    expect(await writes.file(projectId, aCommit.path, 'main')).toBeNull()

    const request = { ...aMergeRequest, assigneeIds: [41_010] }
    const opened = await writes.createMergeRequest(projectId, request)
    expect(opened).toMatchObject({ state: 'opened', sourceBranch: 'understudy/note', targetBranch: 'main' })
    expect(await writes.mergeRequests(projectId, 'understudy/note')).toEqual([opened])
    expect(await writes.mergeRequests(projectId, 'another')).toEqual([])
    await expect(writes.createMergeRequest(projectId, request)).rejects.toMatchObject({ kind: 'conflict' })
  })

  test('that was changed since it was seen is not overwritten', async () => {
    const { writes, projectId } = await atSimulator()
    const branch = { branch: 'mine', startBranch: 'main' }
    const first = await writes.commit(projectId, { ...aCommit, ...branch })
    const order = { ...aCommit, branch: 'mine', lastCommitId: first.id }
    const second = await writes.commit(projectId, { ...order, content: 'Newer\n' })
    await expect(writes.commit(projectId, { ...order, content: 'Lost\n' })).rejects.toMatchObject({
      ...{ kind: 'rejected', status: 400, refused: true },
      detail: expect.stringContaining('has changed since') as string,
    })
    expect(await writes.file(projectId, aCommit.path, 'mine')).toEqual({ content: 'Newer\n', lastCommitId: second.id })
  })

  test('of a project that is gone is not taken for one that is missing', async () => {
    const { writes, projectId, ask } = await atSimulator()
    await ask.order(`/gitlab/projects/${projectId}`, { is_gone: true })
    const gone = { kind: 'not-found', status: 404 }
    await expect(writes.file(projectId, 'README.md', 'main')).rejects.toMatchObject(gone)
    await expect(writes.branch(projectId, 'main')).rejects.toMatchObject(gone)
  })
})

describe('a project', () => {
  test('is told with its role, visibility and branch, and found by a path that it had before', async () => {
    const { writes, projectId, ask } = await atSimulator()
    const before = await writes.project(projectId)
    expect(before).toMatchObject({ visibility: 'private', defaultBranch: 'main', accessLevel: 30 })
    const moved = await ask.order(`/gitlab/projects/${projectId}`, { path: 'customers/renamed' })
    expect(moved.status).toBe(200)
    const { url } = before
    expect(await writes.project(before.path)).toEqual({
      ...before,
      path: 'customers/renamed',
      url: url.replace(before.path, 'customers/renamed'),
    })
  })

  test('of two roles the higher one counts; without any there is none, and an empty repository has no branch', async () => {
    const wire = { id: 7, path_with_namespace: 'a/b', web_url: 'https://gitlab.example.com/a/b', visibility: 'public' }
    const answers: unknown[] = [
      { ...wire, permissions: { project_access: { access_level: 20 }, group_access: { access_level: 40 } } },
      { ...wire, permissions: { project_access: null, group_access: null }, default_branch: 'main', empty_repo: true },
    ]
    const { writes } = await atServer((_request, response) => sendJson(response, answers.shift()))
    expect(await writes.project(7)).toMatchObject({ accessLevel: 40, visibility: 'public' })
    expect(await writes.project(7)).toMatchObject({ accessLevel: null, defaultBranch: null })
  })

  test('a group has those of the groups below it; archived ones and those shared with it are left out', async () => {
    const { simulator, writes } = await atSimulator()
    const account = simulator.description.workspace.accounts.find(({ gitlabGroup }) =>
      gitlabGroup?.startsWith('account-management'),
    )
    const found = await writes.projectsIn({ kind: 'group', id: await groupId(simulator.description.gitlab, account) })
    expect(found.map(({ path }) => path).sort()).toEqual(
      ['collaboration', 'projects/migration'].map((part) => `${account?.gitlabGroup}/${part}`),
    )
    const query = new URLSearchParams(simulator.record().at(-1)?.path.split('?')[1])
    expect(Object.fromEntries(query)).toMatchObject({ archived: 'false', with_shared: 'false' })
  })
})

async function groupId(
  { url, token }: { readonly url: string; readonly token: string },
  account: { readonly gitlabGroup: string | null } | undefined,
): Promise<number> {
  const path = encodeURIComponent(account?.gitlabGroup ?? '')
  const answer = await fetch(`${url}/api/v4/groups/${path}`, { headers: { 'private-token': token } })
  return ((await answer.json()) as { id: number }).id
}

/** Every call that changes something. */
const everyWrite: readonly (readonly [string, (writes: GitlabWrites) => Promise<unknown>])[] = [
  ['an issue that is opened', (writes) => writes.createIssue(7, anIssue)],
  ['an issue that is changed', (writes) => writes.changeIssue(7, 1, { state: 'closed' })],
  ['a note', (writes) => writes.addNote(7, 1, { body: 'Here', internal: false })],
  ['a label', (writes) => writes.createLabel(7, { name: 'L', color: '#6699cc', description: '' })],
  ['a subscription', (writes) => writes.subscribeLabel(7, 3)],
  ['a board', (writes) => writes.createBoard(7, 'B')],
  ['the scope of a board', (writes) => writes.scopeBoard(7, 5, ['L'])],
  ['a list of a board', (writes) => writes.addBoardList(7, 5, 3)],
  ['a commit', (writes) => writes.commit(7, aCommit)],
  ['a merge request', (writes) => writes.createMergeRequest(7, aMergeRequest)],
]

describe.each(everyWrite)('%s', (_, write) => {
  const cut = (response: ServerResponse) => void response.destroy()
  const lost: readonly (readonly [string, string, (response: ServerResponse) => void])[] = [
    ['a gateway’s 502', 'server', (response) => void response.writeHead(502).end('<html>Bad gateway</html>')],
    ['no answer', 'timeout', () => undefined],
    ['a cut line', 'offline', cut],
  ]

  test.each(lost)('that met %s is sent once, and may have been carried out', async (__, kind, answer) => {
    const { writes, server } = await atServer((_request, response) => answer(response))
    await expect(write(writes)).rejects.toMatchObject({ kind, mayHaveArrived: true, refused: false })
    expect(server.requests).toHaveLength(1)
  })

  test('that found nobody listening never arrived', async () => {
    const writes = writesTo('http://127.0.0.1:1', 'x')
    await expect(write(writes)).rejects.toMatchObject({ kind: 'offline', mayHaveArrived: false })
  })

  test('is asked for a person who waits, with JSON if anything, and our sign-in alone', async () => {
    const { writes, server, asked } = await atServer((_request, response) => sendJson(response, {}, { status: 403 }))
    await expect(write(writes)).rejects.toMatchObject({ kind: 'forbidden', refused: true, mayHaveArrived: false })
    expect(asked.map(({ urgency }) => urgency)).toEqual(['person'])
    const { body = '', headers = {} } = server.requests[0] ?? {}
    expect(headers).toMatchObject({ 'private-token': 'x' })
    expect(headers['content-type']).toBe(body === '' ? undefined : 'application/json')
  })
})

test.each([
  ['a text', { message: '400 Bad request' }, '400 Bad request'],
  [
    'lists by field',
    { message: { title: ["can't be blank", 'is invalid'] } },
    "title can't be blank; title is invalid",
  ],
  ['an error', { error: 'labels is invalid' }, 'labels is invalid'],
  ['an error with its description', { error: 'invalid', error_description: 'Say why' }, 'Say why'],
])('a refusal as %s ends in GitLab’s own words', async (_, body, detail) => {
  for (const [status, kind] of [
    [400, 'rejected'],
    [409, 'conflict'],
    [422, 'rejected'],
  ] as const) {
    const { writes } = await atServer((_request, response) => sendJson(response, body, { status }))
    const told = { kind, status, detail, refused: true, mayHaveArrived: false }
    await expect(writes.createIssue(7, anIssue)).rejects.toMatchObject(told)
  }
})

test('an answer to a write that cannot be understood leaves open whether it was carried out', async () => {
  const { writes } = await atServer((_request, response) => sendJson(response, { id: 'x' }, { status: 201 }))
  await expect(writes.createIssue(7, anIssue)).rejects.toMatchObject({ kind: 'malformed', mayHaveArrived: true })
})

describe('a list', () => {
  const rows = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: first + index, name: `ASE ${first + index}` }))

  test('is read to its end, each next page at our own host', async () => {
    const { writes, server } = await atServer((request, response) => {
      const page = Number(request.url.searchParams.get('page') ?? 1)
      const next = `<https://gitlab.elsewhere.example/api/v4/projects/7/labels?id=7&page=${page + 1}&per_page=100&search=ASE>; rel="next"`
      sendJson(response, rows(page * 100, page === 3 ? 5 : 100), { headers: page === 3 ? {} : { Link: next } })
    })
    expect(await writes.labels(7, 'ASE')).toHaveLength(205)
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/api/v4/projects/7/labels?per_page=100&search=ASE&with_counts=false',
      '/api/v4/projects/7/labels?page=2&per_page=100&search=ASE',
      '/api/v4/projects/7/labels?page=3&per_page=100&search=ASE',
    ])
  })

  test('whose pages lead round in a circle is given up', async () => {
    const next = '<https://gitlab.example.com/api/v4/projects/7/labels?page=2>; rel="next"'
    const { writes, server } = await atServer((_request, response) =>
      sendJson(response, rows(1, 1), { headers: { Link: next } }),
    )
    await expect(writes.labels(7, 'ASE')).rejects.toMatchObject({ kind: 'malformed' })
    expect(server.requests.length).toBeLessThan(4)
  })
})
