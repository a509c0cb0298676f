import type { IssueKey } from '#core/issues/issue.ts'
import { writeCursor } from '../db/cursors.ts'
import { dueIssueLookUps, endIssueLookUp, nextIssueLookUpAt, putOffIssueLookUp } from '../db/issue-look-ups.ts'
import { settleIssueFate } from '../db/issue-fates.ts'
import { knownIssue } from '../db/read-issues.ts'
import { transaction } from '../db/sql.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { findEpics } from './find-epics.ts'
import { storeIssues, type GitlabSync } from './gitlab-sync.ts'
import { createLookUpAllowance } from './look-up-allowance.ts'
import { never, ranks, type SyncJob } from './sync-job.ts'

const scope = 'issue-look-ups'
const pace = { mostInSlice: 5, mostInMinute: 20 }
/** One whose look-up fails by itself is looked up again after this. */
const retryMs = 60 * 60_000

/**
 * Creates the looking up of issues and epics that a list was without, or that a list showed again after they were found gone. Only what
 * GitLab says of the issue itself decides: there as before, without the label, moved to another project, or not there for us (404, which
 * GitLab also answers for what we may not see).
 */
export function createIssueLookUps(sync: GitlabSync): { job(): SyncJob } {
  const { db, now } = sync
  const allowance = createLookUpAllowance(now, pace)

  async function lookUp(key: IssueKey): Promise<void> {
    try {
      const found = await ask(key)
      transaction(db, () => {
        const known = knownIssue(db, key)
        if (found) storeIssues(sync, [found], () => known?.accountId, 'id')
        endIssueLookUp(db, key)
      })
    } catch (error) {
      const isGone = isFate(error)
      transaction(db, () => {
        if (!isGone) return putOffIssueLookUp(db, key, now() + retryMs)
        endIssueLookUp(db, key)
        if (settleIssueFate(db, key, 'out-of-sight', now())) sync.counts.issues += 1
      })
    }
    sync.onPage()
  }

  async function ask({ kind, projectId, iid }: IssueKey) {
    if (kind === 'issue') return sync.api.issue(projectId, iid)
    const known = knownIssue(db, { kind, projectId, iid })
    if (!known) return null
    const group = { kind: 'group' as const, id: projectId, path: known.path }
    const way = await findEpics(sync, group)
    return way === null ? null : sync.api.epic(way, group, iid)
  }

  async function run(): Promise<'done'> {
    const due = dueIssueLookUps(db, now(), pace.mostInMinute)
    const some = due.slice(0, allowance.left())
    allowance.spend(some.length)
    for (const key of some) await lookUp(key)
    if (some.length === 0) {
      // Enough for this minute: whoever waits behind comes first.
      transaction(db, () => due.forEach((key) => putOffIssueLookUp(db, key, allowance.renewsAt())))
    }
    if (nextIssueLookUpAt(db) === null) {
      transaction(db, () => writeCursor(db, 'gitlab', scope, { completedAt: now(), problem: null }))
    }
    return 'done'
  }

  return {
    job: () => ({
      source: 'gitlab',
      scope,
      name: 'Issues and epics looked up one by one',
      dueAt: nextIssueLookUpAt(db) ?? never,
      rank: ranks.lookUp,
      onDemand: false,
      run,
    }),
  }
}

/** Whether a failure says that the issue is not there for us; false for one that concerns this look-up only. Others are thrown on. */
function isFate(error: unknown): boolean {
  if (!(error instanceof RemoteFailure)) throw error
  if (error.kind === 'not-found') return true
  if (error.kind === 'malformed' || error.kind === 'rejected' || error.kind === 'conflict') return false
  if (error.kind === 'forbidden') return false
  throw error
}
