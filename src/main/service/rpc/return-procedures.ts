import type { EventKind } from '#contract/events.ts'
import { snapshot } from '../db/sql.ts'
import { buildReturnList } from '../returns/build-return-list.ts'
import { decideRow, undoDecision } from '../returns/decide-row.ts'
import { findMeetings } from '../returns/find-meetings.ts'
import { settleList, standAt } from '../returns/go-over-list.ts'
import { handBack, takeBack } from '../returns/hand-back.ts'
import type { MeetingDesk } from '../returns/meeting-desk.ts'
import { createRunningMeetings, type RunningMeetings } from '../returns/running-meetings.ts'
import { answering } from './answering.ts'
import { returnDeskOf } from './return-desk.ts'
import { os, viewpointOf, type RouterDeps } from './router-deps.ts'

/** Return meetings: what happened while somebody covered, gone over row by row, and handed back. */
export function returnProcedures(deps: RouterDeps) {
  const running = createRunningMeetings()
  const desk = () => meetingDeskOf(deps, running)
  /** Everybody hears of it. */
  const tell = (meetingId: string, ...others: readonly EventKind[]) => {
    deps.hub.publish('returns', [meetingId])
    for (const kind of others) deps.hub.publish(kind)
  }
  return {
    returns: {
      list: os.returns.list.handler(() => {
        const { db } = deps.session()
        const { roster, now } = viewpointOf(deps)
        return { meetings: findMeetings({ db, roster, now }), now }
      }),
      get: os.returns.get.handler(({ input, errors }) =>
        answering(errors, () => snapshot(deps.session().db, () => buildReturnList(desk(), input.coverageId))),
      ),
      decide: os.returns.decide.handler(({ input, errors }) =>
        answering(errors, () => {
          tell(decideRow(desk(), input))
          return {}
        }),
      ),
      undo: os.returns.undo.handler(({ input, errors }) =>
        answering(errors, () => {
          const { meetingId, key } = undoDecision(desk(), input.coverageId)
          if (key !== null) tell(meetingId)
          return { key }
        }),
      ),
      stand: os.returns.stand.handler(({ input, errors }) =>
        answering(errors, () => {
          const { meetingId, changed } = standAt(desk(), input)
          if (changed) tell(meetingId)
          return {}
        }),
      ),
      settle: os.returns.settle.handler(({ input, errors }) =>
        answering(errors, () => {
          const meeting = settleList(desk(), input.coverageId, input.settled)
          tell(meeting.meetingId)
          return meeting
        }),
      ),
      handBack: os.returns.handBack.handler(({ input, errors }) =>
        answering(errors, () => {
          const { meeting, lifted } = handBack(desk(), input.coverageId)
          // Alerts, guard and load follow from the coverages.
          tell(meeting.meetingId, 'coverage')
          return { meeting, lifted: [...lifted] }
        }),
      ),
      takeBack: os.returns.takeBack.handler(({ input, errors }) =>
        answering(errors, () => {
          const meeting = takeBack(desk(), input.coverageId)
          tell(meeting.meetingId, 'coverage')
          return meeting
        }),
      ),
    },
  }
}

/** Where return meetings are held as it is now. */
function meetingDeskOf(deps: RouterDeps, running: RunningMeetings): MeetingDesk {
  const { db } = deps.session()
  return {
    ...{ ...returnDeskOf(deps), db, policy: deps.policy(), running },
    isRunning: (meetingId) => running.has(db, meetingId),
  }
}
