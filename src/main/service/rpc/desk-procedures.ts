import type { DeskEdit, DeskPage } from '#contract/desk.ts'
import { changeDesk } from '#core/desk/change-desk.ts'
import { readDesk, storeDesk } from '../db/desks.ts'
import { snapshot, transaction } from '../db/sql.ts'
import { deskPageOf, followedAccount } from '../desk/desk-page.ts'
import { exportDesk, importDesk, type ExchangeSetting } from '../desk/exchange-desk.ts'
import { answering } from './answering.ts'
import { os, viewpointOf, type RouterDeps } from './router-deps.ts'
import { relationTo } from './ticket-views.ts'

/** What is kept of accounts beside their tickets. */
export function deskProcedures(deps: RouterDeps) {
  return {
    desks: {
      get: os.desks.get.handler(({ input, errors }) => answering(errors, () => pageOf(deps, input.accountId))),
      change: os.desks.change.handler(({ input, errors }) =>
        answering(errors, () => {
          const undo = change(deps, input.accountId, input.change)
          return { page: pageOf(deps, input.accountId), undo }
        }),
      ),
      import: os.desks.import.handler(({ input, errors }) =>
        answering(errors, () => {
          const result = importDesk(settingOf(deps), input)
          if (result.stored) {
            changed(deps, input.accountId)
            // It may have said when people work.
            deps.hub.publish('coverage')
          }
          return result
        }),
      ),
      export: os.desks.export.handler(({ input, errors }) =>
        answering(errors, () => exportDesk(settingOf(deps), input.accountId, input.as)),
      ),
    },
  }
}

function pageOf(deps: RouterDeps, accountId: number): DeskPage {
  return snapshot(deps.session().db, () => {
    const { db, roster, policy, now } = viewpointOf(deps)
    const organizationsProject = projectNamed(deps)
    return deskPageOf({ db, roster, policy, now, organizationsProject }, accountId, relationTo(accountId, roster, now))
  })
}

/** Makes one change and answers with what takes it back, or null when there was nothing to change. */
function change(deps: RouterDeps, accountId: number, edit: DeskEdit): DeskEdit | null {
  const { db, workspace } = deps.session()
  const now = workspace.clock.now()
  const undo = transaction(db, () => {
    followedAccount(viewpointOf(deps).roster, accountId)
    const { document, restricted } = readDesk(db, accountId)
    if (edit.kind === 'restricted') {
      if (edit.restricted === restricted) return null
      storeDesk(db, accountId, { document, restricted: edit.restricted }, now)
      return { kind: 'restricted', restricted } as const
    }
    const result = changeDesk(document, edit)
    if (result.undo !== null) storeDesk(db, accountId, { document: result.desk, restricted }, now)
    return result.undo as DeskEdit | null
  })
  if (undo !== null) changed(deps, accountId)
  return undo
}

function changed(deps: RouterDeps, accountId: number): void {
  deps.hub.publish('desks', [accountId])
}

function settingOf(deps: RouterDeps): ExchangeSetting {
  const { db, workspace } = deps.session()
  const { roster, now } = viewpointOf(deps)
  return { db, roster, now, mayChangePeople: workspace.source.kind !== 'sample' }
}

/** The Organizations project: the one in Settings, else the sample's. */
function projectNamed({ session, settings }: RouterDeps): string | null {
  const { source } = session().workspace
  const sample = source.kind === 'sample' ? (source.simulator?.workspace.organizationsProject ?? null) : null
  return settings.get().organizationsProject ?? sample
}
