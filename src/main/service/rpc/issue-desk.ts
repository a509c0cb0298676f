import type { PlanIssue } from '#contract/plans.ts'
import type { IssueDesk, IssueStanding } from '../sharing/exchange-issue.ts'
import type { TakenIn } from '../sharing/take-in.ts'
import { coverageProjectOf, type RouterDeps } from './router-deps.ts'

/** What documents and issues of GitLab are exchanged with as it is now. */
export function issueDeskOf<Setting>(deps: RouterDeps, setting: () => Setting): IssueDesk<Setting> {
  const { db, sources, outbox } = deps.session()
  const gitlab = sources?.gitlab
  return {
    db,
    gitlab: gitlab
      ? { url: gitlab.url, writes: gitlab.writes, mode: () => gitlab.identity.known()?.mode ?? null }
      : null,
    preview: (intents) => outbox.preview(intents),
    setting,
    coverageProject: coverageProjectOf(deps),
  }
}

/** How a document stands to its issue, as the contract has it. */
export function toIssueStanding<Conflict extends HasSides>(
  { issue, order, toSend, waiting }: IssueStanding<unknown, Conflict>,
  deps: RouterDeps,
) {
  const shown: PlanIssue['issue'] = issue && {
    projectId: issue.projectId,
    iid: issue.iid,
    reference: issue.reference,
    url: issue.url,
    state: issue.state,
    readAt: issue.readAt,
    problem: issue.problem,
  }
  return {
    project: coverageProjectOf(deps),
    issue: shown,
    order,
    toSend,
    waiting: waiting && toAlong(waiting),
    takenIn: issue?.takenIn ? { at: issue.takenIn.at, changes: [...issue.takenIn.changes] } : null,
  }
}

/** What became otherwise and what crossed, as the contract has it. */
export function toAlong<Conflict extends HasSides>({
  changes,
  conflicts,
}: Pick<TakenIn<Conflict>, 'changes' | 'conflicts'>) {
  return {
    changes: [...changes],
    conflicts: conflicts.map((conflict) => ({
      ...conflict,
      sides: [...conflict.sides] as Conflict['sides'][number][],
    })),
  }
}

interface HasSides {
  readonly sides: readonly unknown[]
}
