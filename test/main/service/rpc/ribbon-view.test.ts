import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contract } from '#contract/contract.ts'
import { workspaceSchema } from '#contract/workspace.ts'
import type { RibbonSpan } from '#contract/coverage.ts'
import { planOf, type Plan, type PlannedCover } from '#core/coverage/plan-document.ts'
import { readPlans } from '#service/db/plans.ts'
import { describeWorkspace } from '#simulator/world/workspace.ts'
import { readShifts } from '#service/db/shifts.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { ribbonOf, type RibbonFacts } from '#service/rpc/ribbon-view.ts'
import { memoryDatabase, withMemoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const policy = policyOf('2025-04')
const weekMs = 7 * dayMs

function rosterOf(parts: Parameters<typeof aWorkspace>[0] = {}) {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace(parts))
  return readRoster(db)
}

function draw(facts: Partial<RibbonFacts> = {}, week?: string, weeks = 6) {
  const ribbon = ribbonOf(week, weeks, { roster: rosterOf(), plans: [], shifts: [], policy, now: wednesday, ...facts })
  return ribbon && contract.coverage.ribbon['~orpc'].outputSchema?.parse(ribbon)
}

type Drawn = NonNullable<ReturnType<typeof draw>>
const spansIn = (ribbon: Drawn | undefined, laneId: string): RibbonSpan[] =>
  ribbon?.lanes.find(({ id }) => id === laneId)?.spans ?? []
const kindsIn = (ribbon: Drawn | undefined, laneId: string) => spansIn(ribbon, laneId).map(({ kind }) => kind)

function anEntry(parts: Partial<PlannedCover> = {}): PlannedCover {
  const request = { state: 'asked' as const, at: wednesday, byName: 'Anna', words: null }
  return { id: 'e', accountId: 1, coverId: 11, startsAt: wednesday, endsAt: wednesday + dayMs, request, ...parts }
}

function aPlan(parts: Partial<Plan> = {}): Plan {
  return {
    id: 'plan',
    aseId: 12,
    startsAt: wednesday - dayMs,
    endsAt: wednesday + dayMs,
    removedAt: null,
    accountIds: [1],
    entries: [],
    tickedAt: new Map(),
    ...parts,
  }
}

describe('the weeks', () => {
  test('begin with the Monday of the present week in my zone, or of the one that was named', () => {
    expect(draw()).toMatchObject({
      startsAt: Date.parse('2026-11-16T00:00+01:00'),
      endsAt: Date.parse('2026-12-28T00:00+01:00'),
      weeks: [{ week: '2026-W47' }, {}, {}, {}, {}, { week: '2026-W52' }],
      now: wednesday,
    })
    expect(draw({}, '2026-W53', 2)?.weeks.map(({ week }) => week)).toEqual(['2026-W53', '2027-W01'])
    expect(draw({}, '2025-W53')).toBeUndefined()
    expect(draw({ roster: rosterOf({ meId: 13 }) })?.startsAt).toBe(Date.parse('2026-11-16T00:00-05:00'))
  })

  test('meet each other where the clocks change, an hour shorter or longer', () => {
    for (const [named, hours] of [
      ['2026-W13', -1],
      ['2026-W43', 1],
    ] as const) {
      const ribbon = draw({}, named, 2)
      const [first, second] = ribbon?.weeks ?? []
      expect((first?.endsAt ?? 0) - (first?.startsAt ?? 0)).toBe(weekMs + hours * hourMs)
      expect(second?.startsAt).toBe(first?.endsAt)
      expect(ribbon?.endsAt).toBe(second?.endsAt)
    }
  })
})

describe('the lanes of absences', () => {
  test('are those of ASEs with something in these weeks, mine first and always', () => {
    const ribbon = draw()
    expect(ribbon?.lanes.map(({ id, name }) => [id, name])).toEqual([
      ['ase/11', 'Ines'],
      ['ase/12', 'Anna'],
      ['account/1', 'Acme'],
    ])
    expect(spansIn(ribbon, 'ase/12')).toEqual([
      {
        id: 'absence/anna-away',
        kind: 'absence',
        startsAt: wednesday - dayMs,
        endsAt: wednesday + dayMs,
        label: 'Anna away',
        words: 'Anna is away Tue 17 Nov 2026 10:00 – Thu 19 Nov 2026 10:00.',
        mine: false,
        planId: null,
        shiftId: null,
      },
    ])
    expect(draw({}, '2026-W10')?.lanes.map(({ id }) => id)).toEqual(['ase/11'])
  })

  test('keep the true times of what begins or ends outside, and have days off where they are', () => {
    const people = aWorkspace().people.map((person) => ({ ...person, daysOff: person.id === 13 ? ['2026-11-26'] : [] }))
    const long = { id: 'long', personId: 11, startsAt: wednesday - 99 * dayMs, endsAt: wednesday + 99 * dayMs }
    const ribbon = draw({ roster: rosterOf({ people, absences: [...aWorkspace().absences, long] }) }, '2026-W48', 1)
    expect(spansIn(ribbon, 'ase/11')).toMatchObject([{ startsAt: long.startsAt, endsAt: long.endsAt, mine: true }])
    expect(spansIn(ribbon, 'ase/13')).toMatchObject([
      {
        kind: 'day-off',
        startsAt: Date.parse('2026-11-26T00:00-05:00'),
        words: expect.stringContaining('Ben has') as string,
      },
    ])
    expect(spansIn(ribbon, 'ase/12')).toEqual([])
  })
})

describe('the lane of an account', () => {
  test('has who covers, and a gap where nobody does, also without any plan', () => {
    const [coverage] = aWorkspace().coverages
    const coverages = coverage ? [{ ...coverage, endsAt: wednesday }] : []
    expect(spansIn(draw({ roster: rosterOf({ coverages }) }), 'account/1')).toMatchObject([
      {
        kind: 'cover',
        label: 'Ines',
        mine: true,
        words: 'Ines covers Acme Tue 17 Nov 2026 10:00 – Wed 18 Nov 2026 10:00.',
      },
      {
        kind: 'gap',
        startsAt: wednesday,
        endsAt: wednesday + dayMs,
        words: 'Nobody covers Acme Wed 18 Nov 2026 10:00 – Thu 19 Nov 2026 10:00, while Anna is away.',
        planId: null,
      },
    ])
  })

  test('shows what was asked in place of the gap, and says that nobody covers until it is accepted', () => {
    const roster = rosterOf({ coverages: [] })
    const ribbon = draw({ roster, plans: [aPlan({ entries: [anEntry()] })] })
    expect(spansIn(ribbon, 'account/1')).toMatchObject([
      { kind: 'gap', startsAt: wednesday - dayMs, endsAt: wednesday, planId: 'plan' },
      {
        kind: 'asked',
        label: 'Ines asked',
        mine: true,
        planId: 'plan',
        words: expect.stringMatching(
          /^Ines is asked to cover Acme .*\. Until it is accepted nobody covers it\.$/,
        ) as string,
      },
    ])
  })

  test.each(['draft', 'declined', 'accepted'] as const)('has no span of its own for an entry that is %s', (state) => {
    const request = { state, at: null, byName: null, words: null }
    const plans = [aPlan({ entries: [anEntry({ request })] })]
    expect(kindsIn(draw({ roster: rosterOf({ coverages: [] }), plans }), 'account/1')).toEqual(['gap'])
  })

  test('leaves out an entry that ends before it begins', () => {
    const plans = [aPlan({ entries: [anEntry({ endsAt: wednesday - 1 })] })]
    expect(kindsIn(draw({ roster: rosterOf({ coverages: [] }), plans }), 'account/1')).toEqual(['gap'])
  })

  test('has no gap before the ASE took the account, nor without an ASE', () => {
    const accounts = aWorkspace().accounts.map((account) => ({ ...account, aseSince: wednesday }))
    const later = draw({ roster: rosterOf({ coverages: [], accounts }) })
    expect(spansIn(later, 'account/1')).toMatchObject([{ kind: 'gap', startsAt: wednesday }])
    const nobodys = accounts.map((account) => ({ ...account, aseId: null }))
    expect(draw({ roster: rosterOf({ coverages: [], accounts: nobodys }) })?.lanes.map(({ id }) => id)).toEqual([
      'ase/11',
    ])
  })
})

describe('the lanes of on-call shifts', () => {
  const shift = {
    id: 's1',
    personId: 11,
    title: 'CEOC',
    startsAt: wednesday,
    endsAt: wednesday + hourMs,
    replacement: null,
  }
  const [acme] = aWorkspace().coverages
  const both = acme ? [acme, { ...acme, id: 'second', accountId: 3 }] : []

  test('have the shifts of each engineer, mine first', () => {
    const shifts = [{ ...shift, id: 's2', personId: 12 }, shift]
    const ribbon = draw({ shifts })
    expect(ribbon?.lanes.slice(-2).map(({ id }) => id)).toEqual(['on-call/11', 'on-call/12'])
    expect(spansIn(ribbon, 'on-call/11')).toMatchObject([
      {
        kind: 'shift',
        shiftId: 's1',
        mine: true,
        label: 'CEOC',
        words: 'Ines is on call (“CEOC”) Wed 18 Nov 2026 10:00–11:00.',
      },
    ])
    expect(kindsIn(draw({ shifts }, '2026-W49'), 'on-call/11')).toEqual([])
  })

  test('say of a shift that it has to change hands, until somebody takes it', () => {
    const roster = rosterOf({ coverages: both })
    expect(spansIn(draw({ roster, shifts: [shift] }), 'on-call/11')).toMatchObject([
      {
        kind: 'shift-to-swap',
        words: expect.stringContaining(
          'Ines covers Acme and Cormorant at the same time, so the shift has to change hands.',
        ) as string,
      },
    ])
    expect(spansIn(draw({ roster, shifts: [{ ...shift, replacement: 'Ben' }] }), 'on-call/11')).toMatchObject([
      { kind: 'shift', words: expect.stringMatching(/Ben takes it instead\.$/) as string },
    ])
  })
})

test('for any absences and covers, every hour an ASE is away is covered, asked for or a gap, and no other is a gap', () => {
  const anyWindow = fc
    .tuple(fc.integer({ min: -100, max: 1000 }), fc.integer({ min: 1, max: 300 }))
    .map(([from, hours]) => ({ startsAt: wednesday + from * hourMs, endsAt: wednesday + (from + hours) * hourMs }))
  const some = fc.array(anyWindow, { maxLength: 4 })
  fc.assert(
    fc.property(some, some, some, (away, covered, asked) => {
      withMemoryDatabase((db) => {
        const absences = away.map((window, index) => ({ ...window, id: `a${index}`, personId: 12 }))
        const of = { absenceId: 'a0', accountId: 1, coverId: 13 }
        const coverages =
          away.length === 0 ? [] : covered.map((window, index) => ({ ...window, ...of, id: `c${index}` }))
        storeWorkspace(db, aWorkspace({ absences, coverages }))
        const entries = asked.map((window, index) => anEntry({ ...window, id: `e${index}` }))
        const ribbon = draw({ roster: readRoster(db), plans: [aPlan({ entries })] })
        const spans = spansIn(ribbon, 'account/1')
        for (let at = ribbon?.startsAt ?? 0; at < (ribbon?.endsAt ?? 0); at += hourMs) {
          const has = (kinds: readonly string[]) =>
            spans.some(({ kind, startsAt, endsAt }) => kinds.includes(kind) && startsAt <= at && at < endsAt)
          const isAway = away.some(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
          if (isAway) expect(has(['cover', 'asked'])).toBe(!has(['gap']))
          else expect(has(['gap'])).toBe(false)
        }
      })
    }),
    { numRuns: 100 },
  )
})

test('of the sample workspace, whenever it opens, six weeks have one gap and one shift that has to change hands', () => {
  for (let hours = 0; hours < 24 * 7 * 9; hours += 79) {
    const anchor = Date.UTC(2026, 8, 20) + hours * hourMs
    withMemoryDatabase((db) => {
      const workspace = workspaceSchema.parse(describeWorkspace(anchor))
      storeWorkspace(db, workspace)
      const ribbon = draw({
        roster: readRoster(db),
        plans: readPlans(db).map(({ document }) => planOf(document)),
        shifts: readShifts(db),
        now: anchor,
      })
      const spans = ribbon?.lanes.flatMap((lane) => lane.spans) ?? []
      const wordsOf = (kind: RibbonSpan['kind']) => spans.filter((span) => span.kind === kind).map(({ words }) => words)
      expect(wordsOf('gap')).toEqual([
        expect.stringMatching(/^Nobody covers Brandt & Söhne Thu .* while Jonas Feldkamp/),
      ])
      expect(wordsOf('shift-to-swap')).toEqual([
        expect.stringContaining('Jonas covers Kestrel Robotics and Meridian Health'),
      ])
      expect(wordsOf('asked')).toHaveLength(3)
      expect(spans.filter(({ kind, mine }) => kind === 'asked' && mine)).toHaveLength(3)
      expect(new Set(spans.map(({ kind }) => kind)).size).toBe(7)
    })
  }
})
