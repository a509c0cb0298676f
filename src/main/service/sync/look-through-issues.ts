import { firstOfStreamsAt, readCursor, writeCursor } from '../db/cursors.ts'
import { writeEtag } from '../db/etags.ts'
import { settleIssueFate } from '../db/issue-fates.ts'
import { noteIssueLookUps } from '../db/issue-look-ups.ts'
import { knownIssue, openIssues, type KnownIssue } from '../db/read-issues.ts'
import { transaction } from '../db/sql.ts'
import { letOthersRun } from '../let-others-run.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { etagsOf, storeIssues, type GitlabSync } from './gitlab-sync.ts'
import { jittered } from './poll-pace.ts'
import { dueAfter, never, ranks, type SyncJob } from './sync-job.ts'

const scope = 'open-issues'
const everyMs = 10 * 60_000
/** Numbers in one request; fewer where the host finds the address too long. */
const mostNumbers = 100
const tooLong = 414

/**
 * Creates the second look at open issues, by their numbers and whatever labels they have: a list by label says nothing of an issue that
 * lost it. What an answer is without is looked up by itself. Where the whole project is not there for us, so are its issues.
 */
export function createIssueLookThrough(sync: GitlabSync, seed: number): { job(): SyncJob } {
  const { db, api, now } = sync
  let left: (readonly KnownIssue[])[] | null = null
  let size = mostNumbers

  async function readChunk(chunk: readonly KnownIssue[]): Promise<void> {
    const [first] = chunk
    if (!first) return
    const iids = chunk.map(({ iid }) => iid)
    const page = await api.issuesByIid(first.projectId, iids, etagsOf(sync, scope))
    await letOthersRun()
    const shown = new Set(page.rows.map(({ iid }) => iid))
    transaction(db, () => {
      if (!page.unchanged) {
        storeIssues(sync, page.rows, (issue) => knownIssue(db, issue)?.accountId, 'list')
        const missing = chunk.filter(({ iid }) => !shown.has(iid))
        noteIssueLookUps(
          db,
          missing.filter((issue) => knownIssue(db, issue)),
          'not-listed',
        )
      }
      writeEtag(db, 'gitlab', scope, page.asked, now())
    })
    sync.onPage()
  }

  /** A project whose issues are not there: it is asked for itself before anything is concluded. */
  async function meetAbsence(chunk: readonly KnownIssue[], failure: RemoteFailure): Promise<void> {
    const projectId = chunk[0]?.projectId ?? 0
    try {
      await api.project(projectId)
    } catch (error) {
      if (!(error instanceof RemoteFailure) || error.kind !== 'not-found') throw error
      const gone = openIssues(db).filter((issue) => issue.projectId === projectId)
      transaction(db, () => {
        for (const issue of gone) if (settleIssueFate(db, issue, 'out-of-sight', now())) sync.counts.issues += 1
      })
      left = left?.filter((one) => one[0]?.projectId !== projectId) ?? null
      return
    }
    throw failure
  }

  async function run(): Promise<'more' | 'done'> {
    left ??= chunksOf(openIssues(db), size)
    const chunk = left.shift() ?? []
    try {
      await readChunk(chunk)
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error
      if (error.status === tooLong && chunk.length > 1) {
        size = Math.max(1, Math.floor(chunk.length / 2))
        left.unshift(...chunksOf(chunk, size))
      } else if (error.kind === 'not-found') await meetAbsence(chunk, error)
      else {
        left = null
        throw error
      }
    }
    if (left !== null && left.length > 0) return 'more'
    left = null
    transaction(db, () => writeCursor(db, 'gitlab', scope, { completedAt: now(), problem: null }))
    return 'done'
  }

  return {
    job() {
      // What was only just read in lists is not looked at again at once.
      const completedAt = readCursor(db, 'gitlab', scope).completedAt ?? firstOfStreamsAt(db, 'gitlab', 'label')
      const isNeeded = left !== null || openIssues(db).length > 0
      const due = left === null ? dueAfter(completedAt, jittered(everyMs, seed, completedAt ?? 0), now()) : 0
      return {
        source: 'gitlab',
        scope,
        name: 'Open issues, looked through by their numbers',
        dueAt: isNeeded ? due : never,
        rank: ranks.clocks,
        onDemand: false,
        quiet: true,
        run,
      }
    },
  }
}

/** Issues of one project each, so many at once. */
function chunksOf(issues: readonly KnownIssue[], size: number): (readonly KnownIssue[])[] {
  return [...Map.groupBy(issues, ({ projectId }) => projectId).values()].flatMap((ofProject) =>
    Array.from({ length: Math.ceil(ofProject.length / size) }, (_, index) =>
      ofProject.slice(index * size, (index + 1) * size),
    ),
  )
}
