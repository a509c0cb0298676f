import { listCursors } from '../db/cursors.ts'
import { epicsWords } from '../sync/find-epics.ts'
import { scopeName } from '../sync/scope-name.ts'
import { os, viewpointOf, type RouterDeps } from './router-deps.ts'

/** How syncing stands. */
export function syncProcedures(deps: RouterDeps) {
  return {
    sync: {
      status: os.sync.status.handler(() => {
        const { db, sync } = deps.session()
        const { roster, now } = viewpointOf(deps)
        const scopes = listCursors(db).map(({ source, scope, completedAt, problem }) => ({
          source,
          scope,
          name: scopeName(
            scope,
            (id) => roster.accounts.find((account) => account.id === id),
            (id) => epicsWords(db, id),
          ),
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
