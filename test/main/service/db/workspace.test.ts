import { expect, test } from 'vitest'
import { readRoster, storeOrganization, storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { readTicket, userNames } from '#service/db/read-tickets.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, aWorkspace, wednesday } from '#test/support/work-values.ts'

test('who works here, for whom and when is read as it was stored, with me among them', () => {
  const db = memoryDatabase()
  const [ines, ...others] = aWorkspace().people
  const people = ines ? [{ ...ines, daysOff: ['2026-12-24', '2026-12-25'] }, ...others] : []
  const workspace = aWorkspace({ people })
  storeWorkspace(db, workspace)
  const { meId, ...rest } = workspace
  const accounts = workspace.accounts.map((account) => ({ ...account, policyOverrides: {} }))
  expect(readRoster(db)).toEqual({ ...rest, accounts, me: workspace.people[0] })
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
