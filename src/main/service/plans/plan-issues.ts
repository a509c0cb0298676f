import type { Issue } from '#core/issues/issue.ts'
import { writeCursor } from '../db/cursors.ts'
import { readEtag, writeEtag } from '../db/etags.ts'
import { issueChangedAt } from '../db/plan-orders.ts'
import { plansInIssues, readPlanIssue, writePlanIssue, type PlanIssue } from '../db/plans.ts'
import { transaction, type WriteDb } from '../db/sql.ts'
import type { GitlabApi } from '../gitlab/gitlab-api.ts'
import { dueAfter, never, ranks, type SyncJob } from '../sync/sync-job.ts'
import { RemoteFailure } from '../transport/remote-failure.ts'
import { adoptSentPlans } from './plan-orders.ts'
import type { PlanSetting } from './plan-setting.ts'
import { noteIssue, noteIssueGone } from './read-plan-issue.ts'

/** What reading the issues of plans needs. */
export interface PlanIssuesOptions {
  readonly db: WriteDb
  /** Null where no GitLab is connected. */
  readonly api: Pick<GitlabApi, 'issuesByIid'> | null
  readonly setting: () => PlanSetting
  readonly now: () => number
  /** Told of plans of which something is otherwise. */
  readonly onChange: (planIds: readonly string[]) => void
}

/** Issues are read this seldom: a plan changes a few times in weeks. */
const everyMs = 10 * 60_000
/** Until so long after an absence its issue is read: lessons are written down on return. */
const readForMs = 30 * 24 * 3_600_000
const mostAtOnce = 50
const scope = 'plan-issues'

interface LinkedPlan {
  readonly id: string
  readonly issue: PlanIssue
}

/** Keeps plans and the issues they are in together. */
export interface PlanIssues {
  /** Reads the issues, one project at a time, and takes in what may be taken in unasked. */
  jobs(): SyncJob[]
  /** Notes what was sent and has been seen in GitLab. @param among only of these changes in the outbox, where they are given. */
  noteSent(among?: readonly number[]): void
}

/** Creates what keeps plans and their issues together. Nothing is read before its jobs run. */
export function createPlanIssues(options: PlanIssuesOptions): PlanIssues {
  const { db, now, api } = options
  // What was changed from here is read at once: GitLab's own stamp of it is not known.
  const isChanged = ({ projectId, iid, readAt, updatedAt }: PlanIssue) =>
    updatedAt === 0 || (issueChangedAt(db, projectId, iid) ?? 0) > readAt
  const dueAt = ({ issue }: LinkedPlan) => dueAfter(isChanged(issue) ? null : issue.readAt, everyMs, now())
  const linked = () => plansInIssues(db, now() - readForMs)

  async function readDue(source: Pick<GitlabApi, 'issuesByIid'>): Promise<'more' | 'done'> {
    const due = linked().filter((plan) => dueAt(plan) <= now())
    const projectId = due[0]?.issue.projectId
    if (projectId === undefined) return 'done'
    const plans = due.filter(({ issue }) => issue.projectId === projectId).slice(0, mostAtOnce)
    told(await readProjectOf(source, projectId, plans))
    if (plans.length < due.length) return 'more'
    transaction(db, () => writeCursor(db, 'gitlab', scope, { completedAt: now(), problem: null }))
    return 'done'
  }

  /** GitLab says by the etag of the list where nothing changed since all of it was noted. */
  async function readProjectOf(
    source: Pick<GitlabApi, 'issuesByIid'>,
    projectId: number,
    plans: readonly LinkedPlan[],
  ): Promise<string[]> {
    const iids = [...new Set(plans.map(({ issue }) => issue.iid))].toSorted((a, b) => a - b)
    const known = plans.every(({ issue }) => issue.document !== null && issue.problem === null)
    try {
      const page = await source.issuesByIid(projectId, iids, (address) =>
        known ? readEtag(db, 'gitlab', scope, address) : null,
      )
      const changed = plans.filter(({ id, issue }) =>
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
      return plans.filter(({ id }) => noteIssueGone(db, id, now())).map(({ id }) => id)
    }
  }

  function noteOne(planId: string, issue: Issue | undefined): boolean {
    return issue ? noteIssue(db, planId, issue, options.setting()) : noteIssueGone(db, planId, now())
  }

  function noteUnchanged(planId: string): boolean {
    const issue = readPlanIssue(db, planId)
    if (issue) transaction(db, () => writePlanIssue(db, planId, { ...issue, readAt: now() }))
    return false
  }

  function told(planIds: readonly string[]): void {
    if (planIds.length > 0) options.onChange(planIds)
  }

  return {
    jobs() {
      if (!api) return []
      const job: SyncJob = {
        source: 'gitlab',
        scope,
        name: 'Issues of coverage plans',
        dueAt: Math.min(never, ...linked().map(dueAt)),
        rank: ranks.lookUp,
        onDemand: false,
        run: () => readDue(api),
      }
      return [job]
    },
    noteSent: (among) => told(adoptSentPlans(db, options.setting, among ?? null)),
  }
}
