import { describe, expect, test } from 'vitest'
import { workloadWeek } from '#contract/workload.ts'
import { changeOverrides } from '#service/db/policy-overrides.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { workloadOf, type WorkloadFacts } from '#service/rpc/workload-view.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aSighting, aWorkspace, dayMs, wednesday } from '#test/support/work-values.ts'

const weekMs = 7 * dayMs

/** A database in which I took so many tickets a week: the present week first, then back in time. */
function setUp(taken: readonly number[], workspace = aWorkspace()) {
  const db = memoryDatabase()
  storeWorkspace(db, workspace)
  let id = 1000
  for (const [weeksAgo, count] of taken.entries()) {
    for (let index = 0; index < count; index += 1) {
      const takenAt = wednesday - 60_000 * (index + 1) - weeksAgo * weekMs
      storeTicket(db, aSighting({ id: (id += 1), organizationId: 90, assigneeId: 11 }, { takenAt }), wednesday)
    }
  }
  return (week?: string, more: Partial<WorkloadFacts> = {}, overrides: Parameters<typeof changeOverrides>[2] = {}) => {
    changeOverrides(db, 1, overrides, { id: 13, at: wednesday - 15 * dayMs })
    const load = workloadOf(week, {
      db,
      roster: readRoster(db),
      policy: policyOf('2025-04'),
      now: wednesday,
      setBaseline: null,
      ...more,
    })
    return load && workloadWeek.parse(load)
  }
}

describe('the load of a week', () => {
  test('starts from what was really taken, day by day with what is covered', () => {
    const load = setUp([4, ...Array<number>(8).fill(12)])()
    // Acme is covered from Tuesday 10:00 to Thursday 10:00, so on three of the days.
    expect(load).toMatchObject({
      week: '2026-W47',
      baseline: { perWeek: 12, origin: 'measured', weeks: { length: 8 } },
      steps: [
        { days: 1, coveredAccounts: 0, share: 1 },
        { days: 3, coveredAccounts: 1, share: 0.75 },
        { days: 1, coveredAccounts: 0, share: 1 },
      ],
      taken: 4,
      possible: true,
      arithmetic: '12/week → 1 day at 2.4 + 3 days at 1.8 + 1 day at 2.4 = 10.2',
    })
    expect(load?.source).toContain('25%')
  })

  test('takes what a covered account takes by a rule of its own, and says whose word that is', () => {
    const load = setUp([0])
    const why = 'Two time zones'
    const half = { reductionPerAccount: { value: 0.5, why } }
    expect(load(undefined, { setBaseline: 10 }, half)).toMatchObject({
      steps: [{ share: 1 }, { share: 0.5, coveredAccounts: 1 }, { share: 1 }],
      allowed: 7,
      source: expect.stringMatching(
        /^Handbook.* · Acme: 50 % instead of 25 % \(Ben, 3 Nov 2026: “Two time zones”\)$/,
      ) as string,
    })
    // In a week without that coverage there is nothing to say.
    expect(load('2026-W49', {}, half)?.source).not.toContain('Acme')
    expect(load(undefined, {}, { reductionPerAccount: { value: 1.1, why } })?.possible).toBe(false)
  })

  test('starts from the number that was set, where one was, zero included', () => {
    const load = setUp([0, 50])
    expect(load(undefined, { setBaseline: 10 })).toMatchObject({
      baseline: { perWeek: 10, origin: 'set', weeks: [] },
      allowed: 8.5,
    })
    expect(load(undefined, { setBaseline: 0 })).toMatchObject({ baseline: { perWeek: 0, origin: 'set' }, allowed: 0 })
  })

  test('says that there is nothing to start from when nothing was ever taken, or nobody is me', () => {
    expect(setUp([])()).toMatchObject({ baseline: { perWeek: 0, origin: 'none', weeks: [] }, allowed: 0, taken: 0 })
    expect(setUp([3, 3], aWorkspace({ meId: 999 }))()).toMatchObject({ baseline: { origin: 'none' }, taken: 0 })
  })

  test('leaves weeks with an absence or coverage of mine out of the baseline, and nobody else’s', () => {
    const away = { id: 'me', personId: 11, startsAt: wednesday - weekMs, endsAt: wednesday - weekMs + 1 }
    const annaAway = { id: 'anna-away', personId: 12, startsAt: wednesday - 2 * weekMs, endsAt: wednesday + dayMs }
    const load = setUp([0, 90, 6, 8], aWorkspace({ absences: [away, annaAway] }))()
    expect(load?.baseline.weeks.slice(0, 3)).toEqual([
      { week: '2026-W45', taken: 6 },
      { week: '2026-W44', taken: 8 },
      { week: '2026-W43', taken: 0 },
    ])
  })

  test('of a week that was named is that week’s, with what was taken in it', () => {
    const load = setUp([4, 7])
    expect(load('2026-W46')).toMatchObject({ week: '2026-W46', taken: 7, steps: [{ days: 5, coveredAccounts: 0 }] })
    expect(load('2026-W48')).toMatchObject({ week: '2026-W48', taken: 0 })
    expect(load('2026-W60')).toBeUndefined()
  })

  test('has its Monday in my zone', () => {
    expect(setUp([])()?.startsAt).toBe(Date.parse('2026-11-16T00:00+01:00'))
    expect(setUp([], aWorkspace({ meId: 13 }))()?.startsAt).toBe(Date.parse('2026-11-16T00:00-05:00'))
  })

  test('is impossible from five accounts on', () => {
    const accounts = [1, 2, 3, 4, 5].map((id) => ({
      id,
      name: `Account ${id}`,
      aseId: 12,
      aseSince: null,
      label: null,
      gitlabGroup: null,
    }))
    const [coverage] = aWorkspace().coverages
    const coverages = accounts.flatMap(({ id }) => (coverage ? [{ ...coverage, id: `c${id}`, accountId: id }] : []))
    expect(setUp([], aWorkspace({ accounts, coverages }))()?.possible).toBe(false)
    expect(setUp([], aWorkspace({ accounts, coverages: coverages.slice(1) }))()?.possible).toBe(true)
  })
})
