import { placeWork } from '#core/guidance/place-work.ts'
import { listIssues, readIssue } from '../db/read-issues.ts'
import { snapshot } from '../db/sql.ts'
import { findProjects, type KnownProjectsDeps } from '../gitlab/known-projects.ts'
import type { Session } from '../session.ts'
import { answering } from './answering.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** Proactive work: issues and epics, the projects they lie in, and where a piece of work belongs. */
export function workProcedures(deps: RouterDeps) {
  return {
    issues: {
      list: os.issues.list.handler(({ input }) =>
        listIssues(deps.session().db, { ...input, accountId: input.accountId }),
      ),
      get: os.issues.get.handler(({ input, errors }) => {
        const { db } = deps.session()
        const found = snapshot(db, () => readIssue(db, input))
        if (found) return found
        throw errors.NOT_FOUND({
          message: 'This is not stored here. Its account may have been given another label or place in GitLab.',
          data: { what: input.kind, id: `${input.projectId}/${input.iid}` },
        })
      }),
      projects: os.issues.projects.handler(({ input, errors }) =>
        answering(errors, async () => {
          const { projects, asOf } = await findProjects(knownProjectsIn(deps.session()), input.accountId)
          return { projects: [...projects], asOf }
        }),
      ),
      placeWork: os.issues.placeWork.handler(({ input }) => placeWork(input.text)),
    },
  }
}

function knownProjectsIn({ db, sources, workspace }: Session): KnownProjectsDeps {
  return { db, gitlab: sources?.gitlab ?? null, now: () => workspace.clock.now() }
}
