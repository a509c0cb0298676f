import { describe, expect, test } from 'vitest'
import { workloadDay, workloadWeek } from '#contract/workload.ts'
import { changeOverrides } from '#service/db/policy-overrides.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { workloadOf, workloadOfDay, type WorkloadFacts } from '#service/rpc/workload-view.ts'
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
      { week: '2026-W45', taken: 6, outlier: true },
      { week: '2026-W44', taken: 8, outlier: true },
      { week: '2026-W43', taken: 0, outlier: false },
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

describe('the load of a week in which I do not work every day', () => {
  const away = (fromDay: number, toDay: number) => {
    const monday = Date.parse('2026-11-16T00:00+01:00')
    return [{ id: 'me', personId: 11, startsAt: monday + fromDay * dayMs, endsAt: monday + toDay * dayMs }]
  }
  const withMe = (daysOff: string[], absences = away(0, 0).slice(1)) => {
    const workspace = aWorkspace()
    const people = workspace.people.map((person) => (person.id === 11 ? { ...person, daysOff } : person))
    return aWorkspace({ people, absences: [...workspace.absences, ...absences] })
  }

  test('leaves out days off and days of an absence, and says so', () => {
    expect(setUp([], withMe(['2026-11-20'], away(0, 1)))(undefined, { setBaseline: 12 })).toMatchObject({
      steps: [{ days: 3, coveredAccounts: 1, perDay: expect.closeTo(1.8, 10) as number }],
      arithmetic: '12/week → 3 days at 1.8 + 1 day off at 0 + 1 day away at 0 = 5.4',
    })
  })

  test('has no day off for another’s day off', () => {
    const workspace = aWorkspace()
    const people = workspace.people.map((person) => ({ ...person, daysOff: person.id === 11 ? [] : ['2026-11-20'] }))
    expect(setUp([], aWorkspace({ people }))(undefined, { setBaseline: 12 })?.allowed).toBeCloseTo(10.2, 10)
  })
})

describe('the load of a day', () => {
  function loadOf(day: string | undefined, more: Partial<WorkloadFacts> = {}, workspace = aWorkspace()) {
    const db = memoryDatabase()
    storeWorkspace(db, workspace)
    for (const [index, takenAt] of [wednesday - 1, wednesday, wednesday + 1, wednesday - dayMs].entries()) {
      storeTicket(db, aSighting({ id: 1000 + index, organizationId: 90, assigneeId: 11 }, { takenAt }), wednesday)
    }
    const facts = { db, roster: readRoster(db), policy: policyOf('2025-04'), now: wednesday, setBaseline: 12, ...more }
    return workloadDay.parse(workloadOfDay(day, facts))
  }

  test('is today’s where none is named, with what was taken so far', () => {
    expect(loadOf(undefined)).toMatchObject({
      day: '2026-11-18',
      working: true,
      coveredAccounts: [{ id: 1, name: 'Acme' }],
      share: 0.75,
      allowed: expect.closeTo(1.8, 10) as number,
      taken: 1,
      possible: true,
      arithmetic: '12/week ÷ 5 × 75 % = 1.8',
      source: expect.stringContaining('25%') as string,
    })
  })

  test('is that day’s where one is named', () => {
    expect(loadOf('2026-11-17')).toMatchObject({ taken: 1, share: 0.75 })
    expect(loadOf('2026-11-20')).toMatchObject({ taken: 0, share: 1, coveredAccounts: [], allowed: 2.4 })
  })

  test('is nothing on a day that is no working day, though accounts are covered', () => {
    const [coverage] = aWorkspace().coverages
    const coverages = coverage ? [{ ...coverage, endsAt: wednesday + 9 * dayMs }] : []
    expect(loadOf('2026-11-21', {}, aWorkspace({ coverages }))).toMatchObject({
      working: false,
      share: 0.75,
      allowed: 0,
      arithmetic: 'Saturday is no working day: 0',
    })
  })

  test('is nothing on a day off and while I am away', () => {
    const workspace = aWorkspace()
    const people = workspace.people.map((person) => ({ ...person, daysOff: ['2026-11-18'] }))
    expect(loadOf(undefined, {}, aWorkspace({ people }))).toMatchObject({
      working: false,
      allowed: 0,
      arithmetic: 'Day off: 0',
    })
    const absences = [
      ...workspace.absences,
      { id: 'me', personId: 11, startsAt: wednesday - dayMs, endsAt: wednesday + dayMs },
    ]
    expect(loadOf(undefined, {}, aWorkspace({ absences }))).toMatchObject({ working: false, arithmetic: 'Away: 0' })
  })

  test('begins at midnight where I am', () => {
    const late = Date.parse('2026-11-18T23:30+01:00')
    expect(loadOf(undefined, { now: late }).day).toBe('2026-11-18')
    expect(loadOf(undefined, { now: late + dayMs / 24 }).day).toBe('2026-11-19')
  })

  test('is reckoned without anybody signed in', () => {
    expect(loadOf(undefined, {}, aWorkspace({ meId: 999 }))).toMatchObject({ share: 1, taken: 0, coveredAccounts: [] })
  })
})
