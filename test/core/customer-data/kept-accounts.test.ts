import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLetGo, keptAccounts, type DataRemoval, type KeepingFacts } from '#core/customer-data/kept-accounts.ts'

const dayMs = 86_400_000
const me = 11
const acme = { id: 1, name: 'Acme', aseId: 12 }

/** I covered Acme until day 10, and its data stays 14 days. */
function facts(parts: Partial<KeepingFacts> = {}): KeepingFacts {
  return {
    meId: me,
    accounts: [acme, { id: 2, name: 'Borealis', aseId: me }, { id: 3, name: 'Cormorant', aseId: null }],
    coverages: [{ accountId: 1, startsAt: 0, endsAt: 10 * dayMs }],
    removals: [],
    removeAfterDays: 14,
    now: 12 * dayMs,
    ...parts,
  }
}

const removal = (parts: Partial<DataRemoval> = {}): DataRemoval => ({
  ...{ accountId: 1, keepUntil: null, removedAt: null, followed: false },
  ...parts,
})

describe('which accounts are kept, and until when', () => {
  test('one that I covered, for as many days as the policy says from the end of the last coverage', () => {
    const coverages = [
      { accountId: 1, startsAt: 0, endsAt: 10 * dayMs },
      { accountId: 1, startsAt: 2 * dayMs, endsAt: 4 * dayMs },
    ]
    const kept = [{ account: acme, endedAt: 10 * dayMs, dueAt: 24 * dayMs }]
    expect(keptAccounts(facts({ coverages }))).toEqual(kept)
    expect(keptAccounts(facts({ coverages, removeAfterDays: 2 }))[0]?.dueAt).toBe(12 * dayMs)
  })

  test('longer where somebody asked for it, never shorter', () => {
    expect(keptAccounts(facts({ removals: [removal({ keepUntil: 40 * dayMs })] }))[0]?.dueAt).toBe(40 * dayMs)
    expect(keptAccounts(facts({ removals: [removal({ keepUntil: 20 * dayMs })] }))[0]?.dueAt).toBe(24 * dayMs)
  })

  test('none that I cover, will cover, am the ASE of, or never covered', () => {
    const again = { accountId: 1, startsAt: 30 * dayMs, endsAt: 31 * dayMs }
    const running = { accountId: 1, startsAt: 11 * dayMs, endsAt: 13 * dayMs }
    for (const coverage of [again, running]) {
      expect(keptAccounts(facts({ coverages: [...facts().coverages, coverage] }))).toEqual([])
    }
    expect(keptAccounts(facts({ accounts: [{ ...acme, aseId: me }] }))).toEqual([])
    expect(keptAccounts(facts({ coverages: [] }))).toEqual([])
    expect(keptAccounts(facts({ meId: null }))).toEqual([])
  })

  test('the first due foremost', () => {
    const coverages = [...facts().coverages, { accountId: 3, startsAt: 0, endsAt: 9 * dayMs }]
    expect(keptAccounts(facts({ coverages })).map(({ account }) => account.name)).toEqual(['Cormorant', 'Acme'])
  })

  test('once removed, not again for the same coverage, but for a later one', () => {
    const removals = [removal({ removedAt: 25 * dayMs })]
    expect(keptAccounts(facts({ removals, now: 26 * dayMs }))).toEqual([])
    const coverages = [...facts().coverages, { accountId: 1, startsAt: 30 * dayMs, endsAt: 40 * dayMs }]
    expect(keptAccounts(facts({ removals, coverages, now: 41 * dayMs }))[0]?.dueAt).toBe(54 * dayMs)
  })
})

describe('what is let go', () => {
  const goneSince25 = [removal({ removedAt: 25 * dayMs })]

  test('is read anew once I cover it again, follow it again, or am its ASE', () => {
    expect(isLetGo(acme, facts())).toBe(false)
    expect(isLetGo(acme, facts({ removals: goneSince25 }))).toBe(true)
    const coverages = [...facts().coverages, { accountId: 1, startsAt: 90 * dayMs, endsAt: 91 * dayMs }]
    expect(isLetGo(acme, facts({ removals: goneSince25, coverages }))).toBe(false)
    expect(isLetGo(acme, facts({ removals: [removal({ removedAt: 25 * dayMs, followed: true })] }))).toBe(false)
    expect(isLetGo({ ...acme, aseId: me }, facts({ removals: goneSince25 }))).toBe(false)
  })

  test('is never kept at the same time, and what was covered is one of kept, mine, covered and let go', () => {
    const instant = fc.integer({ min: 0, max: 60 }).map((day) => day * dayMs)
    const window = fc.tuple(instant, instant).map(([a, b]) => ({
      ...{ accountId: 1, startsAt: Math.min(a, b), endsAt: Math.max(a, b) + dayMs },
    }))
    const some = fc.record({
      coverages: fc.array(window, { minLength: 1, maxLength: 4 }),
      removedAt: fc.option(instant),
      followed: fc.boolean(),
      now: instant,
      aseId: fc.constantFrom(me, 12, null),
    })
    fc.assert(
      fc.property(some, ({ coverages, removedAt, followed, now, aseId }) => {
        fc.pre(removedAt === null || removedAt <= now)
        const account = { ...acme, aseId }
        const all = facts({ accounts: [account], coverages, now, removals: [removal({ removedAt, followed })] })
        const states = {
          kept: keptAccounts(all).length === 1,
          letGo: isLetGo(account, all),
          mine: aseId === me,
          covered: coverages.some(({ endsAt }) => endsAt > now),
          chosen: followed && removedAt !== null,
        }
        expect(states.kept && (states.letGo || states.mine || states.covered)).toBe(false)
        expect(Object.values(states)).toContain(true)
      }),
    )
  })
})
