import type { Issue } from '#core/issues/issue.ts'
import { writeCursor } from '../db/cursors.ts'
import { readEtag, writeEtag } from '../db/etags.ts'
import { issueChangedAt } from '../db/issue-orders.ts'
import { readSharedIssue, writeSharedIssue, type SharedIssueState } from '../db/document-issues.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import type { GitlabApi } from '../gitlab/gitlab-api.ts'
import { scopeName } from '../sync/scope-name.ts'
import { dueAfter, never, ranks, type SyncJob } from '../sync/sync-job.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { noteIssue, noteIssueGone } from './read-issue.ts'
import type { Crossed, Identified, LinkedShare, SharedKind, Timed } from './document-kind.ts'
import { adoptSent } from './issue-orders.ts'

/** What reading the issues of a kind of document needs. */
export interface SharedIssuesOptions<Setting> {
  readonly db: WriteDb
  /** Null where no GitLab is connected. */
  readonly api: Pick<GitlabApi, 'issuesByIid'> | null
  readonly setting: () => Setting
  readonly now: () => number
  /** Told of documents of which something is otherwise. */
  readonly onChange: (ids: readonly string[]) => void
}

/** Issues are read this seldom: a plan changes a few times in weeks. */
const everyMs = 10 * 60_000
/** Until so long after an absence its issue is read: lessons are written down on return. */
const readForMs = 30 * 24 * 3_600_000
const mostAtOnce = 50

/** Keeps documents of a kind and the issues they are in together. */
export interface SharedIssues {
  /** Reads the issues, one project at a time, and takes in what may be taken in unasked. */
  jobs(): SyncJob[]
  /** Notes what was sent and has been seen in GitLab. @param among only of these changes in the outbox, where they are given. */
  noteSent(among?: readonly number[]): void
}

/** Creates what keeps documents of a kind and their issues together. Nothing is read before its jobs run. */
export function createSharedIssues<Document extends Identified, Setting extends Timed, Conflict extends Crossed>(
  kind: SharedKind<Document, Setting, Conflict>,
  options: SharedIssuesOptions<Setting>,
): SharedIssues {
  const { db, now, api } = options
  const { scope, table } = kind
  // What was changed from here is read at once: GitLab's own stamp of it is not known.
  const isChanged = ({ projectId, iid, readAt, updatedAt }: SharedIssueState) =>
    updatedAt === 0 || (issueChangedAt(db, projectId, iid) ?? 0) > readAt
  const dueAt = ({ issue }: LinkedShare) => dueAfter(isChanged(issue) ? null : issue.readAt, everyMs, now())
  const linked = () => kind.inIssues(db, now() - readForMs)

  async function readDue(source: Pick<GitlabApi, 'issuesByIid'>): Promise<'more' | 'done'> {
    const due = linked().filter((share) => dueAt(share) <= now())
    const projectId = due[0]?.issue.projectId
    if (projectId === undefined) return 'done'
    const shares = due.filter(({ issue }) => issue.projectId === projectId).slice(0, mostAtOnce)
    told(await readProjectOf(source, projectId, shares))
    if (shares.length < due.length) return 'more'
    transaction(db, () => writeCursor(db, 'gitlab', scope, { completedAt: now(), problem: null }))
    return 'done'
  }

  /** GitLab says by the etag of the list where nothing changed since all of it was noted. */
  async function readProjectOf(
    source: Pick<GitlabApi, 'issuesByIid'>,
    projectId: number,
    shares: readonly LinkedShare[],
  ): Promise<string[]> {
    const iids = [...new Set(shares.map(({ issue }) => issue.iid))].toSorted((a, b) => a - b)
    const known = shares.every(({ issue }) => issue.problem === null)
    try {
      const page = await source.issuesByIid(projectId, iids, (address) =>
        known ? readEtag(db, 'gitlab', scope, address) : null,
      )
      const changed = shares.filter(({ id, issue }) =>
        page.unchanged
          ? noteUnchanged(id)
          : noteOne(
              id,
              page.rows.find(({ iid }) => iid === issue.iid),
            ),
      )
      if (!page.unchanged) transaction(db, () => writeEtag(db, 'gitlab', scope, page.asked, now()))
      return changed.map(({ id }) => id)
    } catch (error) {
      if (!(error instanceof RemoteFailure) || (error.kind !== 'not-found' && error.kind !== 'forbidden')) throw error
      return shares.filter(({ id }) => noteIssueGone(kind, db, id, now())).map(({ id }) => id)
    }
  }

  function noteOne(id: string, issue: Issue | undefined): boolean {
    return issue ? noteIssue(kind, db, id, issue, options.setting()) : noteIssueGone(kind, db, id, now())
  }

  function noteUnchanged(id: string): boolean {
    const issue = readSharedIssue(db, table, id)
    if (issue) transaction(db, () => writeSharedIssue(db, table, id, { ...issue, readAt: now() }))
    return false
  }

  function told(ids: readonly string[]): void {
    if (ids.length > 0) options.onChange(ids)
  }

  return {
    jobs() {
      if (!api) return []
      const job: SyncJob = {
        source: 'gitlab',
        scope,
        name: scopeName(scope, () => undefined),
        dueAt: Math.min(never, ...linked().map(dueAt)),
        rank: ranks.lookUp,
        onDemand: false,
        run: () => readDue(api),
      }
      return [job]
    },
    noteSent: (among) => told(adoptSent(kind, db, options.setting, among ?? null)),
  }
}
