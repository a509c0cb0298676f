import { expect, test } from 'vitest'
import type { ReturnMeeting } from '#contract/returns.ts'
import { readStoredMeeting, storeHandedBack, storeMeeting, takeBackHandedBack } from '#service/db/return-meetings.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { findMeeting, findMeetings, plannedChain } from '#service/returns/find-meetings.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const absence = { id: 'anna-away', personId: 12, startsAt: wednesday, endsAt: wednesday + 4 * dayMs }
const part = (id: string, coverId: number, from: number, to: number, accountId = 1) => ({
  ...{ id, absenceId: 'anna-away', accountId, coverId },
  ...{ startsAt: wednesday + from * dayMs, endsAt: wednesday + to * dayMs },
})
const passedOn = [part('second', 13, 2, 3), part('first', 11, 0, 2)]

function workspaceOf(meId: number, coverages = passedOn, db = memoryDatabase()): WriteDb {
  storeWorkspace(db, aWorkspace({ meId, absences: [absence], coverages }))
  return db
}

const listIn = (db: WriteDb, now: number) => findMeetings({ db, roster: readRoster(db), now })
const findIn = (db: WriteDb, id: string, now: number): ReturnMeeting =>
  findMeeting({ db, roster: readRoster(db), now }, id)
const acme = { id: 'anna-away--1', accountId: 1 }

/** Hands Acme back. */
function handBack(db: WriteDb, at: number): void {
  storeHandedBack(db, readStoredMeeting(db, acme), plannedChain(readRoster(db), 'first'), at)
}

test('an account that was passed on is handed back once, whichever of its coverages is asked for, with its uncovered end', () => {
  const db = workspaceOf(11)
  const [meeting, ...others] = listIn(db, wednesday + dayMs)
  expect(others).toEqual([])
  expect(meeting).toMatchObject({
    ...{ coverageId: 'second', meetingId: acme.id, role: 'cover', state: 'covered', aseName: 'Anna' },
    ...{ startsAt: wednesday, endsAt: wednesday + 4 * dayMs },
    ...{ stage: 'list', startedAt: null, handedBackAt: null, decided: 0 },
    covers: [{ name: 'Ines' }, { name: 'Ben' }],
  })
  for (const id of ['first', 'second']) expect(findIn(db, id, wednesday + dayMs)).toEqual(meeting)
})

test('the ASE sees it, too, and it concerns nobody else', () => {
  expect(listIn(workspaceOf(12), wednesday)).toMatchObject([{ role: 'ase' }])
  const others = workspaceOf(13, [part('first', 11, 0, 2)])
  expect(listIn(others, wednesday)).toEqual([])
  expect(() => findIn(others, 'first', wednesday)).toThrow('This account is handed back between two others')
})

test('what is due comes first, then what goes on, then what is to come, and what was handed back at last', () => {
  const db = workspaceOf(11, [part('first', 11, 0, 2), part('b', 11, 1, 2, 2)])
  const states = (now: number) => listIn(db, now).map(({ coverageId, state }) => `${coverageId} ${state}`)
  expect(states(wednesday - 1)).toEqual(['first not-begun', 'b not-begun'])
  expect(states(wednesday)).toEqual(['first covered', 'b not-begun'])
  expect(states(wednesday + 4 * dayMs)).toEqual(['first due', 'b due'])
  handBack(db, wednesday + 4 * dayMs)
  expect(states(wednesday + 4 * dayMs)).toEqual(['b due', 'first due'])
})

test('a coverage that is not known is said to be so', () => {
  expect(() => findIn(workspaceOf(11), 'none', wednesday)).toThrow('This coverage is not known here')
})

test('a meeting says how far it is', () => {
  const db = workspaceOf(11)
  storeMeeting(db, { ...readStoredMeeting(db, acme), startedAt: wednesday + dayMs })
  expect(findIn(db, 'first', wednesday)).toMatchObject({ stage: 'list', startedAt: wednesday + dayMs })
  storeMeeting(db, { ...readStoredMeeting(db, acme), settledAt: wednesday + dayMs })
  expect(findIn(db, 'first', wednesday)).toMatchObject({ stage: 'wrap-up', handedBackAt: null })
})

test('what is handed back early ends then: who covers has it no more, and who was to come does not come', () => {
  const db = workspaceOf(11)
  handBack(db, wednesday + hourMs)
  const meeting = findIn(db, 'second', wednesday + dayMs)
  expect(meeting).toMatchObject({ stage: 'handed-back', handedBackAt: wednesday + hourMs, state: 'due' })
  expect(meeting).toMatchObject({ endsAt: wednesday + hourMs, covers: [{ name: 'Ines', endsAt: wednesday + hourMs }] })
  const ben = workspaceOf(13)
  handBack(ben, wednesday + hourMs)
  expect(findIn(ben, 'second', wednesday + dayMs)).toMatchObject({ role: 'cover', stage: 'handed-back' })
})

test('an account that is planned to be covered again after it was handed back has a list again', () => {
  const longer = (to: number) => [part('first', 11, 0, 2), part('second', 13, 2, to)]
  const db = workspaceOf(11, longer(3))
  handBack(db, wednesday + hourMs)
  workspaceOf(11, longer(2.5), db)
  expect(findIn(db, 'first', wednesday + dayMs)).toMatchObject({ stage: 'handed-back' })
  workspaceOf(11, longer(3.5), db)
  const again = findIn(db, 'first', wednesday + dayMs)
  expect(again).toMatchObject({ stage: 'list', handedBackAt: null, endsAt: wednesday + 4 * dayMs })
  expect(again.covers).toMatchObject([{ endsAt: wednesday + hourMs }, { endsAt: wednesday + 3.5 * dayMs }])
  workspaceOf(11, [...longer(3), part('third', 13, 3, 4)], db)
  expect(findIn(db, 'first', wednesday + dayMs)).toMatchObject({ stage: 'list', covers: [{}, { name: 'Ben' }] })
})

test('what is taken back is as it was before', () => {
  const db = workspaceOf(11)
  storeMeeting(db, { ...readStoredMeeting(db, acme), settledAt: wednesday })
  const before = [findIn(db, 'first', wednesday + dayMs), readRoster(db)]
  handBack(db, wednesday + hourMs)
  takeBackHandedBack(db, readStoredMeeting(db, acme))
  expect([findIn(db, 'first', wednesday + dayMs), readRoster(db)]).toEqual(before)
})
