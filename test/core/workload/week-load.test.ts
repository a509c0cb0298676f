import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountsCoveredAt, accountsCoveredOn, canCover, shareLeft, weekLoad } from '#core/workload/week-load.ts'
import type { Coverage } from '#core/people/people.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

const policy = { reductionPerAccount: 0.25, source: 'handbook' }
const monday = Date.UTC(2026, 10, 16)
const days = [0, 1, 2, 3, 4].map((index) => ({
  weekday: index + 1,
  startsAt: monday + index * dayMs,
  endsAt: monday + (index + 1) * dayMs,
}))

function coverage(accountId: number, startsAt: number, endsAt: number): Coverage {
  return { id: `${accountId}/${startsAt}`, absenceId: 'away', accountId, coverId: 11, startsAt, endsAt }
}

const wholeWeek = (accountId: number) => coverage(accountId, monday - dayMs, monday + 9 * dayMs)

describe('rule 1', () => {
  test('takes a quarter for each account, added up and not compounded', () => {
    expect([0, 1, 2, 3, 4, 5, 9].map((accounts) => shareLeft(accounts, policy))).toEqual([1, 0.75, 0.5, 0.25, 0, 0, 0])
  })

  test('calls five accounts impossible and four the most there is', () => {
    expect([0, 4, 5, 9].map((accounts) => canCover(accounts, policy))).toEqual([true, true, false, false])
    const four = weekLoad(12, days, [1, 2, 3, 4].map(wholeWeek), policy)
    const five = weekLoad(12, days, [1, 2, 3, 4, 5].map(wholeWeek), policy)
    expect(four).toMatchObject({ allowed: 0, possible: true })
    expect(five).toMatchObject({ allowed: 0, possible: false })
    expect(five.steps).toEqual([{ days: 5, coveredAccounts: 5, share: 0, perDay: 0 }])
  })

  test('makes one impossible day an impossible week', () => {
    const fifth = coverage(5, monday + 2 * dayMs, monday + 2 * dayMs + hourMs)
    const load = weekLoad(12, days, [...[1, 2, 3, 4].map(wholeWeek), fifth], policy)
    expect(load.possible).toBe(false)
    expect(load.steps.map((step) => [step.days, step.coveredAccounts])).toEqual([
      [2, 4],
      [1, 5],
      [2, 4],
    ])
  })

  test('obeys the number of the policy and has none of its own', () => {
    const milder = { ...policy, reductionPerAccount: 0.1 }
    expect(weekLoad(10, days, [wholeWeek(1), wholeWeek(2)], milder).allowed).toBeCloseTo(8, 10)
    expect(canCover(10, milder)).toBe(true)
    expect(canCover(11, milder)).toBe(false)
  })
})

describe('a week', () => {
  test('without coverage leaves the baseline', () => {
    expect(weekLoad(12, days, [], policy)).toMatchObject({ allowed: 12, arithmetic: '12/week → 5 days at 2.4 = 12' })
  })

  test('in which a second account starts prints the sum of its days', () => {
    const accounts = [1, 2].map((id) => coverage(id, monday + 3 * dayMs, monday + 9 * dayMs))
    expect(weekLoad(12, days, accounts, policy)).toMatchObject({
      steps: [
        { days: 3, coveredAccounts: 0, share: 1, perDay: 2.4 },
        { days: 2, coveredAccounts: 2, share: 0.5, perDay: 1.2 },
      ],
      allowed: expect.closeTo(9.6, 10) as number,
      arithmetic: '12/week → 3 days at 2.4 + 2 days at 1.2 = 9.6',
    })
  })

  test('merges adjacent days of the same number, whichever accounts they are, and says day for one', () => {
    const first = coverage(1, monday, monday + dayMs)
    const second = coverage(2, monday + dayMs, monday + 2 * dayMs)
    const load = weekLoad(10, days, [first, second], policy)
    expect(load.steps.map((step) => step.days)).toEqual([2, 3])
    expect(weekLoad(10, days, [first], policy).arithmetic).toBe('10/week → 1 day at 1.5 + 4 days at 2 = 9.5')
  })

  test('comes out the same whatever the order of the coverages, and counts an account once however often it is covered', () => {
    const twice = [wholeWeek(1), coverage(1, monday, monday + 3 * dayMs), wholeWeek(2)]
    expect(weekLoad(12, days, twice, policy)).toEqual(weekLoad(12, days, twice.toReversed(), policy))
    expect(weekLoad(12, days, twice, policy).steps).toEqual([{ days: 5, coveredAccounts: 2, share: 0.5, perDay: 1.2 }])
  })

  test('counts a day that a coverage only touches, and not the day that begins when it ends', () => {
    const lastSecond = coverage(1, monday + dayMs - 1000, monday + dayMs)
    expect(weekLoad(10, days, [lastSecond], policy).steps.map((step) => step.coveredAccounts)).toEqual([1, 0])
    expect(accountsCoveredOn(days[1] ?? { startsAt: 0, endsAt: 0 }, [lastSecond])).toBe(0)
  })

  test('prints daily parts with as many decimals as the sum needs to add up', () => {
    expect(weekLoad(11.125, days, [wholeWeek(1)], policy).arithmetic).toBe('11.13/week → 5 days at 1.6688 = 8.34')
    expect(weekLoad(11.125, days, [], policy).arithmetic).toBe('11.13/week → 5 days at 2.225 = 11.13')
    expect(weekLoad(0, days, [], policy).arithmetic).toBe('0/week → 5 days at 0 = 0')
  })
})

test('at one instant the first moment of a coverage counts and its end does not', () => {
  const covered = [coverage(1, monday, monday + hourMs), coverage(2, monday + hourMs, monday + 2 * hourMs)]
  expect(
    [monday - 1, monday, monday + hourMs, monday + 2 * hourMs].map((at) => accountsCoveredAt(at, covered)),
  ).toEqual([0, 1, 1, 0])
})

describe('for any coverages at all', () => {
  /** Hours since two days before the week, so that coverages begin before it, inside it and after it. */
  const anyCoverage = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 220 }), fc.integer({ min: 1, max: 200 }))
    .map(([accountId, from, hours]) => {
      const startsAt = monday - 2 * dayMs + from * hourMs
      return coverage(accountId, startsAt, startsAt + hours * hourMs)
    })

  /** Looks at each hour of each day by itself and adds up with nothing but counting. */
  function slowly(baseline: number, coverages: readonly Coverage[]) {
    let allowed = 0
    let possible = true
    const counts: number[] = []
    for (const day of days) {
      const accounts = new Set<number>()
      for (let hour = day.startsAt; hour < day.endsAt; hour += hourMs) {
        for (const each of coverages) if (hour >= each.startsAt && hour < each.endsAt) accounts.add(each.accountId)
      }
      counts.push(accounts.size)
      if (accounts.size > 4) possible = false
      else allowed += (baseline / 5) * ([4, 3, 2, 1, 0][accounts.size] ?? 0) * 0.25
    }
    return { allowed, possible, counts }
  }

  test('the load is what looking at every hour gives, and the printed sum adds up', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: 0, max: 40 }),
          fc.integer({ min: 0, max: 320 }).map((taken) => taken / 8),
          fc.integer({ min: 0, max: 280 }).map((taken) => taken / 7),
          fc.double({ min: 0, max: 500, noNaN: true }),
        ),
        fc.array(anyCoverage, { maxLength: 8 }),
        (baseline, coverages) => {
          const load = weekLoad(baseline, days, coverages, policy)
          const slow = slowly(baseline, coverages)
          expect(load.allowed).toBeCloseTo(slow.allowed, 9)
          expect(load.possible).toBe(slow.possible)
          expect(load.steps.flatMap((step) => Array<number>(step.days).fill(step.coveredAccounts))).toEqual(slow.counts)
          for (const [index, step] of load.steps.entries()) {
            expect(step.coveredAccounts).not.toBe(load.steps[index + 1]?.coveredAccounts)
          }
          const [, total] = / = ([\d.]+)$/.exec(load.arithmetic) ?? []
          const parts = [...load.arithmetic.matchAll(/(\d) days? at ([\d.]+)/g)]
          const printed = parts.reduce((sum, [, count, perDay]) => sum + Number(count) * Number(perDay), 0)
          expect(parts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(5)
          expect(Math.abs(printed - Number(total))).toBeLessThan(0.00501)
          expect(Number(total)).toBeCloseTo(load.allowed, 1)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
