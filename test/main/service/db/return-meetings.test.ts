import { expect, test } from 'vitest'
import {
  addDecision,
  countDecisions,
  readDecisions,
  readMeetings,
  readStoredMeeting,
  removeLastDecision,
  storeHandedBack,
  storeMeeting,
  takeBackHandedBack,
  type StoredDecision,
} from '#service/db/return-meetings.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aWorkspace, dayMs, wednesday } from '#test/support/work-values.ts'

const acme = { id: 'away--1', accountId: 1 }

function aDecision(key: string, note: string): StoredDecision {
  return {
    ...{ key, state: 'then', byId: 11, at: wednesday },
    row: { kind: 'new', ticketId: 5, subject: 'Slow', words: 'Opened', dueOn: '' },
    decision: { kind: 'know', note, owner: '', dueOn: '' },
  }
}

function stored() {
  const db = memoryDatabase()
  storeMeeting(db, readStoredMeeting(db, acme))
  return db
}

test('a meeting of which nothing is stored is a blank one, and stored again it is as it was', () => {
  const db = memoryDatabase()
  const blank = readStoredMeeting(db, acme)
  expect(blank).toMatchObject({ ...acme, startedAt: null, settledAt: null, handedBackAt: null, missing: '' })
  expect(readMeetings(db)).toEqual([])
  const meeting = {
    ...{ ...blank, startedAt: 1, atKey: 'ticket:5/new', settledAt: 2, handedBackAt: 3, scheduledAt: 4, callId: 'call' },
    ...{ helped: 'partly' as const, missing: 'Whom to ask' },
  }
  storeMeeting(db, meeting)
  expect(readStoredMeeting(db, acme)).toEqual(meeting)
  storeMeeting(db, blank)
  expect(readMeetings(db)).toEqual([blank])
})

test('of each row the last decision holds, and what is taken back leaves the one before', () => {
  const db = stored()
  const [first, second, again] = [aDecision('a', '1'), aDecision('b', '2'), aDecision('a', '3')]
  for (const decision of [first, second, again]) addDecision(db, acme.id, decision)
  expect(readDecisions(db, acme.id)).toEqual([second, again])
  expect(countDecisions(db)).toEqual(new Map([[acme.id, 2]]))
  expect(removeLastDecision(db, acme.id)).toBe('a')
  expect(readDecisions(db, acme.id)).toEqual([first, second])
  expect([removeLastDecision(db, acme.id), removeLastDecision(db, acme.id)]).toEqual(['b', 'a'])
  expect(removeLastDecision(db, acme.id)).toBeNull()
  expect(readDecisions(db, acme.id)).toEqual([])
})

test('decisions are kept by the meeting', () => {
  const db = stored()
  const other = { id: 'away--2', accountId: 2 }
  storeMeeting(db, readStoredMeeting(db, other))
  addDecision(db, acme.id, aDecision('a', '1'))
  addDecision(db, other.id, aDecision('a', '2'))
  expect(removeLastDecision(db, acme.id)).toBe('a')
  expect(readDecisions(db, acme.id)).toEqual([])
  expect(readDecisions(db, other.id)).toMatchObject([{ decision: { note: '2' } }])
})

test('a coverage that was handed back ends then, one that was to come does not come, and both are as planned when that is taken back', () => {
  const db = memoryDatabase()
  const part = (id: string, from: number, to: number) => ({
    ...{ id, absenceId: 'anna-away', accountId: 1, coverId: 11 },
    ...{ startsAt: wednesday + from * dayMs, endsAt: wednesday + to * dayMs },
  })
  storeWorkspace(db, aWorkspace({ coverages: [part('over', -2, -1), part('running', -1, 1), part('later', 1, 2)] }))
  const before = readRoster(db)
  storeHandedBack(db, readStoredMeeting(db, acme), before.coverages, wednesday)
  const after = readRoster(db)
  expect(after.coverages).toMatchObject([
    { id: 'over', endsAt: wednesday - dayMs, handedBackAt: wednesday },
    { id: 'running', endsAt: wednesday, handedBackAt: wednesday },
  ])
  expect(after.plannedCoverages.map(({ id, endsAt }) => [id, endsAt])).toEqual(
    before.plannedCoverages.map(({ id, endsAt }) => [id, endsAt]),
  )
  expect(readStoredMeeting(db, acme).handedBackAt).toBe(wednesday)
  takeBackHandedBack(db, readStoredMeeting(db, acme))
  expect(readRoster(db)).toEqual(before)
  expect(readStoredMeeting(db, acme).handedBackAt).toBeNull()
})
