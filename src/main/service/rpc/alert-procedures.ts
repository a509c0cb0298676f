import { countUnopened, listAlerts, markOpened, markShown, unshownAlerts } from '../db/alerts.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** Alerts, and the stream of change notices. */
export function alertProcedures(deps: RouterDeps) {
  const { hub } = deps
  return {
    alerts: {
      list: os.alerts.list.handler(({ input }) => {
        const { db } = deps.session()
        return { alerts: listAlerts(db, input.limit), unopened: countUnopened(db) }
      }),
      takePending: os.alerts.takePending.handler(() => {
        if (deps.ports.notifier.native) return { alerts: [] }
        const { db, workspace } = deps.session()
        const alerts = unshownAlerts(db)
        markShown(
          db,
          alerts.map((alert) => alert.id),
          workspace.clock.now(),
        )
        return { alerts }
      }),
      markOpened: os.alerts.markOpened.handler(({ input, errors }) => {
        const { db, workspace } = deps.session()
        if (!markOpened(db, input.id, workspace.clock.now())) {
          throw errors.NOT_FOUND({
            message: `There is no alert ${input.id}.`,
            data: { what: 'alert', id: String(input.id) },
          })
        }
        hub.publish('alerts', [input.id])
        return {}
      }),
    },
    events: {
      stream: os.events.stream.handler(({ input, signal }) => hub.stream(input.epoch, input.since, signal)),
    },
  }
}
