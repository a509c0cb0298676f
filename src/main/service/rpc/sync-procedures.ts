import { listCursors } from '../db/cursors.ts'
import { readFact } from '../db/facts.ts'
import { epicsFact, epicsFound } from '../sync/find-epics.ts'
import { scopeName } from '../sync/scope-name.ts'
import { os, viewpointOf, type RouterDeps } from './router-deps.ts'

/** How syncing stands. */
export function syncProcedures(deps: RouterDeps) {
  return {
    sync: {
      status: os.sync.status.handler(() => {
        const { db, sync } = deps.session()
        const { roster, now } = viewpointOf(deps)
        const epics = readFact(db, 'gitlab', epicsFact, epicsFound)
        const scopes = listCursors(db).map(({ source, scope, completedAt, problem }) => ({
          source,
          scope,
          name: scopeName(scope, (id) => roster.accounts.find((account) => account.id === id), epics?.words),
          completedAt,
          problem,
        }))
        const completed = scopes.flatMap((scope) => scope.completedAt ?? [])
        return {
          state: sync.state,
          lastCompletedAt: completed.length === 0 ? null : Math.max(...completed),
          nextRunAt: sync.nextRunAt,
          scopes,
          progress: sync.progress(),
          now,
        }
      }),
      run: os.sync.run.handler(() => deps.session().sync.run()),
    },
  }
}
