import type { Issue } from '#core/issues/issue.ts'
import { labelScope } from '../db/cursors.ts'
import { storeIssue } from '../db/store-issues.ts'
import type { StoredAccount } from '../db/workspace.ts'
import type { WriteDb } from '../db/sql.ts'
import type { GitlabApi } from '../gitlab/gitlab-api.ts'
import type { Progress } from './progress.ts'
import { readOldestFirst } from './read-oldest-first.ts'
import type { SyncStep } from './sync-zendesk.ts'

/** What the steps share. */
export interface GitlabSync {
  readonly db: WriteDb
  readonly api: GitlabApi
  readonly now: () => number
  readonly progress: Progress
  /** Told after each page that was stored. */
  readonly onPage: () => void
}

/** One step for each account that has a label and a place in GitLab. */
export function gitlabSteps(sync: GitlabSync, accounts: readonly StoredAccount[]): SyncStep[] {
  return accounts.flatMap((account) => {
    const { label, gitlabGroup } = account
    if (label === null || gitlabGroup === null) return []
    return [
      {
        scope: labelScope(account.id),
        name: `Issues labelled ${label}`,
        run: () => readIssues(sync, account.id, gitlabGroup, label),
      },
    ]
  })
}

function readIssues(sync: GitlabSync, accountId: number, place: string, label: string): Promise<void> {
  const { db, api, now, progress, onPage } = sync
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
        for (const issue of issues) if (storeIssue(db, accountId, issue, fetchedAt)) progress.issues += 1
      },
      onPage,
    },
    now,
  )
}
