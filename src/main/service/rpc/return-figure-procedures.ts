import { snapshot } from '../db/sql.ts'
import { meetingCalendar, returnTime, scheduleMeeting, type TimeFacts } from '../returns/meeting-time.ts'
import { returnFigures, type FigureDesk } from '../returns/return-figures.ts'
import { writeFigures } from '../returns/write-figures.ts'
import { answering } from './answering.ts'
import { returnDeskOf } from './return-desk.ts'
import { os, viewpointOf, type RouterDeps } from './router-deps.ts'

/** A coverage in numbers, and when its return meeting is held. */
export function returnFigureProcedures(deps: RouterDeps) {
  const { get, file, time, schedule, calendarFile } = os.returnFigures
  const figuresOf = (coverageId: string) => {
    const desk = deskOf(deps)
    return snapshot(desk.db, () => returnFigures(desk, coverageId))
  }
  return {
    returnFigures: {
      get: get.handler(({ input, errors }) => answering(errors, () => figuresOf(input.coverageId))),
      file: file.handler(({ input, errors }) =>
        answering(errors, () => {
          const { roster } = viewpointOf(deps)
          return writeFigures(figuresOf(input.coverageId), input.format, roster.me?.timeZone ?? 'UTC')
        }),
      ),
      time: time.handler(({ input, errors }) =>
        answering(errors, () => returnTime(timeFactsOf(deps), input.coverageId)),
      ),
      schedule: schedule.handler(({ input, errors }) =>
        answering(errors, () => {
          const { db, alerts } = deps.session()
          const { meetingId } = scheduleMeeting({ ...timeFactsOf(deps), db }, input)
          deps.hub.publish('returns', [meetingId])
          // Another time is reminded of at another time.
          alerts.look()
          return returnTime(timeFactsOf(deps), input.coverageId)
        }),
      ),
      calendarFile: calendarFile.handler(({ input, errors }) =>
        answering(errors, () => meetingCalendar(timeFactsOf(deps), input.coverageId)),
      ),
    },
  }
}

function timeFactsOf(deps: RouterDeps): TimeFacts {
  const { roster, now, policy } = viewpointOf(deps)
  return { db: deps.session().db, roster, now, policy }
}

function deskOf(deps: RouterDeps): FigureDesk {
  return { ...returnDeskOf(deps), policy: deps.policy(), setBaseline: deps.settings.get().baselinePerWeek }
}
