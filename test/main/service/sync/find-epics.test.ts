import { expect, test } from 'vitest'
import type { GitlabApi } from '#service/gitlab/gitlab-api.ts'
import { doubtEpics, epicsWords, findEpics } from '#service/sync/find-epics.ts'
import { atPlace } from '#service/sync/gitlab-sync.ts'
import { noCounts } from '#service/sync/run-counts.ts'
import { RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { scriptedSources } from '#test/support/scripted-sources.ts'
import { aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

type Answer = RemoteFailureKind | 'epics'
const statuses: Partial<Record<Answer, number>> = { forbidden: 403, 'not-found': 404, rejected: 410, server: 502 }

/** A GitLab whose groups answer by each way as a test says; groups that are left out have epics by REST. */
function setUp() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const time = { now: wednesday }
  const answers = new Map<number, { readonly rest: Answer; readonly graphql: Answer }>()
  const probes: string[] = []
  const gitlab: Partial<GitlabApi> = {
    place: async (path) => ({ kind: path.includes('project') ? 'project' : 'group', id: path.length, path }),
    probeEpics: async (way, { id }) => {
      probes.push(`${way} ${id}`)
      const answer = answers.get(id)?.[way] ?? 'epics'
      if (answer !== 'epics') throw new RemoteFailure(answer, `${way} said so.`, { status: statuses[answer] ?? null })
    },
  }
  const { sources } = scriptedSources({ gitlab })
  if (!sources.gitlab) throw new Error('There is a GitLab here')
  const { api, transport } = sources.gitlab
  const sync = {
    ...{ db, api, counts: noCounts(), zendeskHost: null },
    ...{ meter: () => transport.meter(), now: () => time.now, onPage: () => undefined },
  }
  const groupOf = (id: number) => ({ kind: 'group' as const, id, path: `group-${id}` })
  return {
    ...{ db, sync, time, answers, probes },
    find: (id = 1) => findEpics(sync, groupOf(id)),
    doubt: (id = 1) => doubtEpics(sync, { id }),
    /** Puts an account into a place, and says how its stream of epics is called. */
    wordsAt: async (accountId: number, place: string) => {
      await atPlace(sync, { id: accountId, label: 'L', place }, async () => undefined)
      return epicsWords(db, accountId)
    },
  }
}

test('the way is asked for once, REST first, and counts for every group of the host', async () => {
  const { find, probes, time } = setUp()
  expect(await find(1)).toBe('rest')
  time.now += 1000 * hourMs
  expect(await find(1)).toBe('rest')
  expect(await find(2)).toBe('rest')
  expect(probes).toEqual(['rest 1'])
})

test.each(['not-found', 'forbidden', 'rejected'] as const)(
  'where REST answers %s, GraphQL is asked',
  async (refusal) => {
    const { find, answers, probes } = setUp()
    answers.set(1, { rest: refusal, graphql: 'epics' })
    expect(await find()).toBe('graphql')
    expect(await find()).toBe('graphql')
    expect(probes).toEqual(['rest 1', 'graphql 1'])
  },
)

test.each(['offline', 'timeout', 'server', 'rate-limited', 'unauthorized', 'malformed', 'aborted'] as const)(
  'nothing is concluded from trouble on the way there: %s',
  async (trouble) => {
    const { find, answers, db } = setUp()
    answers.set(1, { rest: trouble, graphql: 'epics' })
    await expect(find()).rejects.toMatchObject({ kind: trouble })
    answers.set(1, { rest: 'not-found', graphql: trouble })
    await expect(find()).rejects.toMatchObject({ kind: trouble })
    expect(db.prepare('SELECT name FROM facts').all()).toEqual([])
    answers.clear()
    expect(await find()).toBe('rest')
  },
)

test('a group that shows none is well, and asked again after a day, or where the clock was set back', async () => {
  const { find, answers, probes, time } = setUp()
  answers.set(1, { rest: 'forbidden', graphql: 'rejected' })
  expect(await find()).toBeNull()
  time.now += 24 * hourMs - 1
  expect(await find()).toBeNull()
  expect(probes).toHaveLength(2)
  time.now += 1
  answers.clear()
  expect(await find()).toBe('rest')
  answers.set(1, { rest: 'forbidden', graphql: 'rejected' })
  expect(await find()).toBe('rest')
  const back = setUp()
  back.answers.set(1, { rest: 'forbidden', graphql: 'rejected' })
  await back.find()
  back.time.now -= 1000 * hourMs
  back.answers.clear()
  expect(await back.find()).toBe('rest')
})

test('that a group shows none says nothing of the others', async () => {
  const { find, answers, probes } = setUp()
  answers.set(1, { rest: 'forbidden', graphql: 'rejected' })
  expect(await find(1)).toBeNull()
  expect(await find(2)).toBe('rest')
  expect(await find(1)).toBeNull()
  expect(await find(3)).toBe('rest')
  expect(probes).toEqual(['rest 1', 'graphql 1', 'rest 2'])
})

test('a group that is not there by either way is out of sight, and nothing is concluded for it or others', async () => {
  const { find, answers, probes } = setUp()
  answers.set(1, { rest: 'not-found', graphql: 'not-found' })
  await expect(find(1)).rejects.toMatchObject({ kind: 'not-found', message: 'rest said so.' })
  expect(await find(2)).toBe('rest')
  answers.clear()
  expect(await find(1)).toBe('rest')
  expect(probes).toEqual(['rest 1', 'graphql 1', 'rest 2'])
})

test('a way that is refused to a group is found out anew for that group', async () => {
  const { find, doubt, answers, probes } = setUp()
  await find(1)
  await find(2)
  answers.set(1, { rest: 'forbidden', graphql: 'rejected' })
  doubt(1)
  expect(await find(2)).toBe('rest')
  expect(await find(1)).toBeNull()
  expect(await find(2)).toBe('rest')
  expect(probes).toEqual(['rest 1', 'rest 1', 'graphql 1'])
})

test('where the REST API is gone, the group that met it first finds the way for all', async () => {
  const { find, doubt, answers, probes } = setUp()
  await find(1)
  for (const id of [1, 2]) answers.set(id, { rest: 'not-found', graphql: 'epics' })
  doubt(1)
  expect(await find(1)).toBe('graphql')
  expect(await find(2)).toBe('graphql')
  expect(probes).toEqual(['rest 1', 'rest 1', 'graphql 1'])
})

test('one that was doubted without reason goes on as before', async () => {
  const { find, doubt, probes } = setUp()
  await find(1)
  doubt(1)
  expect(await find(1)).toBe('rest')
  expect(await find(1)).toBe('rest')
  expect(probes).toEqual(['rest 1', 'rest 1'])
})

test('the stream of an account says by which way its epics are read, or why they are not', async () => {
  const { find, doubt, answers, wordsAt } = setUp()
  expect(await wordsAt(1, 'acme')).toBeNull()
  await find('acme'.length)
  expect(await wordsAt(1, 'acme')).toBe('by the REST API')
  answers.set(8, { rest: 'forbidden', graphql: 'rejected' })
  doubt(8)
  expect(await wordsAt(2, 'borealis')).toBe('not read at present')
  await find(8)
  expect(await wordsAt(2, 'borealis')).toBe(
    'not read: this GitLab shows none to this sign-in (403), which its licence may be the reason for',
  )
  expect(await wordsAt(1, 'acme')).toBe('by the REST API')
  answers.set(8, { rest: 'rejected', graphql: 'epics' })
  doubt(8)
  await find(8)
  expect(await wordsAt(2, 'borealis')).toBe('by GraphQL, as work items')
  expect(await wordsAt(3, 'a/project')).toBe('none: a project has no epics')
  expect(await wordsAt(99, 'unheard-of')).toBe('by GraphQL, as work items')
})
