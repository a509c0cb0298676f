import { accountKits } from './account-kit.ts'
import { accounts } from './accounts.ts'
import { activity } from './activity.ts'
import { alerts } from './alerts.ts'
import { app } from './app.ts'
import { absences, calendars } from './calendars.ts'
import { calls } from './calls.ts'
import { connections } from './connections.ts'
import { coverage } from './coverage.ts'
import { customerData } from './customer-data.ts'
import { desks } from './desk.ts'
import { events } from './events.ts'
import { guidance } from './guidance.ts'
import { handoffs } from './handoffs.ts'
import { issues } from './issues.ts'
import { onCall } from './on-call.ts'
import { orgNotes } from './org-notes.ts'
import { outbox } from './outbox.ts'
import { people } from './people.ts'
import { plans } from './plans.ts'
import { returnFigureProcedures } from './return-figures.ts'
import { returnWrapUps } from './return-wrap-up.ts'
import { returns } from './returns.ts'
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
  calls,
  connections,
  coverage,
  customerData,
  desks,
  events,
  guidance,
  handoffs,
  issues,
  onCall,
  orgNotes,
  outbox,
  people,
  plans,
  returnFigures: returnFigureProcedures,
  returnWrapUps,
  returns,
  settings,
  sync,
  tickets,
  workload,
}
export type Contract = typeof contract
