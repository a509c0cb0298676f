import type { Router } from '@orpc/server'
import type { Contract } from '#contract/contract.ts'
import { absenceProcedures } from './absence-procedures.ts'
import { accountKitProcedures } from './account-kit-procedures.ts'
import { accountProcedures } from './account-procedures.ts'
import { alertProcedures } from './alert-procedures.ts'
import { appProcedures } from './app-procedures.ts'
import { calendarProcedures } from './calendar-procedures.ts'
import { callsProcedures } from './calls-procedures.ts'
import { connectionProcedures } from './connection-procedures.ts'
import { coverageProcedures } from './coverage-procedures.ts'
import { customerDataProcedures } from './customer-data-procedures.ts'
import { guidanceProcedures } from './guidance-procedures.ts'
import { deskProcedures } from './desk-procedures.ts'
import { handoffProcedures } from './handoff-procedures.ts'
import { onCallProcedures } from './on-call-procedures.ts'
import { orgNoteProcedures } from './org-note-procedures.ts'
import { outboxProcedures } from './outbox-procedures.ts'
import { peopleProcedures } from './people-procedures.ts'
import { planProcedures } from './plan-procedures.ts'
import { returnFigureProcedures } from './return-figure-procedures.ts'
import { returnProcedures } from './return-procedures.ts'
import { returnWrapUpProcedures } from './return-wrap-up-procedures.ts'
import { os, type RouterDeps } from './router-deps.ts'
import { syncProcedures } from './sync-procedures.ts'
import { ticketProcedures } from './ticket-procedures.ts'
import { workProcedures } from './work-procedures.ts'

/** The contract, implemented; its procedures need no context. */
export type ServiceRouter = Router<Contract, Record<never, never>>

/** Builds the router: thin procedures over repositories and rules. */
export function createRouter(deps: RouterDeps): ServiceRouter {
  return os.router({
    ...ticketProcedures(deps),
    ...guidanceProcedures(deps),
    ...workProcedures(deps),
    ...accountProcedures(deps),
    ...accountKitProcedures(deps),
    ...coverageProcedures(deps),
    ...customerDataProcedures(deps),
    ...deskProcedures(deps),
    ...absenceProcedures(deps),
    ...calendarProcedures(deps),
    ...onCallProcedures(deps),
    ...callsProcedures(deps),
    ...peopleProcedures(deps),
    ...planProcedures(deps),
    ...handoffProcedures(deps),
    ...returnProcedures(deps),
    ...returnFigureProcedures(deps),
    ...returnWrapUpProcedures(deps),
    ...alertProcedures(deps),
    ...connectionProcedures(deps),
    ...orgNoteProcedures(deps),
    ...outboxProcedures(deps),
    ...appProcedures(deps),
    ...syncProcedures(deps),
  })
}
