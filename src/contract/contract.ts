import { accountKits } from './account-kit.ts'
import { accounts } from './accounts.ts'
import { activity } from './activity.ts'
import { alerts } from './alerts.ts'
import { app } from './app.ts'
import { absences, calendars } from './calendars.ts'
import { connections } from './connections.ts'
import { coverage } from './coverage.ts'
import { events } from './events.ts'
import { issues } from './issues.ts'
import { onCall } from './on-call.ts'
import { outbox } from './outbox.ts'
import { people } from './people.ts'
import { plans } from './plans.ts'
import { settings } from './settings.ts'
import { sync } from './sync.ts'
import { tickets } from './tickets.ts'
import { workload } from './workload.ts'

/** Everything window, command line and service say to each other: one contract per area. */
export const contract = {
  absences,
  accountKits,
  accounts,
  activity,
  alerts,
  app,
  calendars,
  connections,
  coverage,
  events,
  issues,
  onCall,
  outbox,
  people,
  plans,
  settings,
  sync,
  tickets,
  workload,
}
export type Contract = typeof contract
