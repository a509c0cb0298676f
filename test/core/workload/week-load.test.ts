import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canCover,
  coveredOn,
  dayLoad,
  mostAccounts,
  shareLeft,
  weekLoad,
  type WorkingDay,
} from '#core/workload/week-load.ts'
import type { Coverage } from '#core/people/people.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

const quarter = () => 0.25
/** As many accounts, each with the same reduction. */
const times = (accounts: number, reduction: number) => Array<number>(accounts).fill(reduction)
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
    expect([0, 1, 2, 3, 4, 5, 9].map((accounts) => shareLeft(times(accounts, 0.25)))).toEqual([
      1, 0.75, 0.5, 0.25, 0, 0, 0,
    ])
  })

  test('calls five accounts impossible and four the most there is', () => {
    expect([0, 4, 5, 9].map((accounts) => canCover(times(accounts, 0.25)))).toEqual([true, true, false, false])
    expect(mostAccounts({ reductionPerAccount: 0.25, source: 'handbook' })).toBe(4)
    const four = weekLoad(12, days, [1, 2, 3, 4].map(wholeWeek), quarter)
    const five = weekLoad(12, days, [1, 2, 3, 4, 5].map(wholeWeek), quarter)
    expect(four).toMatchObject({ allowed: 0, possible: true })
    expect(five).toMatchObject({ allowed: 0, possible: false })
    expect(five.steps).toEqual([{ days: 5, coveredAccounts: 5, share: 0, perDay: 0 }])
  })

  test('makes one impossible day an impossible week', () => {
    const fifth = coverage(5, monday + 2 * dayMs, monday + 2 * dayMs + hourMs)
    const load = weekLoad(12, days, [...[1, 2, 3, 4].map(wholeWeek), fifth], quarter)
    expect(load.possible).toBe(false)
    expect(load.steps.map((step) => [step.days, step.coveredAccounts])).toEqual([
      [2, 4],
      [1, 5],
      [2, 4],
    ])
  })

  test('obeys the number of the policy and has none of its own', () => {
    expect(weekLoad(10, days, [wholeWeek(1), wholeWeek(2)], () => 0.1).allowed).toBeCloseTo(8, 10)
    expect(canCover(times(10, 0.1))).toBe(true)
    expect(canCover(times(11, 0.1))).toBe(false)
  })

  test('knows how many accounts fit, also where the number divides nothing exactly or takes nothing', () => {
    const most = (reductionPerAccount: number) => mostAccounts({ reductionPerAccount, source: 'handbook' })
    expect([1, 0.5, 1 / 3, 0.3, 0.2, 0.1, 0.05, 0].map(most)).toEqual([1, 2, 3, 3, 5, 10, 20, Infinity])
    for (const reduction of [1, 0.5, 1 / 3, 0.3, 0.2, 0.1, 0.05, 1 / 93]) {
      expect(canCover(times(most(reduction), reduction))).toBe(true)
      expect(canCover(times(most(reduction) + 1, reduction))).toBe(false)
    }
  })

  test('takes what each account is said to take, and parts days on which as many accounts take something else', () => {
    const half = (accountId: number) => (accountId === 2 ? 0.5 : 0.25)
    const first = coverage(1, monday, monday + 2 * dayMs)
    const second = coverage(2, monday + 2 * dayMs, monday + 5 * dayMs)
    expect(weekLoad(10, days, [first, second], half)).toMatchObject({
      steps: [
        { days: 2, coveredAccounts: 1, share: 0.75, perDay: 1.5 },
        { days: 3, coveredAccounts: 1, share: 0.5, perDay: 1 },
      ],
      allowed: 6,
      arithmetic: '10/week → 2 days at 1.5 + 3 days at 1 = 6',
    })
    expect(weekLoad(10, days, [1, 2, 3].map(wholeWeek), half)).toMatchObject({ allowed: 0, possible: true })
    expect(weekLoad(10, days, [1, 2, 3, 4].map(wholeWeek), half)).toMatchObject({ allowed: 0, possible: false })
  })
})

describe('a week', () => {
  test('without coverage leaves the baseline', () => {
    expect(weekLoad(12, days, [], quarter)).toMatchObject({ allowed: 12, arithmetic: '12/week → 5 days at 2.4 = 12' })
  })

  test('in which a second account starts prints the sum of its days', () => {
    const accounts = [1, 2].map((id) => coverage(id, monday + 3 * dayMs, monday + 9 * dayMs))
    expect(weekLoad(12, days, accounts, quarter)).toMatchObject({
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
    const load = weekLoad(10, days, [first, second], quarter)
    expect(load.steps.map((step) => step.days)).toEqual([2, 3])
    expect(weekLoad(10, days, [first], quarter).arithmetic).toBe('10/week → 1 day at 1.5 + 4 days at 2 = 9.5')
  })

  test('comes out the same whatever the order of the coverages, and counts an account once however often it is covered', () => {
    const twice = [wholeWeek(1), coverage(1, monday, monday + 3 * dayMs), wholeWeek(2)]
    expect(weekLoad(12, days, twice, quarter)).toEqual(weekLoad(12, days, twice.toReversed(), quarter))
    expect(weekLoad(12, days, twice, quarter).steps).toEqual([{ days: 5, coveredAccounts: 2, share: 0.5, perDay: 1.2 }])
  })

  test('counts a day that a coverage only touches, and not the day that begins when it ends', () => {
    const lastSecond = coverage(1, monday + dayMs - 1000, monday + dayMs)
    expect(weekLoad(10, days, [lastSecond], quarter).steps.map((step) => step.coveredAccounts)).toEqual([1, 0])
    expect(days.slice(0, 2).map((day) => [...coveredOn(day, [lastSecond])])).toEqual([[1], []])
  })

  test('counts no day on which a coverage was handed back before its end, and counts one that had ended by then', () => {
    const noon = monday + dayMs + 12 * hourMs
    const back = { ...coverage(1, monday, noon), handedBackAt: noon }
    expect(days.slice(0, 2).map((day) => [...coveredOn(day, [back])])).toEqual([[1], []])
    const later = { ...back, handedBackAt: noon + hourMs }
    expect(days.slice(0, 2).map((day) => [...coveredOn(day, [later])])).toEqual([[1], [1]])
    expect(weekLoad(12, days, [back], quarter).arithmetic).toBe('12/week → 1 day at 1.8 + 4 days at 2.4 = 11.4')
  })

  test('prints daily parts with as many decimals as the sum needs to add up', () => {
    expect(weekLoad(11.125, days, [wholeWeek(1)], quarter).arithmetic).toBe('11.13/week → 5 days at 1.6688 = 8.34')
    expect(weekLoad(11.125, days, [], quarter).arithmetic).toBe('11.13/week → 5 days at 2.225 = 11.13')
    expect(weekLoad(0, days, [], quarter).arithmetic).toBe('0/week → 5 days at 0 = 0')
  })
})

describe('a week with days on which nobody works', () => {
  const offOn = (off: WorkingDay['off'], ...weekdays: number[]): WorkingDay[] =>
    days.map((day) => (weekdays.includes(day.weekday) ? { ...day, off } : day))

  test('has the same daily part for the other days, and says which days are left out', () => {
    expect(weekLoad(12, offOn('off', 4, 5), [], quarter)).toMatchObject({
      steps: [{ days: 3, coveredAccounts: 0, share: 1, perDay: 2.4 }],
      allowed: expect.closeTo(7.2, 10) as number,
      arithmetic: '12/week → 3 days at 2.4 + 2 days off at 0 = 7.2',
    })
    expect(weekLoad(12, offOn('away', 1, 2, 3, 4, 5), [], quarter)).toMatchObject({
      steps: [],
      allowed: 0,
      possible: true,
      arithmetic: '12/week → 5 days away at 0 = 0',
    })
  })

  test('goes on with the same run behind such a day', () => {
    const load = weekLoad(10, offOn('away', 2), [wholeWeek(1)], quarter)
    expect(load.steps).toEqual([{ days: 4, coveredAccounts: 1, share: 0.75, perDay: 1.5 }])
    expect(load.arithmetic).toBe('10/week → 4 days at 1.5 + 1 day away at 0 = 6')
  })

  test('counts no accounts on such a day, so that it makes nothing impossible', () => {
    const five = [1, 2, 3, 4, 5].map((id) => coverage(id, monday, monday + dayMs))
    expect(weekLoad(12, offOn('off', 1), five, quarter)).toMatchObject({ possible: true, steps: [{ days: 4 }] })
    expect(weekLoad(12, days, five, quarter).possible).toBe(false)
  })
})

describe('a day', () => {
  const weekdays = [1, 2, 3, 4, 5]
  const tuesday = days[1] as WorkingDay

  test('has its part of the baseline, times the share left', () => {
    expect(dayLoad(12, tuesday, weekdays, times(2, 0.25))).toEqual({
      share: 0.5,
      allowed: expect.closeTo(1.2, 10) as number,
      possible: true,
      arithmetic: '12/week ÷ 5 × 50 % = 1.2',
    })
    expect(dayLoad(12, tuesday, weekdays, [])).toMatchObject({ share: 1, arithmetic: '12/week ÷ 5 × 100 % = 2.4' })
    expect(dayLoad(12, tuesday, weekdays, times(5, 0.25))).toMatchObject({ share: 0, allowed: 0, possible: false })
  })

  test.each<[Partial<WorkingDay>, string]>([
    [{ weekday: 6 }, 'Saturday is no working day: 0'],
    [{ off: 'off' }, 'Day off: 0'],
    [{ off: 'away' }, 'Away: 0'],
  ])('on which nobody works leaves nothing and says why: %j', (part, arithmetic) => {
    expect(dayLoad(12, { ...tuesday, ...part }, weekdays, times(2, 0.25))).toEqual({
      share: 0.5,
      allowed: 0,
      possible: true,
      arithmetic,
    })
  })
})

describe('for any coverages at all', () => {
  /** Hours since two days before the week, so that coverages begin before it, inside it and after it. */
  const anyCoverage = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 220 }), fc.integer({ min: 1, max: 200 }))
    .map(([accountId, from, hours]) => {
      const startsAt = monday - 2 * dayMs + from * hourMs
      return coverage(accountId, startsAt, startsAt + hours * hourMs)
    })

  /** What each account takes, in twentieths: whole numbers, so that the slow way has no fractions to add. */
  const anyTwentieths = fc.oneof(
    fc.constant(times(6, 5)),
    fc.array(fc.nat({ max: 20 }), { minLength: 6, maxLength: 6 }),
  )

  /** Looks at each hour of each day by itself and adds up with nothing but counting. */
  function slowly(
    baseline: number,
    coverages: readonly Coverage[],
    twentieths: readonly number[],
    offs: readonly WorkingDay['off'][],
  ) {
    let allowed = 0
    let possible = true
    const counts: number[] = []
    for (const [index, day] of days.entries()) {
      if (offs[index]) continue
      const accounts = new Set<number>()
      for (let hour = day.startsAt; hour < day.endsAt; hour += hourMs) {
        for (const each of coverages) if (hour >= each.startsAt && hour < each.endsAt) accounts.add(each.accountId)
      }
      counts.push(accounts.size)
      let left = 20
      for (const accountId of accounts) left -= twentieths[accountId - 1] ?? 0
      if (left < 0) possible = false
      else allowed += ((baseline / 5) * left) / 20
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
        anyTwentieths,
        fc.array(fc.constantFrom<WorkingDay['off']>(undefined, undefined, undefined, 'off', 'away'), {
          minLength: 5,
          maxLength: 5,
        }),
        (baseline, coverages, twentieths, offs) => {
          const withOffs = days.map((day, index) => ({ ...day, off: offs[index] }))
          const load = weekLoad(baseline, withOffs, coverages, (accountId) => (twentieths[accountId - 1] ?? 0) / 20)
          const slow = slowly(baseline, coverages, twentieths, offs)
          expect(load.allowed).toBeCloseTo(slow.allowed, 9)
          expect(load.possible).toBe(slow.possible)
          expect(load.steps.flatMap((step) => Array<number>(step.days).fill(step.coveredAccounts))).toEqual(slow.counts)
          for (const [index, step] of load.steps.entries()) {
            const next = load.steps[index + 1]
            expect([step.coveredAccounts, step.share]).not.toEqual([next?.coveredAccounts, next?.share])
          }
          const [, total] = / = ([\d.]+)$/.exec(load.arithmetic) ?? []
          const parts = [...load.arithmetic.matchAll(/(\d) days?(?: off| away)? at ([\d.]+)/g)]
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
