import type { PlanIssue } from '#contract/plans.ts'
import { aPreview } from './connection-fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Plans as issues of GitLab, as far as the window sees it: nothing is written anywhere. */
export function planIssueProcedures({ plans }: StandInImplementer, state: StandInState) {
  const standing = (planId: string): PlanIssue => ({
    ...{ issue: null, order: null, toSend: false, waiting: null, takenIn: null },
    project: state.settings.coverageProject,
    ...state.planIssues.get(planId),
  })
  return {
    issue: plans.issue.handler(({ input }) => standing(input.planId)),
    previewIssue: plans.previewIssue.handler(({ input, errors }) => {
      const { issue, project } = standing(input.planId)
      const description = `# Coverage\n\nplan ${input.planId}`
      const along = { changes: state.planIssues.get(input.planId)?.waiting?.changes ?? [], conflicts: [] }
      if (issue && !input.another) {
        const { projectId, iid } = issue
        return { preview: aPreview({ kind: 'issue-text', projectId, iid, description }, state.preview), along }
      }
      if (project === null) {
        const reason = 'Name the project in which coverage issues are opened, in Settings under Work.'
        throw errors.REFUSED({ message: reason, data: { reason } })
      }
      const intent = {
        ...{ kind: 'create-issue' as const, projectId: 7, title: 'Coverage for Marta', description, dueDate: null },
        ...{ labels: [], assigneeIds: [], confidential: true },
      }
      return { preview: aPreview(intent, state.preview), along }
    }),
    fetch: plans.fetch.handler(({ input }) => {
      const planId = 'planId' in input ? input.planId : 'p-marta'
      const waiting = state.planIssues.get(planId)?.waiting
      const changes = waiting?.changes ?? ['Fabrikam Health: Tom Okafor accepted.']
      return { planId, fresh: false, changes, conflicts: waiting?.conflicts ?? [] }
    }),
    findProject: plans.findProject.handler(({ input, errors }) => {
      if (input.path.includes('none')) {
        const reason = `GitLab does not show ${input.path}: it is gone, or you may not see it.`
        throw errors.REFUSED({ message: reason, data: { reason } })
      }
      const path = input.path.replace('https://gitlab.example.com/', '')
      const visible = path.startsWith('collab/')
      const words = visible
        ? 'Everything in this project can be seen by Northwind Logistics.'
        : `Colleagues who may see ${path}.`
      return {
        id: 7,
        path,
        url: `https://gitlab.example.com/${path}`,
        customerSees: { visible, words },
        mayWrite: true,
      }
    }),
  }
}
