import { snapshot } from '../db/sql.ts'
import { coverageIssueIntents } from '../returns/coverage-issue.ts'
import { orderTransfers } from '../returns/order-transfers.ts'
import { showWrapUp } from '../returns/show-wrap-up.ts'
import type { WrapUpDesk } from '../returns/wrap-up-desk.ts'
import { learnFromReturn, writeReturnCall } from '../returns/write-return-call.ts'
import { answering } from './answering.ts'
import { returnDeskOf } from './return-desk.ts'
import { os, type RouterDeps } from './router-deps.ts'

/** What follows the list of a return meeting: transfers, the call it is written down as, and what was learned. */
export function returnWrapUpProcedures(deps: RouterDeps) {
  const { returnWrapUps } = os
  const shown = (coverageId: string) => {
    const desk = deskOf(deps)
    return snapshot(desk.db, () => showWrapUp(desk, coverageId))
  }
  return {
    returnWrapUps: {
      get: returnWrapUps.get.handler(({ input, errors }) => answering(errors, () => shown(input.coverageId))),
      transfer: returnWrapUps.transfer.handler(({ input, errors }) =>
        answering(errors, async () => {
          const { meetingId } = await orderTransfers(deskOf(deps), input)
          deps.hub.publish('returns', [meetingId])
          return shown(input.coverageId)
        }),
      ),
      call: returnWrapUps.call.handler(({ input, errors }) =>
        answering(errors, () => {
          const { callId, meetingId } = writeReturnCall(deskOf(deps), input)
          deps.hub.publish('calls', [callId])
          deps.hub.publish('returns', [meetingId])
          return { callId }
        }),
      ),
      learn: returnWrapUps.learn.handler(({ input, errors }) =>
        answering(errors, () => {
          deps.hub.publish('returns', [learnFromReturn(deskOf(deps), input.coverageId, input.lesson)])
          // The next handoff of the account starts from it.
          deps.hub.publish('handoffs')
          return {}
        }),
      ),
      issueIntents: returnWrapUps.issueIntents.handler(({ input, errors }) =>
        answering(errors, () => ({ intents: coverageIssueIntents(deskOf(deps), input.coverageId) })),
      ),
    },
  }
}

function deskOf(deps: RouterDeps): WrapUpDesk {
  const { db, outbox, sources } = deps.session()
  return { ...returnDeskOf(deps), db, policy: deps.policy(), outbox: sources ? outbox : null }
}
