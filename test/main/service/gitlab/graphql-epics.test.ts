import { describe, expect, onTestFinished, test } from 'vitest'
import { createGitlabClient } from '#service/gitlab/gitlab-client.ts'
import { graphqlEpicNotes, graphqlEpics, type EpicsWanted } from '#service/gitlab/graphql-epics.ts'
import { createTransport } from '#service/transport/transport.ts'
import type { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { SimulatorDescription } from '#simulator/description.ts'
import { createLeapingClock } from '#test/support/leaping-clock.ts'
import { loopbackServer, sendJson, type ReceivedRequest } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { wednesday } from '#test/support/work-values.ts'
import { createAsk } from '#test/simulator/ask.ts'

function clientOf(url: string, token = '') {
  const transport = createTransport({
    name: 'GitLab',
    origin: new URL(url).origin,
    log: createSilentLog(),
    signal: new AbortController().signal,
    clock: createLeapingClock(wednesday),
  })
  return createGitlabClient(url, (request) =>
    transport.request({ ...request, headers: { ...request.headers, 'Private-Token': token } }),
  )
}

async function simulated() {
  const simulator = await createSimulator({ anchor: wednesday, now: wednesday, speed: 0, scale: 30 })
  onTestFinished(() => simulator.stop())
  const { gitlab, workspace } = simulator.description
  const ask = createAsk(simulator.description)
  await ask.order('/gitlab', { epics: 'graphql' })
  const account = accountIn(workspace, 'Cascadia Freight')
  const group = (await ask.gitlab(`/groups/${encodeURIComponent(account.path)}`)).body as {
    id: number
    parent_id: number
  }
  const client = clientOf(gitlab.url, gitlab.token)
  const acme = { id: group.id, path: account.path }
  const read = (wanted: Partial<EpicsWanted> = {}, from = acme) =>
    graphqlEpics(client, from, { label: account.label, first: 100, after: null, ...wanted })
  return { ...{ client, ask, account, acme, parentId: group.parent_id, read }, asked: () => simulator.record() }
}

function accountIn({ accounts }: SimulatorDescription['workspace'], name: string) {
  const { label, gitlabGroup } = accounts.find((account) => account.name === name) ?? {}
  if (!label || !gitlabGroup) throw new Error(`${name} has no epics`)
  return { label, path: gitlabGroup }
}

describe('epics of a group', () => {
  test('are those with the label, the oldest first, in our words', async () => {
    const { read, acme, account } = await simulated()
    const { rows, next, unchanged } = await read()
    expect({ next, unchanged }).toEqual({ next: null, unchanged: false })
    expect(rows.map(({ iid, state }) => ({ iid, state }))).toEqual(
      expect.arrayContaining([
        { iid: 1, state: 'opened' },
        { iid: 2, state: 'closed' },
      ]),
    )
    expect(rows).toEqual(rows.toSorted((a, b) => a.createdAt - b.createdAt))
    expect(rows.find(({ iid }) => iid === 1)).toMatchObject({
      kind: 'epic',
      projectId: acme.id,
      title: 'Upgrade to the next major version',
      description: expect.stringContaining('- [x] Agree the maintenance window') as string,
      labels: [account.label],
      reference: `${acme.path}&1`,
      url: expect.stringMatching(/^http.*\/epics\/1$/) as string,
      ...{ tasksDone: 1, tasksTotal: 3, notesCount: null, movedToId: null, confidential: false, dueDate: null },
      createdAt: expect.any(Number) as number,
      updatedAt: expect.any(Number) as number,
    })
  })

  test('with another label are not among them, and its case counts', async () => {
    const { read, account } = await simulated()
    expect((await read({ label: 'noise' })).rows).toEqual([])
    expect((await read({ label: account.label.toLowerCase() })).rows).toEqual([])
    expect((await read({ label: null })).rows.length).toBeGreaterThan(0)
  })

  test('come in pages, each of which says where the next one begins', async () => {
    const { read } = await simulated()
    const all = (await read()).rows
    const met: (typeof all)[number][] = []
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof read>> = await read({ first: 1, after })
      expect(page.rows).toHaveLength(1)
      met.push(...page.rows)
      after = page.next
    } while (after !== null)
    expect(all.length).toBeGreaterThan(1)
    expect(met).toEqual(all)
  })

  test('are also those of groups below it, which keep their own group', async () => {
    const { read, acme, ask, parentId } = await simulated()
    const parent = (await ask.gitlab(`/groups/${parentId}`)).body as { id: number; full_path: string }
    const { rows } = await read({}, { id: parent.id, path: parent.full_path })
    expect(rows).toEqual((await read()).rows)
    expect(new Set(rows.map(({ projectId }) => projectId))).toEqual(new Set([acme.id]))
  })

  test('one by its number is of the group itself, whatever labels it has; one that is not there is none', async () => {
    const { read, acme, parentId, ask } = await simulated()
    const parent = (await ask.gitlab(`/groups/${parentId}`)).body as { id: number; full_path: string }
    const one = { label: null, iid: 2, first: 1 }
    expect((await read(one)).rows).toMatchObject([{ iid: 2, projectId: acme.id }])
    expect((await read(one, { id: parent.id, path: parent.full_path })).rows).toEqual([])
    expect((await read({ ...one, iid: 77 })).rows).toEqual([])
  })
})

test('notes are what people wrote on an epic, internal ones marked, and nothing of the system', async () => {
  const { client, acme, ask, read } = await simulated()
  const [epic] = (await read({ label: null, iid: 1, first: 1 })).rows
  const before = await graphqlEpicNotes(client, acme, 1, null)
  expect(before.rows.length).toBeGreaterThan(0)
  expect(epic).toBeDefined()
  const restId = await restIdOf(ask, acme.path)
  await ask.order(`/gitlab/items/${restId}/notes`, { body: 'Among us', internal: true })
  await ask.order(`/gitlab/items/${restId}`, { state: 'closed' })
  const { rows, next } = await graphqlEpicNotes(client, acme, 1, null)
  expect(next).toBeNull()
  expect(rows.slice(0, -1)).toEqual(before.rows)
  expect(rows.at(-1)).toMatchObject({ text: 'Among us', internal: true, author: expect.stringMatching(/\w/) as string })
})

/** Orders to the simulator name an epic by the id that it has in the REST API. */
async function restIdOf(ask: ReturnType<typeof createAsk>, path: string): Promise<number> {
  await ask.order('/gitlab', { epics: 'rest' })
  const { body } = await ask.gitlab(`/groups/${encodeURIComponent(path)}/epics/1`)
  await ask.order('/gitlab', { epics: 'graphql' })
  return (body as { id: number }).id
}

describe('what is not there', () => {
  test('is an epic that GitLab does not show, and says nothing of the group', async () => {
    const { client, acme } = await simulated()
    await expect(graphqlEpicNotes(client, acme, 77, null)).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('is a group that neither its path nor its id leads to', async () => {
    const { read } = await simulated()
    await expect(read({}, { id: 1, path: 'nowhere' })).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('is found by its id where the group was renamed, since GraphQL knows its path only', async () => {
    const { read, client, acme, asked } = await simulated()
    const renamed = { id: acme.id, path: 'what/it/was/called' }
    expect((await read({}, renamed)).rows).toEqual((await read()).rows)
    expect((await graphqlEpicNotes(client, renamed, 1, null)).rows.length).toBeGreaterThan(0)
    expect(asked().map(({ path }) => path)).toContain(`/api/v4/groups/${acme.id}`)
  })

  test('is not asked for twice where the path is the one that GitLab tells', async () => {
    const { client, questions } = await answering((request) =>
      request.method === 'GET' ? { full_path: 'acme' } : { data: { group: null } },
    )
    const none = graphqlEpics(client, { id: 7, path: 'acme' }, { label: null, first: 1, after: null })
    await expect(none).rejects.toMatchObject({ kind: 'not-found', refused: true })
    expect(questions()).toHaveLength(1)
  })
})

/** A GitLab that answers each request with JSON and status 200, and what GraphQL was asked. */
async function answering(answer: (request: ReceivedRequest) => unknown) {
  const server = await loopbackServer((request, response) => sendJson(response, answer(request)))
  const questions = () =>
    server.requests
      .filter(({ path }) => path === '/api/graphql')
      .map(({ body }) => (JSON.parse(body) as { variables: Record<string, unknown> }).variables)
  return { client: clientOf(server.url), questions }
}

const acme = { id: 7, path: 'customers/acme' }
const wanted: EpicsWanted = { label: 'ASE Work - Acme', first: 100, after: 'there' }
const errors = (...messages: readonly string[]) => ({ data: null, errors: messages.map((message) => ({ message })) })
const node = {
  ...{ id: 'gid://gitlab/WorkItem/12', iid: '3', title: 'Upgrade', state: 'OPEN', confidential: null },
  ...{ createdAt: '2026-11-17T09:00:00Z', updatedAt: '2026-11-18T09:00:00Z', reference: 'customers/acme&3' },
  ...{ webUrl: 'https://gitlab.example/groups/customers/acme/-/epics/3', namespace: { id: 'gid://gitlab/Group/7' } },
  widgets: [{}, { description: null }, { labels: null }, { assignees: null }, { dueDate: null }],
}
const epicsPage = (nodes: readonly unknown[], pageInfo: object = { hasNextPage: false, endCursor: null }) => ({
  data: { group: { workItems: { pageInfo, nodes } } },
})
const notesPage = (widgets: readonly unknown[]) => ({ data: { group: { workItem: { widgets } } } })

async function refusalOf(answer: unknown): Promise<RemoteFailure> {
  const { client } = await answering(() => answer)
  return graphqlEpics(client, acme, wanted).then(
    () => Promise.reject(new Error('was not refused')),
    (failure: RemoteFailure) => failure,
  )
}

describe('errors, which come with status 200', () => {
  test('are a question that GitLab does not understand', async () => {
    const failure = await refusalOf(errors("Field 'workItems' doesn't exist on type 'Group'"))
    expect(failure).toMatchObject({
      kind: 'rejected',
      refused: true,
      message: 'GitLab did not answer what was asked of its epics: it does not understand it.',
      detail: "Field 'workItems' doesn't exist on type 'Group'",
    })
  })

  test('count also where some data comes along', async () => {
    expect((await refusalOf({ ...epicsPage([node]), ...errors('Something broke') })).kind).toBe('rejected')
  })

  test('are a question that costs too much, which is asked again for fewer rows', async () => {
    const cost = 'Query has complexity of 318, which exceeds max complexity of 250'
    const { client, questions } = await answering(({ body }) =>
      (JSON.parse(body) as { variables: { first: number } }).variables.first > 20 ? errors(cost) : epicsPage([node]),
    )
    expect((await graphqlEpics(client, acme, wanted)).rows).toMatchObject([{ iid: 3 }])
    expect(questions().map(({ first, after, path }) => ({ first, after, path }))).toEqual([
      { first: 100, after: 'there', path: 'customers/acme' },
      { first: 20, after: 'there', path: 'customers/acme' },
    ])
    const dear = await answering(() => errors(cost))
    await expect(graphqlEpics(dear.client, acme, wanted)).rejects.toMatchObject({
      kind: 'rejected',
      message: 'GitLab did not answer what was asked of its epics: it finds it too costly.',
    })
    expect(dear.questions()).toHaveLength(2)
    await expect(graphqlEpicNotes(dear.client, acme, 3, null)).rejects.toMatchObject({ kind: 'rejected' })
    expect(dear.questions().map(({ first }) => first)).toEqual([100, 20, 50, 20])
  })

  test('are a permission that a fine-grained token lacks; in which group is for no log', async () => {
    const said =
      'Access denied: Your Personal Access Token lacks the required permissions: [read_work_item] for "customers/acme".'
    const failure = await refusalOf({ data: { group: null }, errors: [{ message: said }] })
    expect(failure.kind).toBe('forbidden')
    expect(failure.message).toContain('lacks a permission for it, read_work_item')
    expect(failure.message).not.toContain('acme')
    expect(failure.detail).toBe(said)
  })

  test('are told in at most three hundred characters', async () => {
    expect((await refusalOf(errors('x'.repeat(1000)))).detail).toHaveLength(300)
  })
})

describe('foreign shapes', () => {
  test('may have nothing wherever GitLab has nothing to say', async () => {
    const { client } = await answering(() => epicsPage([node]))
    expect((await graphqlEpics(client, acme, wanted)).rows).toMatchObject([
      { id: 12, iid: 3, projectId: 7, description: '', labels: [], assignees: [], dueDate: null, confidential: false },
    ])
  })

  test('may have an empty place in a list: the rest of the page is read', async () => {
    const { client } = await answering(() => epicsPage([null, node], { hasNextPage: true, endCursor: 'MTA' }))
    expect(await graphqlEpics(client, acme, wanted)).toMatchObject({ rows: [{ iid: 3 }], next: 'MTA' })
  })

  test('end a list where a next page is promised and not named', async () => {
    const { client } = await answering(() => epicsPage([], { hasNextPage: true }))
    expect((await graphqlEpics(client, acme, wanted)).next).toBeNull()
  })

  test.each<[string, unknown]>([
    ['nothing at all', null],
    ['a list', []],
    ['no data', {}],
    ['empty errors and no data', { errors: [] }],
    ['a group without epics in it', { data: { group: {} } }],
    ['a page without page info', { data: { group: { workItems: { nodes: [] } } } }],
    ['an epic whose id is no id', epicsPage([{ ...node, id: 'gid://gitlab/WorkItem/x' }])],
    ['an epic whose number is none', epicsPage([{ ...node, iid: 'three' }])],
    ['an epic whose time is none', epicsPage([{ ...node, updatedAt: 'soon' }])],
    ['an epic whose address is none', epicsPage([{ ...node, webUrl: '/epics/3' }])],
  ])('as %s are refused in words that quote nothing of them', async (_what, answer) => {
    const failure = await refusalOf(answer)
    expect(failure).toMatchObject({
      kind: 'malformed',
      message: expect.stringMatching(/^GitLab sent epics of an unknown shape \(/) as string,
    })
    expect(failure.message).not.toContain('Upgrade')
  })

  test('of notes: an epic without that widget has none, one by somebody who is gone is read', async () => {
    const bare = await answering(() => notesPage([{}, { discussions: null }]))
    expect((await graphqlEpicNotes(bare.client, acme, 3, null)).rows).toEqual([])
    const times = { createdAt: '2026-11-18T09:00:00Z', updatedAt: '2026-11-18T09:30:00Z' }
    const note = { id: 'gid://gitlab/Note/5', body: 'Hi', system: false, internal: null, author: null, ...times }
    const threads = { pageInfo: { hasNextPage: true, endCursor: 'Mg' }, nodes: [{ notes: { nodes: [note] } }] }
    const { client, questions } = await answering(() => notesPage([{}, { discussions: threads }]))
    expect(await graphqlEpicNotes(client, acme, 3, 'MQ')).toMatchObject({
      rows: [{ id: 5, author: 'somebody who is gone', internal: false, text: 'Hi' }],
      next: 'Mg',
    })
    expect(questions()).toMatchObject([{ iid: '3', after: 'MQ' }])
  })
})

describe('a thread of more than a hundred notes', () => {
  const times = { createdAt: '2026-11-18T09:00:00Z', updatedAt: '2026-11-18T09:30:00Z' }
  const noteOf = (id: number) => ({
    ...{ id: `gid://gitlab/DiscussionNote/${id}`, body: `Note ${id}`, system: false, internal: null, author: null },
    ...times,
  })
  const part = (from: number, to: number, endCursor: string | null) => ({
    pageInfo: { hasNextPage: endCursor !== null, endCursor },
    nodes: Array.from({ length: to - from }, (_, nth) => noteOf(from + nth)),
  })
  const threads = (...notes: readonly object[]) =>
    notesPage([{ discussions: { pageInfo: { hasNextPage: false }, nodes: notes.map((one) => ({ notes: one })) } }])
  const isOfThread = ({ body }: ReceivedRequest) => body.includes('note(id: $note)')
  const rest = (notes: object) => ({ data: { note: { discussion: { notes } } } })

  test('is read to its end, by its first note, before the next thread', async () => {
    const parts: Readonly<Record<string, object>> = { a: part(101, 201, 'b'), b: part(201, 231, null) }
    const { client, questions } = await answering((request) => {
      if (!isOfThread(request)) return threads(part(1, 101, 'a'), part(300, 302, null))
      const { after } = (JSON.parse(request.body) as { variables: { after: string } }).variables
      return rest(parts[after] ?? {})
    })
    const { rows, next } = await graphqlEpicNotes(client, acme, 3, null)
    expect(next).toBeNull()
    expect(rows.map(({ id }) => id)).toEqual([...Array.from({ length: 230 }, (_, nth) => nth + 1), 300, 301])
    expect(questions().slice(1)).toEqual([
      { note: 'gid://gitlab/Note/1', first: 100, after: 'a' },
      { note: 'gid://gitlab/Note/1', first: 100, after: 'b' },
    ])
  })

  test('ends where it was taken away meanwhile, and is refused where it leads round in a circle', async () => {
    const gone = await answering((request) =>
      isOfThread(request) ? { data: { note: null } } : threads(part(1, 3, 'a')),
    )
    expect((await graphqlEpicNotes(gone.client, acme, 3, null)).rows).toHaveLength(2)
    const round = await answering((request) => (isOfThread(request) ? rest(part(4, 5, 'a')) : threads(part(1, 3, 'a'))))
    await expect(graphqlEpicNotes(round.client, acme, 3, null)).rejects.toMatchObject({ kind: 'malformed' })
  })
})
