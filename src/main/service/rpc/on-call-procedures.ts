import { randomUUID } from 'node:crypto'
import type { OnCallShift } from '#contract/on-call.ts'
import { deleteShift, findShift, insertShift, readShifts, setReplacement } from '../db/shifts.ts'
import { readRoster } from '../db/workspace.ts'
import { Refusal } from '../refusal.ts'
import { answering } from './answering.ts'
import { toOnCallShifts } from './on-call-view.ts'
import { os, type RouterDeps } from './router-deps.ts'
import { personMeant, readWindow } from './written-window.ts'

const shownBackMs = 28 * 24 * 3_600_000

/** On-call shifts, which of them have to change hands, and who takes them. */
export function onCallProcedures(deps: RouterDeps) {
  const view = () => ({ roster: readRoster(deps.session().db), policy: deps.policy().onCall })
  const now = () => deps.session().workspace.clock.now()

  function found(shiftId: string) {
    const shift = findShift(deps.session().db, shiftId)
    if (shift) return shift
    throw new Refusal('not-found', 'This shift is not here any more.', { missing: { what: 'shift', id: shiftId } })
  }

  function changed(shiftId: string): OnCallShift {
    deps.hub.publish('coverage')
    const [shown] = toOnCallShifts([found(shiftId)], view())
    if (!shown) throw new Error('A shift that was found is shown')
    return shown
  }

  return {
    onCall: {
      list: os.onCall.list.handler(() => ({
        shifts: toOnCallShifts(readShifts(deps.session().db, now() - shownBackMs), view()),
        now: now(),
      })),
      add: os.onCall.add.handler(({ input, errors }) => {
        const { db } = deps.session()
        const { person, problem } = personMeant(input.personId, readRoster(db))
        if (!person) throw errors.REFUSED({ message: problem, data: { reason: 'personId' } })
        const { window, wrong } = readWindow(input, person.timeZone)
        if (!window) throw errors.REFUSED({ message: wrong.words, data: { reason: wrong.field } })
        const isThere = readShifts(db).some(
          ({ personId, startsAt, endsAt }) =>
            personId === person.id && startsAt === window.startsAt && endsAt === window.endsAt,
        )
        if (isThere) {
          const message = `A shift of ${person.name} at this very time is here already.`
          throw errors.REFUSED({ message, data: { reason: 'startsAt' } })
        }
        const id = randomUUID()
        insertShift(db, { id, personId: person.id, title: input.title, ...window })
        return changed(id)
      }),
      remove: os.onCall.remove.handler(({ input, errors }) =>
        answering(errors, () => {
          const { origin } = found(input.shiftId)
          if (origin !== 'hand') throw new Refusal('refused', elsewhere[origin])
          deleteShift(deps.session().db, input.shiftId)
          deps.hub.publish('coverage')
          return {}
        }),
      ),
      recordReplacement: os.onCall.recordReplacement.handler(({ input, errors }) =>
        answering(errors, () => {
          found(input.shiftId)
          setReplacement(deps.session().db, input.shiftId, { name: input.name, at: now() })
          return changed(input.shiftId)
        }),
      ),
      clearReplacement: os.onCall.clearReplacement.handler(({ input, errors }) =>
        answering(errors, () => {
          found(input.shiftId)
          setReplacement(deps.session().db, input.shiftId, null)
          return changed(input.shiftId)
        }),
      ),
    },
  }
}

const elsewhere = {
  calendar: 'This shift comes from a calendar. Change it there, or leave its title out of the calendar’s.',
  workspace: 'This shift belongs to the sample and comes back each time it opens.',
}
