import { expect, test } from 'vitest'
import { readCursor } from '#service/db/cursors.ts'
import { listIssues } from '#service/db/read-issues.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import type { GitlabApi } from '#service/gitlab/gitlab-api.ts'
import { overlapMs } from '#service/sync/read-newest-first.ts'
import { noCounts } from '#service/sync/run-counts.ts'
import { createGitlabJobs } from '#service/sync/sync-gitlab.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { lastOfGitlab, scriptedSources } from '#test/support/scripted-sources.ts'
import { anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

function setUp(gitlab: Partial<GitlabApi>) {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const { sources } = scriptedSources({ gitlab })
  if (!sources.gitlab) throw new Error('There is a GitLab here')
  const { api, transport } = sources.gitlab
  const counts = noCounts()
  const time = { now: wednesday }
  const sync = {
    ...{ db, api, counts, zendeskHost: null },
    meter: () => ({ ...transport.meter(), perMinute: time.now === wednesday ? null : 1 }),
    now: () => time.now,
    onPage: () => undefined,
  }
  const gitlabJobs = createGitlabJobs(sync, { wishMs: () => 60_000, seed: 1 })
  const polls = () => gitlabJobs.jobs(readRoster(db)).filter(({ scope }) => scope.startsWith('label:'))
  return { db, counts, time, polls }
}

test('accounts with a label and a place in GitLab have their labelled issues read, each into its own account', async () => {
  const asked: unknown[] = []
  const { db, counts, polls } = setUp({
    labelledIssues: async ({ path }, label, from) => {
      asked.push([path, label, from])
      return lastOfGitlab(anIssue({ projectId: path.endsWith('acme') ? 7 : 8, labels: [label] }))
    },
  })
  expect(polls().map((job) => `${job.scope}: ${job.name}`)).toEqual([
    'label:1: Issues labelled ASE Work - Acme',
    'label:2: Issues labelled ASE Work - Borealis',
  ])
  for (const job of [...polls(), ...polls()]) expect(await job.run()).toBe('done')
  expect(asked).toEqual([
    ['customers/acme', 'ASE Work - Acme', null],
    ['customers/borealis', 'ASE Work - Borealis', null],
    ['customers/acme', 'ASE Work - Acme', { since: wednesday - overlapMs }],
    ['customers/borealis', 'ASE Work - Borealis', { since: wednesday - overlapMs }],
  ])
  expect(
    listIssues(db, { accountId: 2, state: 'all', limit: 10, offset: 0 }).issues.map((issue) => issue.projectId),
  ).toEqual([8])
  expect(counts.issues).toBe(2)
  expect(readCursor(db, 'gitlab', 'label:1').watermark).toBe(wednesday)
})

test('they are read at once, then as often as a person wishes, and less often where that takes too many requests', async () => {
  const { time, polls } = setUp({})
  expect(polls().map(({ dueAt }) => dueAt)).toEqual([0, 0])
  for (const job of polls()) await job.run()
  for (const { dueAt } of polls()) expect(Math.abs(dueAt - wednesday - 60_000)).toBeLessThanOrEqual(6000)
  time.now += 1000
  // Two requests a poll of one that is allowed in a minute, half of which is for polls.
  for (const { dueAt } of polls()) expect(Math.abs(dueAt - wednesday - 240_000)).toBeLessThanOrEqual(24_000)
})

test('a list that is as it was when it was stored is told by its etag, and counts as read', async () => {
  const knew: (string | null)[] = []
  const { db, time, polls } = setUp({
    labelledIssues: async (_place, label, _from, _order, known) => {
      const asked = { address: '/list', etag: 'W/"1"' }
      knew.push(known?.('/list') ?? null)
      const rows = [anIssue({ labels: [label] })]
      return { rows: knew.length < 3 ? rows : [], next: null, unchanged: knew.length >= 3, asked }
    },
  })
  await polls()[0]?.run()
  time.now += 60_000
  await polls()[0]?.run()
  time.now += 60_000
  await polls()[0]?.run()
  expect(knew).toEqual([null, 'W/"1"', 'W/"1"'])
  expect(readCursor(db, 'gitlab', 'label:1').completedAt).toBe(time.now)
  expect(listIssues(db, { accountId: 1, state: 'all', limit: 10, offset: 0 }).total).toBe(1)
})

test('nothing is stored of an account that was given another label while its list was on its way', async () => {
  const { db, polls } = setUp({
    labelledIssues: async () => {
      db.prepare(`UPDATE accounts SET label = 'Another' WHERE id = 1`).run()
      return lastOfGitlab(anIssue())
    },
  })
  await expect(polls()[0]?.run()).rejects.toMatchObject({ kind: 'not-found' })
  expect(listIssues(db, { accountId: undefined, state: 'all', limit: 10, offset: 0 }).total).toBe(0)
})
