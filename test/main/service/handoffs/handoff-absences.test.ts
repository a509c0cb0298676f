import { expect, test } from 'vitest'
import { readStoredMeeting, storeHandedBack, takeBackHandedBack } from '#service/db/return-meetings.ts'
import { storePlan } from '#service/db/plans.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { handoffAbsences } from '#service/handoffs/handoff-absences.ts'
import type { HandoffDesk } from '#service/handoffs/handoff-desk.ts'
import { packetsOf } from '#service/handoffs/read-handoffs.ts'
import { plannedChain } from '#service/returns/find-meetings.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aPlanDocument, monday } from '#test/support/plan-values.ts'
import { aWorkspace, dayMs } from '#test/support/work-values.ts'

const acme = { id: 'p1--1', accountId: 1 }

/** Ines covers Acme for Anna by plan until Thursday, then Ben does. */
function planned() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace({ absences: [], coverages: [] }))
  const entries = [
    { id: 'first', to: 3, state: 'accepted' as const },
    { id: 'second', coverId: 13, from: 3, state: 'accepted' as const },
  ]
  storePlan(db, { document: aPlanDocument(entries), author: 'here' }, monday)
  const desk = (now: number): HandoffDesk => ({
    ...{ db, roster: readRoster(db), now, emergencyMark: { by: 'tag', value: 'emergency' } },
  })
  const covers = () => handoffAbsences(desk(monday), []).flatMap((absence) => absence.coversOf(1))
  const words = (now: number) =>
    packetsOf(desk(now)).flatMap(({ accounts }) => accounts.map(({ ownerWords }) => ownerWords))
  return { db, covers, words }
}

test('who covers by a plan covers until the account is handed back, and who was to come does not', () => {
  const { db, covers, words } = planned()
  const before = covers()
  expect(before).toMatchObject([
    { name: 'Ines', endsAt: monday + 3 * dayMs, handedBackAt: null },
    { name: 'Ben', endsAt: monday + 7 * dayMs },
  ])
  const at = monday + 2 * dayMs
  storeHandedBack(db, readStoredMeeting(db, acme), plannedChain(readRoster(db), 'plan:p1:first'), at)
  expect(covers()).toEqual([{ ...before[0], endsAt: at, handedBackAt: at }])
  expect(words(at)).toEqual(['Acme was handed back to Anna on Wed 23 Dec 00:00.'])
  takeBackHandedBack(db, readStoredMeeting(db, acme))
  expect(covers()).toEqual(before)
  expect(words(at)).toEqual(['Anna still owns Acme: the handoff is not begun.'])
})
