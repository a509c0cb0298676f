import { placeWork } from '#core/guidance/place-work.ts'
import { now } from './fixtures.ts'
import type { StandInImplementer } from './stand-in-implementer.ts'
import type { StandInState } from './stand-in-state.ts'

/** Lists, reads and places proactive work as the service does. */
export function issueProcedures(os: StandInImplementer, state: StandInState) {
  const { issues } = os
  return {
    list: issues.list.handler(({ input }) => {
      const found = state.issues.filter(
        (issue) =>
          (input.accountId === undefined || issue.accountId === input.accountId) &&
          (input.state === 'all' || (input.state === 'opened') === (issue.state === 'opened' && issue.fate === null)),
      )
      return { issues: found, total: found.length }
    }),
    get: issues.get.handler(({ input, errors }) => {
      const issue = state.issues.find(({ projectId, iid }) => projectId === input.projectId && iid === input.iid)
      if (!issue) throw errors.NOT_FOUND({ message: 'This is not stored here.', data: { what: 'issue', id: '' } })
      return { issue, ...state.issueText }
    }),
    projects: issues.projects.handler(() => ({ projects: state.projects, asOf: now })),
    placeWork: issues.placeWork.handler(({ input }) => placeWork(input.text)),
  }
}
