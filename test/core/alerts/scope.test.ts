import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concernAt, myConcerns, type ConcernFacts } from '#core/alerts/scope.ts'

const me = 1
const account = (id: number, aseId: number | null) => ({ id, name: `A${id}`, aseId, aseSince: null })
const nothing: ConcernFacts = { meId: me, accounts: [], absences: [], coverages: [] }
const coverage = (id: string, accountId: number, coverId: number, startsAt: number, endsAt: number) => ({
  id,
  absenceId: 'a',
  accountId,
  coverId,
  startsAt,
  endsAt,
})

test('an account concerns its cover from the first instant of the coverage, and from its last on no more', () => {
  const concerns = myConcerns({ ...nothing, accounts: [account(7, 2)], coverages: [coverage('c', 7, me, 100, 200)] })
  expect([99, 100, 199, 200].map((at) => concernAt(concerns, 7, at)?.as ?? null)).toEqual([
    null,
    'cover',
    'cover',
    null,
  ])
})

test('of coverages that adjoin, the window goes on to the last one’s end', () => {
  const coverages = [coverage('a', 7, me, 100, 200), coverage('b', 7, me, 200, 300), coverage('c', 7, me, 400, 500)]
  expect(myConcerns({ ...nothing, coverages })).toEqual([
    { accountId: 7, as: 'cover', startsAt: 100, endsAt: 300, coverageIds: ['a', 'b'] },
    { accountId: 7, as: 'cover', startsAt: 400, endsAt: 500, coverageIds: ['c'] },
  ])
})

test('my own account concerns me, also while I am away and nobody covers it', () => {
  const concerns = myConcerns({
    ...nothing,
    accounts: [account(7, me)],
    absences: [{ id: 'x', personId: me, startsAt: 100, endsAt: 200 }],
    coverages: [coverage('c', 7, 2, 120, 150), coverage('later', 7, 2, 300, 400)],
  })
  expect([50, 110, 120, 149, 150, 350].map((at) => concernAt(concerns, 7, at)?.as ?? null)).toEqual([
    'ase',
    'ase',
    null,
    null,
    'ase',
    'ase',
  ])
})

test('accounts of others do not concern me', () => {
  const facts = { ...nothing, accounts: [account(7, 2), account(8, null)], coverages: [coverage('c', 7, 3, 0, 100)] }
  expect(myConcerns(facts)).toEqual([])
})

const small = fc.integer({ min: 0, max: 30 })
const anyWindow = fc.tuple(small, fc.integer({ min: 1, max: 12 })).map(([startsAt, length]) => ({
  startsAt,
  endsAt: startsAt + length,
}))

test('at every instant it is as the rule says, reckoned anew', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ id: fc.integer({ min: 1, max: 3 }), aseId: fc.integer({ min: 1, max: 2 }) }), {
        maxLength: 3,
      }),
      fc.array(fc.record({ personId: fc.integer({ min: 1, max: 2 }), window: anyWindow }), { maxLength: 3 }),
      fc.array(
        fc.record({
          accountId: fc.integer({ min: 1, max: 3 }),
          coverId: fc.integer({ min: 1, max: 3 }),
          window: anyWindow,
        }),
        { maxLength: 5 },
      ),
      (asked, away, covers) => {
        const accounts = [...new Map(asked.map((one) => [one.id, account(one.id, one.aseId)])).values()]
        const absences = away.map(({ personId, window }, index) => ({ id: `a${index}`, personId, ...window }))
        const coverages = covers.map(({ accountId, coverId, window }, index) =>
          coverage(`c${index}`, accountId, coverId, window.startsAt, window.endsAt),
        )
        const concerns = myConcerns({ meId: me, accounts, absences, coverages })
        const runs = (window: { startsAt: number; endsAt: number }, at: number) =>
          window.startsAt <= at && at < window.endsAt
        for (let at = 0; at < 45; at += 1) {
          for (const id of [1, 2, 3]) {
            const running = coverages.filter((one) => one.accountId === id && runs(one, at))
            const isAway = absences.some((absence) => absence.personId === me && runs(absence, at))
            const mine = running.some((one) => one.coverId === me)
            const own = accounts.some((one) => one.id === id && one.aseId === me)
            const silent = isAway && running.some((one) => one.coverId !== me)
            const expected = mine ? 'cover' : own && !silent ? 'ase' : null
            expect(concernAt(concerns, id, at)?.as ?? null).toBe(expected)
          }
        }
      },
    ),
  )
})
