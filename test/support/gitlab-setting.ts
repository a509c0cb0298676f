import { listEvents } from '#service/db/events.ts'
import { listIssues } from '#service/db/read-issues.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import type { GitlabApi } from '#service/gitlab/gitlab-api.ts'
import { noCounts } from '#service/sync/run-counts.ts'
import type { SyncJob } from '#service/sync/sync-job.ts'
import { createGitlabJobs } from '#service/sync/sync-gitlab.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { createModelGitlab } from '#test/support/model-gitlab.ts'
import { scriptedSources } from '#test/support/scripted-sources.ts'
import { aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

export const acmeLabel = 'ASE Work - Acme'

/** The jobs of GitLab over a model of it, run by hand on a clock that a test moves. Acme's projects are 10 and 11, its group is 1. */
export function gitlabSetting() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const time = { now: wednesday }
  const gitlab = createModelGitlab(
    () => time.now,
    () => undefined,
  )
  const { sources, calls } = scriptedSources({ gitlab: gitlab.api })
  if (!sources.gitlab) throw new Error('There is a GitLab here')
  const { api, transport } = sources.gitlab
  const jobs = createGitlabJobs(
    {
      ...{ db, api, counts: noCounts(), zendeskHost: 'acme.zendesk.com' },
      meter: () => transport.meter(),
      now: () => time.now,
      onPage: () => undefined,
    },
    { wishMs: () => 60_000, seed: 1 },
  )
  const jobOf = (scope: string): SyncJob => {
    const job = jobs.jobs(readRoster(db)).find((one) => one.scope === scope)
    if (!job) throw new Error(`There is no job ${scope}`)
    return job
  }
  return {
    ...{ db, time, gitlab, calls, jobOf },
    /** Has GitLab answer some calls in another way from now on. */
    answer: (parts: Partial<GitlabApi>) => void Object.assign(api, parts),
    /** Runs a job to its end. */
    async run(scope: string): Promise<void> {
      while ((await jobOf(scope).run()) === 'more');
    },
    /** Reads Acme's list and looks up whatever is to be looked up. */
    async runLookUps(): Promise<void> {
      while (jobOf('issue-look-ups').dueAt <= time.now) await jobOf('issue-look-ups').run()
    },
    /** What became of issues, in events. */
    fates: () =>
      listEvents(db, 0, 1000)
        .filter(({ changes }) => 'fate' in changes)
        .map(({ kind, subject }) => `${subject} ${kind}`),
    stored: () => listIssues(db, { accountId: undefined, state: 'all', limit: 100, offset: 0 }).issues,
    later: (hours = 1) => void (time.now += hours * hourMs),
  }
}
