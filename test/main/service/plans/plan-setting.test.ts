import { expect, test } from 'vitest'
import { changePerson, storePerson } from '#service/db/people.ts'
import { storePlan } from '#service/db/plans.ts'
import { changeOverrides } from '#service/db/policy-overrides.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { readRoster } from '#service/db/workspace.ts'
import { readingOf, stepWords, wordsFor } from '#service/plans/plan-setting.ts'
import { planMachine } from '#test/support/plan-desk.ts'
import { aPlanDocument, monday } from '#test/support/plan-values.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { dayMs } from '#test/support/work-values.ts'

const both = aPlanDocument(
  [
    { id: 'a', state: 'accepted' },
    { id: 'b', accountId: 3, state: 'accepted' },
  ],
  { accountIds: [1, 3] },
)
const readHere = (db: WriteDb, document = both, version = '2025-04', podMemberIds: readonly number[] = []) => {
  storePlan(db, { document, author: 'here' }, 1)
  const now = monday - 20 * dayMs
  const setting = { roster: readRoster(db), policy: policyOf(version), now, podMemberIds, handoffs: () => [] }
  return readingOf(document, setting)
}

test('accounts take what is set for them, and what follows from the plan itself does not count against it', () => {
  const { db } = planMachine(12)
  expect(readHere(db).problems).toEqual([])
  const own = { value: 0.8, why: 'Large' }
  for (const id of [1, 3]) changeOverrides(db, id, { reductionPerAccount: own }, { id: 12, at: 1 })
  expect(readHere(db).problems).toMatchObject([
    { kind: 'too-many', words: expect.stringContaining('takes 160 % of their other work') as string },
  ])
})

test('the return is on the day on which the ASE is at work again', () => {
  const { db } = planMachine(12)
  const dueOn = () => readHere(db).checklist.find(({ id }) => id === 'meet')?.dueOn
  expect(dueOn()).toBe('2026-12-28')
  changePerson(db, 12, { daysOff: ['2026-12-28', '2026-12-29'] })
  expect(dueOn()).toBe('2026-12-30')
  changePerson(db, 12, { workingHours: [] })
  expect(dueOn()).toBe('2026-12-28')
})

test('the pod is asked where the policy has one and the ASE is of its region', () => {
  const { db } = planMachine(12)
  expect(readHere(db, both, '2026-08').pod).toBeNull()
  changePerson(db, 12, { region: 'AMER' })
  expect(readHere(db, both, '2026-08').pod).toMatchObject({ out: 1 })
  expect(readHere(db, both, '2026-08', [12, 13]).pod?.words).toMatch(/^Nobody else of the pod is out then/)
  expect(readHere(db).pod).toBeNull()
})

test('names are those known here, then those of the plan, then numbers', () => {
  const { db } = planMachine(12)
  const named = { ...both, names: { people: { '77': { name: 'Zoe', timeZone: 'UTC' } }, accounts: { '77': 'Zeta' } } }
  const words = wordsFor(named, readRoster(db))
  expect([11, 77, 78].map(words.personName)).toEqual(['Ines', 'Zoe', 'User 78'])
  expect([1, 77, 78].map(words.accountName)).toEqual(['Acme', 'Zeta', 'Organization 78'])
  expect(wordsFor({ ...named, aseId: 78 }, readRoster(db)).timeZone).toBe('UTC')
  storePerson(db, { id: 78, name: 'Yan', timeZone: 'Asia/Kolkata' }, 'UTC')
  expect(wordsFor({ ...named, aseId: 78 }, readRoster(db)).timeZone).toBe('Asia/Kolkata')
})

test('a step of other rules is named all the same', () => {
  expect(stepWords(policyOf('2025-04'))('close-issue')).toBe('Close the coverage issue.')
  expect(stepWords(policyOf('2025-04'))('dance')).toBe('The step “dance” of other rules')
})
