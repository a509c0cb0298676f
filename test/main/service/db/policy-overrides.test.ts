import { expect, test } from 'vitest'
import { changeOverrides } from '#service/db/policy-overrides.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aWorkspace, wednesday } from '#test/support/work-values.ts'

const reduction = { value: 0.5, why: 'Two time zones' }
const note = { value: 'org-note', why: 'Their org note says so' } as const
const by = { id: 11, at: wednesday }

function setUp() {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  return {
    db,
    change: (changes: Parameters<typeof changeOverrides>[2], whom = by) => changeOverrides(db, 1, changes, whom),
    overrides: () => readRoster(db).accounts.map((account) => account.policyOverrides),
  }
}

test('an account has the values it was given, with who said so and when, and no other account has', () => {
  const { change, overrides } = setUp()
  change({ reductionPerAccount: reduction })
  expect(overrides()).toEqual([{ reductionPerAccount: { ...reduction, byId: 11, setAt: wednesday } }, {}, {}])
})

test('what is left out stays as it was, what is null goes back to the policy’s', () => {
  const { change, overrides } = setUp()
  change({ reductionPerAccount: reduction, notAssignedToAse: note })
  change({ notAssignedToAse: { ...note, value: 'like-assigned' }, reductionPerAccount: undefined }, { id: 12, at: 5 })
  expect(overrides()[0]).toEqual({
    reductionPerAccount: { ...reduction, byId: 11, setAt: wednesday },
    notAssignedToAse: { ...note, value: 'like-assigned', byId: 12, setAt: 5 },
  })
  change({ reductionPerAccount: null })
  expect(Object.keys(overrides()[0] ?? {})).toEqual(['notAssignedToAse'])
  change({})
  change({ notAssignedToAse: null })
  expect(overrides()[0]).toEqual({})
})

test('they outlive the next description of who works here', () => {
  const { db, change, overrides } = setUp()
  change({ reductionPerAccount: reduction })
  storeWorkspace(db, aWorkspace())
  expect(overrides()[0]).toHaveProperty('reductionPerAccount.value', 0.5)
})
