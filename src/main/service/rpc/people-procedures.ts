import type { PersonRow } from '#contract/people.ts'
import { nextAvailable } from '#core/clocks/next-available.ts'
import type { Person } from '#core/people/people.ts'
import { changePerson } from '../db/people.ts'
import { readRoster } from '../db/workspace.ts'
import { os, viewpointOf, type RouterDeps } from './router-deps.ts'
import type { Viewpoint } from './ticket-views.ts'

/** Who works here, and when. */
export function peopleProcedures(deps: RouterDeps) {
  return {
    people: {
      list: os.people.list.handler(() => {
        const view = viewpointOf(deps)
        const people = view.roster.people
          .map((person) => toPersonRow(person, view))
          .toSorted((a, b) => Number(b.me) - Number(a.me) || a.name.localeCompare(b.name))
        return { people, now: view.now }
      }),
      change: os.people.change.handler(({ input, errors }) => {
        const { db, workspace } = deps.session()
        if (workspace.source.kind === 'sample') {
          throw errors.REFUSED({
            message: 'The people of the sample are made up anew each time it opens. Connect your own Zendesk first.',
            data: { reason: 'sample' },
          })
        }
        const { id, ...changes } = input
        changePerson(db, id, changes)
        const view = viewpointOf(deps)
        const person = readRoster(db).people.find((candidate) => candidate.id === id)
        if (!person) {
          throw errors.NOT_FOUND({
            message: `User ${id} is nobody who is known here. Name them as the ASE of an account first.`,
            data: { what: 'person', id: String(id) },
          })
        }
        deps.hub.publish('coverage')
        return toPersonRow(person, view)
      }),
    },
  }
}

function toPersonRow(person: Person, { roster, now }: Viewpoint): PersonRow {
  const absences = roster.absences.filter((absence) => absence.personId === person.id)
  return {
    ...person,
    workingHours: [...person.workingHours],
    daysOff: [...person.daysOff],
    me: person.id === roster.me?.id,
    nextAvailableAt: nextAvailable(person, absences, now) ?? null,
  }
}
