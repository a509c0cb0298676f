import type { PlanConflict } from '#core/coverage/plan-conflicts.ts'
import { knownPlan } from '../plans/edit-plans.ts'
import { planKind } from '../plans/plan-kind.ts'
import { createIssueExchange, findCoverageProject } from '../sharing/exchange-issue.ts'
import type { TakenIn } from '../sharing/take-in.ts'
import { answering } from './answering.ts'
import { issueDeskOf, toAlong, toIssueStanding } from './issue-desk.ts'
import { os, planSettingOf, type RouterDeps } from './router-deps.ts'

/** Plans as issues of GitLab: how they stand to each other, what sending would write, and taking in. */
export function planIssueProcedures(deps: RouterDeps) {
  const desk = () => issueDeskOf(deps, () => planSettingOf(deps))
  const exchange = () => {
    const at = desk()
    return createIssueExchange(planKind, at, (id) => knownPlan(at.db, id).document)
  }
  return {
    issue: os.plans.issue.handler(({ input, errors }) =>
      answering(errors, () => toIssueStanding(exchange().standing(input.planId), deps)),
    ),
    previewIssue: os.plans.previewIssue.handler(({ input, errors }) =>
      answering(errors, async () => {
        const { preview, along } = await exchange().preview(input.planId, input.another)
        return { preview, along: toAlong(along) }
      }),
    ),
    fetch: os.plans.fetch.handler(({ input, errors }) =>
      answering(errors, async () => {
        const { apply } = input
        const meant = 'planId' in input ? { id: input.planId } : { reference: input.reference }
        const result = await exchange().fetch({ ...meant, apply })
        if (apply) deps.hub.publish('coverage', [result.id])
        return toImport(result)
      }),
    ),
    findProject: os.plans.findProject.handler(({ input, errors }) =>
      answering(errors, () => findCoverageProject(desk(), input.path)),
    ),
  }
}

/** What was taken in, or would be, as the contract has it. */
export function toImport(result: TakenIn<PlanConflict>) {
  return { planId: result.id, fresh: result.fresh, ...toAlong(result) }
}
