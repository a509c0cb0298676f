import { expect, test } from 'vitest'
import { answerRequest, changePlan, markRemoved, putEntry, withNames } from '#core/coverage/change-plan.ts'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { insertAccount } from '#service/db/accounts.ts'
import {
  absenceIdOf,
  coverageIdOf,
  derivePlans,
  plansInIssues,
  readPlan,
  readPlans,
  storePlan,
} from '#service/db/plans.ts'
import { findSharedIssue, readSharedIssue, writeSharedIssue, type SharedIssue } from '#service/db/document-issues.ts'
import { readChangeableIssue } from '#service/db/work-targets.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { anna, aPlanDocument, ines, monday, termsWith } from '#test/support/plan-values.ts'
import { aWorkspace, dayMs } from '#test/support/work-values.ts'

const store = (db: WriteDb, document: PlanDocument) => storePlan(db, { document, author: 'here' }, 1)
const bare = () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace({ absences: [], coverages: [] }))
  return db
}
const derived = (db: WriteDb) => {
  const { absences, coverages } = readRoster(db)
  return { absences: absences.map(({ id }) => id), coverages: coverages.map(({ id }) => id) }
}
const nothing = { absences: [], coverages: [] }

test('a plan is read as it was stored, under the name it was first stored with', () => {
  const db = bare()
  const document = aPlanDocument([{ id: 'a', state: 'accepted' }])
  store(db, document)
  expect(readPlan(db, 'p1')).toEqual({ document, author: 'here' })
  storePlan(db, { document, author: 'other' }, 2)
  expect(readPlans(db)).toEqual([{ document, author: 'here' }])
  expect(readPlan(db, 'p2')).toBeUndefined()
})

test('its absence holds at once, its coverages from when they are accepted and not before', () => {
  const db = bare()
  for (const state of ['draft', 'asked', 'declined'] as const) {
    store(db, aPlanDocument([{ id: 'a', state }]))
    expect(derived(db)).toEqual({ absences: ['plan:p1'], coverages: [] })
  }
  const accepted = aPlanDocument([{ id: 'a', state: 'accepted' }])
  store(db, accepted)
  expect(readRoster(db)).toMatchObject({
    absences: [{ id: absenceIdOf('p1'), personId: 12, startsAt: monday, endsAt: monday + 7 * dayMs }],
    coverages: [
      {
        id: coverageIdOf('p1', 'a'),
        absenceId: absenceIdOf('p1'),
        accountId: 1,
        coverId: 11,
        startsAt: monday,
        endsAt: monday + 7 * dayMs,
      },
    ],
  })
  store(db, putEntry(accepted, termsWith({ id: 'a', to: 6 }), anna))
  expect(derived(db).coverages).toEqual([])
})

test('what was accepted stays as far as it lies inside the absence and its accounts', () => {
  const db = bare()
  const accepted = aPlanDocument([{ id: 'a', state: 'accepted' }])
  store(db, changePlan(accepted, { startsAt: monday + dayMs, endsAt: monday + 3 * dayMs }, anna))
  expect(readRoster(db).coverages).toMatchObject([{ startsAt: monday + dayMs, endsAt: monday + 3 * dayMs }])
  store(db, changePlan(accepted, { startsAt: monday + 8 * dayMs, endsAt: monday + 9 * dayMs }, anna))
  expect(derived(db)).toEqual({ absences: ['plan:p1'], coverages: [] })
  store(db, changePlan(accepted, { accountIds: [2] }, anna))
  expect(derived(db).coverages).toEqual([])
})

test('with the plan goes what followed from it, and it comes back with it', () => {
  const db = bare()
  const accepted = aPlanDocument([{ id: 'a', state: 'accepted' }])
  store(db, accepted)
  store(db, markRemoved(accepted, true, anna))
  expect(derived(db)).toEqual(nothing)
  expect(db.prepare('SELECT removed_at FROM plans').pluck().get()).toBe(anna.at)
  store(db, markRemoved(markRemoved(accepted, true, anna), false, anna))
  expect(derived(db)).toEqual({ absences: ['plan:p1'], coverages: ['plan:p1:a'] })
})

test('an absence whose ends were moved past each other is none', () => {
  const db = bare()
  store(db, aPlanDocument([{ id: 'a', state: 'accepted' }]))
  store(db, aPlanDocument([{ id: 'a', state: 'accepted' }], { days: -1 }))
  expect(derived(db)).toEqual(nothing)
})

test('an account that is followed later is covered from then on', () => {
  const db = bare()
  const entries = [{ id: 'a', accountId: 9, state: 'accepted' as const }]
  store(db, aPlanDocument(entries, { accountIds: [9] }))
  expect(derived(db).coverages).toEqual([])
  insertAccount(db, { id: 9, name: 'Nine' })
  derivePlans(db)
  expect(derived(db).coverages).toEqual(['plan:p1:a'])
})

test('whom a plan names and nobody knows becomes known, and who is known stays as they are', () => {
  const db = bare()
  const names = {
    people: { '12': { name: 'Anna Else', timeZone: 'UTC' }, '99': { name: 'Zoe', timeZone: 'Asia/Kolkata' } },
    accounts: {},
  }
  store(
    db,
    withNames(
      aPlanDocument([
        { id: 'a', coverId: 99, state: 'asked' },
        { id: 'b', coverId: 98 },
      ]),
      names,
    ),
  )
  const { people } = readRoster(db)
  expect(people.map(({ id, name, timeZone }) => [id, name, timeZone])).toEqual([
    [11, 'Ines', 'Europe/Berlin'],
    [12, 'Anna', 'Europe/Berlin'],
    [13, 'Ben', 'America/New_York'],
    [99, 'Zoe', 'Asia/Kolkata'],
  ])
  expect(people.at(-1)?.workingHours).not.toEqual([])
})

test('storing a workspace again leaves plans and what follows from them', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  store(db, answerRequest(aPlanDocument([{ id: 'a' }]), 'a', { state: 'accepted', part: null, words: null }, ines))
  storeWorkspace(db, aWorkspace())
  expect(derived(db)).toEqual({ absences: ['anna-away', 'plan:p1'], coverages: ['acme-by-ines', 'plan:p1:a'] })
  storeWorkspace(db, aWorkspace({ absences: [], coverages: [] }))
  expect(derived(db)).toEqual({ absences: ['plan:p1'], coverages: ['plan:p1:a'] })
})

test('a plan that cannot be stored whole leaves everything as it was', () => {
  const db = bare()
  store(db, aPlanDocument([{ id: 'a', state: 'accepted' }]))
  const before = [readPlans(db), readRoster(db)]
  db.exec("CREATE TRIGGER full BEFORE INSERT ON coverages BEGIN SELECT RAISE(ABORT, 'full'); END")
  expect(() => store(db, aPlanDocument([{ id: 'a', to: 3, state: 'accepted' }]))).toThrow('full')
  expect([readPlans(db), readRoster(db)]).toEqual(before)
})

test('a plan keeps the issue it is in, which can be changed though no account lists it', () => {
  const db = bare()
  const document = aPlanDocument()
  const issue: SharedIssue<PlanDocument> = {
    ...{
      projectId: 9,
      iid: 4,
      reference: 'support/plans#4',
      url: 'https://gitlab.example.com/support/plans/-/issues/4',
    },
    ...{ state: 'opened', title: 'Coverage', description: 'The plan', labels: [], confidential: true },
    ...{ readAt: 5, updatedAt: 3, document, problem: null, takenIn: null, orderId: 0 },
  }
  store(db, document)
  expect([readSharedIssue(db, 'plans', 'p1'), readSharedIssue(db, 'plans', 'p2'), plansInIssues(db, 0)]).toEqual([
    null,
    null,
    [],
  ])
  storePlan(db, { document, author: 'here' }, 1, issue)
  store(db, document)
  expect(readSharedIssue(db, 'plans', 'p1')).toEqual(issue)
  writeSharedIssue(db, 'plans', 'p1', { ...issue, state: 'closed' })
  expect(findSharedIssue(db, 9, 4)?.state).toBe('closed')
  expect([findSharedIssue(db, 9, 5), findSharedIssue(db, 8, 4)]).toEqual([undefined, undefined])
  expect(readChangeableIssue(db, 9, 4)).toMatchObject({
    accountId: null,
    fate: null,
    description: 'The plan',
    fetchedAt: 5,
  })
  const end = monday + 7 * dayMs
  expect([plansInIssues(db, end - 1).map(({ id }) => id), plansInIssues(db, end)]).toEqual([['p1'], []])
  store(db, markRemoved(document, true, anna))
  expect(plansInIssues(db, 0)).toEqual([])
})
