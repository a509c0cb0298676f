import type { Issue } from '#core/issues/issue.ts'
import { labelScope, readCursor } from '../db/cursors.ts'
import { storeIssue } from '../db/store-issues.ts'
import type { StoredAccount } from '../db/workspace.ts'
import type { WriteDb } from '../db/sql.ts'
import type { GitlabApi } from '../gitlab/gitlab-api.ts'
import type { Meter } from '../transport/transport.ts'
import { jittered, pollEveryMs } from './poll-pace.ts'
import { readOldestFirst } from './read-oldest-first.ts'
import type { RunCounts } from './run-counts.ts'
import { dueAfter, ranks, type SyncJob } from './sync-job.ts'

/** What the jobs of GitLab share. */
export interface GitlabSync {
  readonly db: WriteDb
  readonly api: GitlabApi
  readonly meter: () => Meter
  /** Time of the service's clock, ms. */
  readonly now: () => number
  readonly counts: RunCounts
  /** Told after each page that was stored. */
  readonly onPage: () => void
  /** How often the person wishes, ms. */
  readonly wishMs: () => number
  /** Tells this Understudy's pace from that of others. */
  readonly seed: number
}

/** One job for each account that has a label and a place in GitLab. */
export function gitlabJobs(sync: GitlabSync, accounts: readonly StoredAccount[]): SyncJob[] {
  const { db, now } = sync
  const labelled = accounts.flatMap(({ id, label, gitlabGroup }) =>
    label === null || gitlabGroup === null ? [] : [{ id, label, place: gitlabGroup }],
  )
  const everyMs = pollEveryMs({
    ...sync.meter(),
    wishMs: sync.wishMs(),
    requests: Math.max(1, labelled.length),
    now: now(),
  })
  return labelled.map(({ id, label, place }) => {
    const { completedAt } = readCursor(db, 'gitlab', labelScope(id))
    return {
      source: 'gitlab',
      scope: labelScope(id),
      name: `Issues labelled ${label}`,
      dueAt: dueAfter(completedAt, jittered(everyMs, sync.seed, completedAt ?? 0), now()),
      rank: ranks.poll,
      onDemand: true,
      run: async () => {
        await readIssues(sync, id, place, label)
        return 'done'
      },
    }
  })
}

function readIssues(sync: GitlabSync, accountId: number, place: string, label: string): Promise<void> {
  const { db, api, now, counts, onPage } = sync
  return readOldestFirst<Issue>(
    db,
    {
      source: 'gitlab',
      scope: labelScope(accountId),
      page: async (from) => {
        const page = await api.labelledIssues(place, label, from)
        return { rows: page.issues, next: page.next }
      },
      changedAt: (issue) => issue.updatedAt,
      store: (issues) => {
        const fetchedAt = now()
        for (const issue of issues) if (storeIssue(db, accountId, issue, fetchedAt)) counts.issues += 1
      },
      onPage,
    },
    now,
  )
}
