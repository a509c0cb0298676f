import { epicsScope, labelScope, readCursor, writeCursor } from '../db/cursors.ts'
import { noteIssueLookUps } from '../db/issue-look-ups.ts'
import { listedIssues } from '../db/read-issues.ts'
import { transaction } from '../db/sql.ts'
import type { EpicsWay, GitlabPlace } from '../gitlab/gitlab-api.ts'
import { letOthersRun } from '../let-others-run.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { doubtEpics, findEpics } from './find-epics.ts'
import { assertSameLabel, atPlace, storeIssues, type GitlabSync, type LabelledAccount } from './gitlab-sync.ts'
import { jittered } from './poll-pace.ts'
import { dueAfter, ranks, type SyncJob } from './sync-job.ts'

const everyMs = 10 * 60_000

/**
 * Creates the reading of labelled epics, of accounts whose place is a group. There are few of them, so all are read each time, and one
 * that is stored and not among them is looked up.
 */
export function createEpics(sync: GitlabSync, seed: number) {
  const { db, now } = sync

  async function readAll(account: LabelledAccount, group: GitlabPlace, way: EpicsWay): Promise<void> {
    const shown = new Set<string>()
    for (let next: string | null = null, isFirst = true; isFirst || next !== null; isFirst = false) {
      const page: Awaited<ReturnType<typeof sync.api.labelledEpics>> = await sync.api.labelledEpics(
        way,
        group,
        account.label,
        next,
      )
      await letOthersRun()
      for (const { projectId, iid } of page.rows) shown.add(`${projectId}/${iid}`)
      transaction(db, () => {
        assertSameLabel(db, account)
        storeIssues(sync, page.rows, () => account.id, 'list')
        if (page.next !== null) return
        const listed = listedIssues(db, { accountId: account.id, kind: 'epic' }, 0, null)
        noteIssueLookUps(
          db,
          listed.filter(({ projectId, iid }) => !shown.has(`${projectId}/${iid}`)),
          'not-listed',
        )
        writeCursor(db, 'gitlab', epicsScope(account.id), { completedAt: now(), problem: null })
      })
      sync.onPage()
      next = page.next
    }
  }

  async function read(account: LabelledAccount): Promise<'done'> {
    await atPlace(sync, account, async (place) => {
      const way = place.kind === 'group' ? await findEpics(sync, place) : null
      if (way !== null) return readAll(account, place, way).catch((error: unknown) => refused(place, error))
      // A project has no epics, and some licences have none at all.
      transaction(db, () => writeCursor(db, 'gitlab', epicsScope(account.id), { completedAt: now(), problem: null }))
      return undefined
    })
    return 'done'
  }

  /** The way that was found is refused by now: it is found out anew at the next try. */
  function refused(group: GitlabPlace, error: unknown): never {
    const isRefused = error instanceof RemoteFailure && (error.kind === 'forbidden' || error.kind === 'not-found')
    if (isRefused) doubtEpics(sync, group)
    throw error
  }

  return {
    jobs(accounts: readonly LabelledAccount[]): SyncJob[] {
      return accounts.flatMap((account) => {
        if (readCursor(db, 'gitlab', labelScope(account.id)).completedAt === null) return []
        const { completedAt } = readCursor(db, 'gitlab', epicsScope(account.id))
        return [
          {
            source: 'gitlab' as const,
            scope: epicsScope(account.id),
            name: `Epics labelled ${account.label}`,
            dueAt: dueAfter(completedAt, jittered(everyMs, seed, completedAt ?? 0), now()),
            rank: ranks.hourly,
            onDemand: true,
            run: () => read(account),
          },
        ]
      })
    },
  }
}
