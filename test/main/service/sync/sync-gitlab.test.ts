import { expect, test } from 'vitest'
import { readCursor } from '#service/db/cursors.ts'
import { listIssues } from '#service/db/read-issues.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { overlapMs } from '#service/sync/read-newest-first.ts'
import { noCounts } from '#service/sync/run-counts.ts'
import { gitlabJobs } from '#service/sync/sync-gitlab.ts'
import type { GitlabApi } from '#service/gitlab/gitlab-api.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { scriptedSources } from '#test/support/scripted-sources.ts'
import { anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

function setUp(labelledIssues: GitlabApi['labelledIssues']) {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const { sources } = scriptedSources({ gitlab: { labelledIssues } })
  if (!sources.gitlab) throw new Error('There is a GitLab here')
  const { api, transport } = sources.gitlab
  const counts = noCounts()
  const time = { now: wednesday }
  const sync = {
    ...{ db, api, counts, seed: 1 },
    meter: () => ({ ...transport.meter(), perMinute: time.now === wednesday ? null : 1 }),
    now: () => time.now,
    onPage: () => undefined,
    wishMs: () => 60_000,
  }
  return { db, counts, time, jobs: () => gitlabJobs(sync, readRoster(db).accounts) }
}

test('accounts with a label and a place in GitLab have their labelled issues read, each into its own account', async () => {
  const asked: Parameters<GitlabApi['labelledIssues']>[] = []
  const { db, counts, jobs } = setUp(async (place, label, from) => {
    asked.push([place, label, from])
    return { issues: [anIssue({ projectId: place.endsWith('acme') ? 7 : 8, labels: [label] })], next: null }
  })
  expect(jobs().map((job) => `${job.scope}: ${job.name}`)).toEqual([
    'label:1: Issues labelled ASE Work - Acme',
    'label:2: Issues labelled ASE Work - Borealis',
  ])
  for (const job of [...jobs(), ...jobs()]) expect(await job.run()).toBe('done')
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
  const { time, jobs } = setUp(async () => ({ issues: [], next: null }))
  expect(jobs().map(({ dueAt }) => dueAt)).toEqual([0, 0])
  for (const job of jobs()) await job.run()
  for (const { dueAt } of jobs()) expect(Math.abs(dueAt - wednesday - 60_000)).toBeLessThanOrEqual(6000)
  time.now += 1000
  // Two requests a poll of one that is allowed in a minute, half of which is for polls.
  for (const { dueAt } of jobs()) expect(Math.abs(dueAt - wednesday - 240_000)).toBeLessThanOrEqual(24_000)
})
