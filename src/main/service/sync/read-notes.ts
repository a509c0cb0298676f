import { writeCursor } from '../db/cursors.ts'
import { noteIssueLookUps } from '../db/issue-look-ups.ts'
import { knownIssue } from '../db/read-issues.ts'
import { transaction } from '../db/sql.ts'
import { markNotesRead, storeNotes, unreadIssues, type UnreadIssue } from '../db/store-notes.ts'
import { letOthersRun } from '../let-others-run.ts'
import { RemoteFailure, type RemoteFailureKind } from '../transport/remote-failure.ts'
import { findEpics } from './find-epics.ts'
import type { GitlabSync } from './gitlab-sync.ts'
import { never, ranks, type SyncJob } from './sync-job.ts'

const scope = 'notes'
/** One whose notes cannot be read is tried again after this. */
const retryMs = 10 * 60_000

const concernsOneIssue: ReadonlySet<RemoteFailureKind> = new Set([
  'not-found',
  'forbidden',
  'malformed',
  'rejected',
  'conflict',
])

/**
 * Creates the reading of notes of issues and epics that changed, one a slice. One that cannot be read does not keep the others from being
 * read; its failure is told at the end. One that is not there for us is looked up by itself.
 */
export function createNotes(sync: GitlabSync): { job(): SyncJob; askAgain(): void } {
  const { db, api, now } = sync
  const putOff = new Map<string, { readonly until: number; readonly failure: RemoteFailure | null }>()
  const nameOf = ({ kind, projectId, iid }: UnreadIssue) => `${kind} ${projectId}/${iid}`

  const due = () => unreadIssues(db).filter((issue) => now() >= (putOff.get(nameOf(issue))?.until ?? 0))

  async function readNotes(issue: UnreadIssue): Promise<void> {
    const ids: number[] = []
    const group = { id: issue.projectId, path: issue.path }
    const way = issue.kind === 'epic' ? await findEpics(sync, { kind: 'group', ...group }) : null
    // Nothing tells the notes of an epic at present: what is stored of them stays, and later there may be a way again.
    if (issue.kind === 'epic' && way === null)
      return void putOff.set(nameOf(issue), { until: now() + retryMs, failure: null })
    let next: string | null = null
    do {
      const page: Awaited<ReturnType<typeof api.issueNotes>> =
        way === null
          ? await api.issueNotes(issue.projectId, issue.iid, next)
          : await api.epicNotes(way, group, issue, next)
      await letOthersRun()
      ids.push(...page.rows.map(({ id }) => id))
      transaction(db, () => {
        // It may have been taken away while the answer was on its way.
        if (!knownIssue(db, issue)) return
        storeNotes(db, issue, page.rows, sync.zendeskHost)
        if (page.next === null) markNotesRead(db, issue, issue.updatedAt, ids)
      })
      sync.onPage()
      next = page.next
    } while (next !== null)
  }

  async function readOne(issue: UnreadIssue): Promise<void> {
    putOff.delete(nameOf(issue))
    try {
      await readNotes(issue)
    } catch (error) {
      if (!(error instanceof RemoteFailure) || !concernsOneIssue.has(error.kind)) throw error
      const isGone = error.kind === 'not-found'
      if (isGone) transaction(db, () => noteIssueLookUps(db, [issue], 'not-listed'))
      putOff.set(nameOf(issue), { until: now() + retryMs, failure: isGone ? null : error })
    }
  }

  return {
    job: () => ({
      source: 'gitlab',
      scope,
      name: 'Notes on issues and epics',
      dueAt: due().length > 0 ? 0 : never,
      rank: ranks.details,
      onDemand: false,
      quiet: true,
      run: async () => {
        const [issue] = due()
        if (issue) await readOne(issue)
        if (due().length > 0) return 'more'
        for (const { failure, until } of putOff.values()) if (failure && now() < until) throw failure
        transaction(db, () => writeCursor(db, 'gitlab', scope, { completedAt: now(), problem: null }))
        return 'done'
      },
    }),
    askAgain: () => putOff.clear(),
  }
}
