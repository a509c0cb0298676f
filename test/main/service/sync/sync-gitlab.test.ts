import { expect, test } from 'vitest'
import { readCursor } from '#service/db/cursors.ts'
import { listIssues } from '#service/db/read-issues.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { overlapMs } from '#service/sync/read-newest-first.ts'
import { gitlabSteps } from '#service/sync/sync-gitlab.ts'
import type { GitlabApi } from '#service/gitlab/gitlab-api.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { scriptedSources } from '#test/support/scripted-sources.ts'
import { anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

test('accounts with a label and a place in GitLab have their labelled issues read, each into its own account', async () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const asked: Parameters<GitlabApi['labelledIssues']>[] = []
  const { sources } = scriptedSources({
    gitlab: {
      labelledIssues: async (place, label, from) => {
        asked.push([place, label, from])
        return { issues: [anIssue({ projectId: place.endsWith('acme') ? 7 : 8, labels: [label] })], next: null }
      },
    },
  })
  const progress = { tickets: 0, comments: 0, issues: 0 }
  const api = sources.gitlab?.api
  if (!api) throw new Error('There is a GitLab here')
  const steps = gitlabSteps(
    { db, api, now: () => wednesday, progress, onPage: () => undefined },
    readRoster(db).accounts,
  )
  expect(steps.map((step) => `${step.scope}: ${step.name}`)).toEqual([
    'label:1: Issues labelled ASE Work - Acme',
    'label:2: Issues labelled ASE Work - Borealis',
  ])
  for (const step of [...steps, ...steps]) await step.run()
  expect(asked).toEqual([
    ['customers/acme', 'ASE Work - Acme', null],
    ['customers/borealis', 'ASE Work - Borealis', null],
    ['customers/acme', 'ASE Work - Acme', { since: wednesday - overlapMs }],
    ['customers/borealis', 'ASE Work - Borealis', { since: wednesday - overlapMs }],
  ])
  expect(
    listIssues(db, { accountId: 2, state: 'all', limit: 10, offset: 0 }).issues.map((issue) => issue.projectId),
  ).toEqual([8])
  expect(progress.issues).toBe(2)
  expect(readCursor(db, 'gitlab', 'label:1').watermark).toBe(wednesday)
})
