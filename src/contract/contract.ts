import { accounts } from './accounts.ts'
import { activity } from './activity.ts'
import { alerts } from './alerts.ts'
import { app } from './app.ts'
import { connections } from './connections.ts'
import { coverage } from './coverage.ts'
import { events } from './events.ts'
import { issues } from './issues.ts'
import { outbox } from './outbox.ts'
import { people } from './people.ts'
import { settings } from './settings.ts'
import { sync } from './sync.ts'
import { tickets } from './tickets.ts'
import { workload } from './workload.ts'

/** Everything window, command line and service say to each other: one contract per area. */
export const contract = {
  accounts,
  activity,
  alerts,
  app,
  connections,
  coverage,
  events,
  issues,
  outbox,
  people,
  settings,
  sync,
  tickets,
  workload,
}
export type Contract = typeof contract
