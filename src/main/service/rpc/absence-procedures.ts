import { randomUUID } from 'node:crypto'
import { overlapOf } from '#core/instant.ts'
import { spanWords } from '#core/on-call/swap-message.ts'
import { deleteAbsence, insertAbsence, readAbsences, type StoredAbsence } from '../db/absences.ts'
import { readRoster, type Roster } from '../db/workspace.ts'
import { nameOf, os, type RouterDeps } from './router-deps.ts'
import { personMeant, readWindow } from './written-window.ts'

/** When people are away, besides what is planned. */
export function absenceProcedures(deps: RouterDeps) {
  return {
    absences: {
      list: os.absences.list.handler(() => {
        const { db, workspace } = deps.session()
        const roster = readRoster(db)
        return { absences: readAbsences(db).map((each) => toRow(each, roster)), now: workspace.clock.now() }
      }),
      add: os.absences.add.handler(({ input, errors }) => {
        const { db } = deps.session()
        const roster = readRoster(db)
        const { person, problem } = personMeant(input.personId, roster)
        if (!person) throw errors.REFUSED({ message: problem, data: { reason: 'personId' } })
        const { window, wrong } = readWindow(input, person.timeZone)
        if (!window) throw errors.REFUSED({ message: wrong.words, data: { reason: wrong.field } })
        const same = readAbsences(db).find(
          (each) => each.origin === 'hand' && each.personId === person.id && overlapOf(each, window),
        )
        if (same) {
          const message = `It overlaps with the absence of ${person.name} that was entered for ${spanWords(same, person.timeZone)}. Remove that one first.`
          throw errors.REFUSED({ message, data: { reason: 'startsAt' } })
        }
        const absence = { id: randomUUID(), personId: person.id, ...window }
        insertAbsence(db, absence)
        deps.hub.publish('coverage')
        return toRow({ ...absence, origin: 'hand', planId: null, calendarName: null }, roster)
      }),
      remove: os.absences.remove.handler(({ input: { absenceId }, errors }) => {
        const { db } = deps.session()
        const absence = readAbsences(db).find(({ id }) => id === absenceId)
        if (!absence) {
          const message = 'This absence is not here any more.'
          throw errors.NOT_FOUND({ message, data: { what: 'absence', id: absenceId } })
        }
        if (absence.origin !== 'hand') {
          throw errors.REFUSED({ message: elsewhere[absence.origin], data: { reason: absence.origin } })
        }
        deleteAbsence(db, absenceId)
        deps.hub.publish('coverage')
        return {}
      }),
    },
  }
}

const elsewhere = {
  plan: 'This absence belongs to a plan. Change or remove the plan.',
  calendar: 'This absence comes from a calendar. Change it there, or leave its title out of the calendar’s.',
  workspace: 'This absence belongs to the sample and comes back each time it opens.',
}

function toRow(absence: StoredAbsence, roster: Roster) {
  return { ...absence, personName: nameOf(absence.personId, roster) ?? `User ${absence.personId}` }
}
