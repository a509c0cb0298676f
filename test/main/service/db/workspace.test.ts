import { blankCall } from '#core/calls/call-document.ts'
import { expect, test } from 'vitest'
import { answerRequest, markRemoved, putEntry, withNames } from '#core/coverage/change-plan.ts'
import { planOf } from '#core/coverage/plan-document.ts'
import { deleteCall, readCalls } from '#service/db/calls.ts'
import { readPlan, readPlans, storePlan } from '#service/db/plans.ts'
import { readRoster, storeOrganization, storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { readTicket, userNames } from '#service/db/read-tickets.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, aWorkspace, dayMs, wednesday } from '#test/support/work-values.ts'

test('who works here, for whom and when is read as it was stored, with me among them', () => {
  const db = memoryDatabase()
  const [ines, ...others] = aWorkspace().people
  const people = ines ? [{ ...ines, daysOff: ['2026-12-24', '2026-12-25'] }, ...others] : []
  const workspace = aWorkspace({ people })
  storeWorkspace(db, workspace)
  const { meId } = workspace
  const accounts = workspace.accounts.map((account) => ({ ...account, policyOverrides: {} }))
  const absences = workspace.absences.map((absence) => ({ ...absence, planId: null }))
  const coverages = workspace.coverages.map((coverage) => ({ ...coverage, planId: null, handedBackAt: null }))
  expect(readRoster(db)).toEqual({
    ...{ people, accounts, absences, coverages, plannedCoverages: coverages, me: workspace.people[0] },
    formerAccounts: [],
  })
  expect(readRoster(db).me?.id).toBe(meId)
})

test('storing another workspace replaces people, absences and coverages, and leaves tickets and org notes alone', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const fields = { org_region: 'EMEA', seats: 40 }
  storeOrganization(db, { id: 1, name: 'Acme Inc.', notes: 'Ask Anna.', tags: ['vip'], fields, updatedAt: wednesday })
  storeTicket(db, aSighting(), wednesday)
  storeWorkspace(db, aWorkspace({ meId: 12, coverages: [], absences: [] }))
  expect(readRoster(db)).toMatchObject({ me: { id: 12 }, coverages: [], absences: [] })
  expect(readTicket(db, 101)).toBeDefined()
  expect(db.prepare('SELECT org_note, org_fields FROM accounts WHERE id = 1').get()).toEqual({
    org_note: 'Ask Anna.',
    org_fields: JSON.stringify(fields),
  })
})

test('a workspace that contradicts itself changes nothing', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const before = readRoster(db)
  const [coverage] = before.coverages
  const unknownAccount = coverage ? [{ ...coverage, accountId: 99 }] : []
  expect(() => storeWorkspace(db, aWorkspace({ coverages: unknownAccount }))).toThrow('FOREIGN KEY')
  expect(readRoster(db)).toEqual(before)
})

test('nobody is me when the workspace names a stranger', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace({ meId: 999 }))
  expect(readRoster(db).me).toBeNull()
})

test('a user’s name and role follow the last page that told of them', () => {
  const db = memoryDatabase()
  storeUsers(db, [{ id: 1, name: 'Carla', role: null }])
  storeUsers(db, [
    { id: 1, name: 'Carla Meier', role: 'end-user' },
    { id: 2, name: 'Dan', role: 'agent' },
  ])
  expect(userNames(db, [2, 1])).toEqual(['Dan', 'Carla Meier'])
})

const planned = {
  id: 'anna-next',
  aseId: 12,
  startsAt: wednesday + 20 * dayMs,
  endsAt: wednesday + 30 * dayMs,
  accountIds: [1],
  plannedAt: wednesday - dayMs,
  entries: [
    {
      id: 'first',
      accountId: 1,
      coverId: 11,
      startsAt: wednesday + 20 * dayMs,
      endsAt: wednesday + 25 * dayMs,
      state: 'accepted' as const,
      at: wednesday,
    },
    {
      id: 'second',
      accountId: 1,
      coverId: 11,
      startsAt: wednesday + 25 * dayMs,
      endsAt: wednesday + 30 * dayMs,
      state: 'asked' as const,
      at: wednesday,
    },
  ],
}
const shift = { id: 'shift', personId: 11, title: 'CEOC', startsAt: wednesday, endsAt: wednesday + dayMs }

test('an absence that is being arranged is a plan, with the coverage that was accepted of it', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace({ plans: [planned] }))
  expect(readRoster(db).absences).toMatchObject([{ id: 'anna-away' }, { personId: 12, planId: 'anna-next' }])
  expect(readRoster(db).coverages).toMatchObject([
    { id: 'acme-by-ines', planId: null },
    { planId: 'anna-next', accountId: 1, coverId: 11, startsAt: planned.startsAt, endsAt: wednesday + 25 * dayMs },
  ])
})

test('stored again, it changes nothing that a person did to plans and shifts, or entered by hand', () => {
  const db = memoryDatabase()
  const workspace = aWorkspace({ plans: [planned], shifts: [shift] })
  storeWorkspace(db, workspace)
  const stored = readPlan(db, 'anna-next')
  if (!stored) throw new Error('The plan is not there.')
  const writing = { author: stored.author, by: 'Ines', at: wednesday + 1 }
  const yes = { state: 'accepted' as const, part: null, words: 'Gladly.' }
  storePlan(db, { ...stored, document: answerRequest(stored.document, 'second', yes, writing) }, wednesday + 1)
  db.prepare("UPDATE shifts SET replacement = 'Ben', replacement_at = 5").run()
  db.prepare("INSERT INTO absences (id, person_id, starts_at, ends_at, origin) VALUES ('mine', 11, 1, 2, 'hand')").run()
  const [before, plans] = [readRoster(db), readPlans(db)]

  storeWorkspace(db, { ...workspace, shifts: [{ ...shift, title: 'Emergencies' }] })
  expect(readRoster(db)).toEqual(before)
  expect(readPlans(db)).toEqual(plans)
  expect(before.coverages).toHaveLength(3)
  expect(db.prepare('SELECT title, replacement FROM shifts').all()).toEqual([
    { title: 'Emergencies', replacement: 'Ben' },
  ])
  storeWorkspace(db, { ...workspace, shifts: [] })
  expect(db.prepare('SELECT * FROM shifts').all()).toEqual([])
})

test('a plan that a person took away does not come back', () => {
  const db = memoryDatabase()
  const workspace = aWorkspace({ plans: [planned] })
  storeWorkspace(db, workspace)
  const stored = readPlan(db, 'anna-next')
  if (!stored) throw new Error('The plan is not there.')
  const writing = { author: stored.author, by: 'Ines', at: wednesday + 1 }
  storePlan(db, { ...stored, document: markRemoved(stored.document, true, writing) }, wednesday + 1)
  storeWorkspace(db, workspace)
  expect(planOf(readPlan(db, 'anna-next')?.document ?? stored.document).removedAt).toBe(wednesday + 1)
  expect(readRoster(db).absences).toHaveLength(1)
})

test('calls are taken in once: those that a person took away do not come back', () => {
  const db = memoryDatabase()
  const document = { ...blankCall({ about: 'other', day: '2026-11-18', tickets: [] }), purpose: 'Cadence' }
  const call = { accountId: 1, createdAt: wednesday, updatedAt: wednesday, became: 'Copied', document }
  const workspace = aWorkspace({
    calls: [
      { ...call, id: 'begun', filedAt: null },
      { ...call, id: 'filed', filedAt: wednesday },
    ],
  })
  storeWorkspace(db, workspace)
  expect(readCalls(db, 1)).toMatchObject([
    { id: 'begun', filed: null, document },
    { id: 'filed', filed: { at: wednesday, parts: [{ words: 'Copied', intent: null }] } },
  ])
  deleteCall(db, 'begun')
  storeWorkspace(db, workspace)
  expect(readCalls(db, null).map(({ id }) => id)).toEqual(['filed'])
})

test('somebody who is known from a plan alone stays known', () => {
  const db = memoryDatabase()
  const workspace = aWorkspace({ plans: [planned] })
  storeWorkspace(db, workspace)
  const stored = readPlan(db, 'anna-next')
  if (!stored) throw new Error('The plan is not there.')
  const writing = { author: stored.author, by: 'Ines', at: wednesday + 1 }
  const carla = { people: { 77: { name: 'Carla', timeZone: 'Europe/Rome' } }, accounts: {} }
  const document = putEntry(
    withNames(stored.document, carla),
    { id: 'third', accountId: 1, coverId: 77, startsAt: planned.startsAt, endsAt: planned.endsAt },
    writing,
  )
  storePlan(db, { ...stored, document }, wednesday + 1)
  const before = readRoster(db)
  expect(before.people).toContainEqual(expect.objectContaining({ id: 77, name: 'Carla' }))
  storeWorkspace(db, workspace)
  expect(readRoster(db)).toEqual(before)
})
