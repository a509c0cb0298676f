import type { PlanIssue } from '#contract/plans.ts'
import type { PlanConflict } from '#core/coverage/plan-conflicts.ts'
import {
  fetchPlan,
  findCoverageProject,
  planIssueStanding,
  previewPlanIssue,
  type IssueDesk,
  type PlanIssueStanding,
} from '../plans/exchange-plan-issue.ts'
import type { PlanImport } from '../plans/exchange-plans.ts'
import { answering } from './answering.ts'
import { coverageProjectOf, os, planSettingOf, type RouterDeps } from './router-deps.ts'

/** Plans as issues of GitLab: how they stand to each other, what sending would write, and taking in. */
export function planIssueProcedures(deps: RouterDeps) {
  return {
    issue: os.plans.issue.handler(({ input, errors }) =>
      answering(errors, () => toPlanIssue(planIssueStanding(deskOf(deps), input.planId), deps)),
    ),
    previewIssue: os.plans.previewIssue.handler(({ input, errors }) =>
      answering(errors, async () => {
        const { preview, along } = await previewPlanIssue(deskOf(deps), input)
        return { preview, along: { changes: [...along.changes], conflicts: conflictsOf(along.conflicts) } }
      }),
    ),
    fetch: os.plans.fetch.handler(({ input, errors }) =>
      answering(errors, async () => {
        const result = await fetchPlan(deskOf(deps), input)
        if (input.apply) deps.hub.publish('coverage', [result.planId])
        return toImport(result)
      }),
    ),
    findProject: os.plans.findProject.handler(({ input, errors }) =>
      answering(errors, () => findCoverageProject(deskOf(deps), input.path)),
    ),
  }
}

/** What was taken in, or would be, as the contract has it. */
export function toImport({ planId, fresh, changes, conflicts }: PlanImport) {
  return { planId, fresh, changes: [...changes], conflicts: conflictsOf(conflicts) }
}

function toPlanIssue({ issue, order, toSend, waiting }: PlanIssueStanding, deps: RouterDeps): PlanIssue {
  return {
    project: coverageProjectOf(deps),
    issue: issue && {
      projectId: issue.projectId,
      iid: issue.iid,
      reference: issue.reference,
      url: issue.url,
      state: issue.state,
      readAt: issue.readAt,
      problem: issue.problem,
    },
    order,
    toSend,
    waiting: waiting && { changes: [...waiting.changes], conflicts: conflictsOf(waiting.conflicts) },
    takenIn: issue?.takenIn ? { at: issue.takenIn.at, changes: [...issue.takenIn.changes] } : null,
  }
}

function deskOf(deps: RouterDeps): IssueDesk {
  const { db, sources, outbox } = deps.session()
  const gitlab = sources?.gitlab
  return {
    db,
    gitlab: gitlab
      ? { url: gitlab.url, writes: gitlab.writes, mode: () => gitlab.identity.known()?.mode ?? null }
      : null,
    preview: (intents) => outbox.preview(intents),
    setting: () => planSettingOf(deps),
    coverageProject: coverageProjectOf(deps),
  }
}

function conflictsOf(conflicts: readonly PlanConflict[]) {
  return conflicts.map((conflict) => ({ ...conflict, sides: [...conflict.sides] }))
}
