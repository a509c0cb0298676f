import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPlanProblems, type PlanFacts } from '#core/coverage/find-plan-problems.ts'
import type { EntryRequest, Plan } from '#core/coverage/plan-document.ts'
import type { Absence, Account, Coverage, Person } from '#core/people/people.ts'
import { aPlan, monday, planWords, type EntryParts } from '#test/support/plan-values.ts'
import { dayMs, hourMs } from '#test/support/work-values.ts'

const person = { region: 'EMEA', workingHours: [], daysOff: [], slackHandle: null, timeZone: 'Europe/Berlin' }
const people: readonly Person[] = [
  { ...person, id: 11, name: 'Ines' },
  { ...person, id: 12, name: 'Anna' },
  { ...person, id: 13, name: 'Ben', timeZone: 'America/New_York' },
]
const account = (id: number, aseId: number | null = 12): Account => ({
  id,
  name: planWords.accountName(id),
  aseId,
  aseSince: null,
})
const facts: PlanFacts = {
  people,
  accounts: [account(1), account(2), account(3)],
  absences: [],
  coverages: [],
  reductionOf: () => 0.3,
  words: planWords,
}
const found = (
  entries: readonly EntryParts[],
  given: Partial<PlanFacts> = {},
  parts: Parameters<typeof aPlan>[1] = {},
) => findPlanProblems(aPlan(entries, parts), { ...facts, ...given })
const said = (...given: Parameters<typeof found>) =>
  found(...given).map(({ kind, weight, words }) => [kind, weight, words])
const accepted = { state: 'accepted' } as const

describe('a plan', () => {
  test('in which everybody accepted everything has nothing to say', () => {
    expect(said([{ id: 'a', ...accepted }])).toEqual([])
    expect(
      said([
        { id: 'a', to: 3, ...accepted },
        { id: 'b', coverId: 13, from: 3, ...accepted },
      ]),
    ).toEqual([])
  })

  test('names what nobody covers, by the days of the ASE, stretches that adjoin as one', () => {
    expect(said([])).toEqual([['gap', 'missing', 'Nobody covers Acme from Mon 21 Dec to Sun 27 Dec.']])
    expect(
      said([
        { id: 'a', from: 1, to: 2, ...accepted },
        { id: 'b', from: 2, to: 3.5, ...accepted },
        { id: 'c', from: 4, to: 7, ...accepted },
      ]),
    ).toEqual([
      ['gap', 'missing', 'Nobody covers Acme on Mon 21 Dec.'],
      ['gap', 'missing', 'Nobody covers Acme on Thu 24 Dec from 12:00 to 24:00.'],
    ])
  })

  test('has a gap where somebody declined, and says who has not accepted', () => {
    expect(said([{ id: 'a', state: 'declined' }])).toEqual([
      ['gap', 'missing', 'Nobody covers Acme from Mon 21 Dec to Sun 27 Dec.'],
    ])
    expect(said([{ id: 'a' }])).toEqual([
      [
        'not-accepted',
        'warning',
        'Ines has not been asked for Acme from Mon 21 Dec to Sun 27 Dec. Until then nothing changes hands.',
      ],
    ])
    expect(said([{ id: 'a', state: 'asked' }])[0]?.[2]).toMatch('Ines has not accepted Acme from')
  })

  test('tells of two who cover at once, and for how long', () => {
    expect(
      said([
        { id: 'a', to: 4, ...accepted },
        { id: 'b', coverId: 13, from: 3, ...accepted },
      ]),
    ).toEqual([['double-cover', 'warning', 'Ines and Ben both cover Acme on Thu 24 Dec.']])
    expect(
      said([
        { id: 'a', ...accepted },
        { id: 'b', from: 6, ...accepted },
      ])[0]?.[2],
    ).toBe('Ines is down more than once for Acme on Sun 27 Dec.')
  })

  test('tells of a cover who is away, and of their days off by their own calendar', () => {
    const away: Absence = { id: 'x', personId: 11, startsAt: monday + 2 * dayMs, endsAt: monday + 4 * dayMs }
    const off = people.map((each) => ({ ...each, daysOff: ['2026-12-24', '2026-12-25', '2027-01-01'] }))
    expect(said([{ id: 'a', ...accepted }], { absences: [away], people: off })).toEqual([
      ['cover-away', 'missing', 'Ines is away from Wed 23 Dec to Thu 24 Dec, while covering Acme.'],
      ['cover-away', 'warning', 'Ines has a day off on Fri 25 Dec, while covering Acme.'],
    ])
    const [day] = found([{ id: 'a', coverId: 13, ...accepted }], { people: off })
    expect(day).toMatchObject({
      startsAt: Date.parse('2026-12-24T00:00-05:00'),
      words: 'Ben has a day off from Thu 24 Dec to Fri 25 Dec, while covering Acme.',
    })
  })

  test('is impossible where accounts take more than the whole, those of other plans included', () => {
    const entries = [1, 2].map((accountId) => ({ id: `e${accountId}`, accountId, ...accepted }))
    const elsewhere: Coverage[] = [7, 8].map((accountId) => ({
      id: `c${accountId}`,
      absenceId: 'other',
      accountId,
      coverId: 11,
      startsAt: monday + 6 * dayMs,
      endsAt: monday + 9 * dayMs,
    }))
    expect(said(entries, { coverages: elsewhere }, { accountIds: [1, 2] })).toEqual([
      [
        'too-many',
        'missing',
        'Ines would cover Acme, Borealis, Organization 7 and Organization 8 at once on Sun 27 Dec. ' +
          'That takes 120 % of their other work: impossible.',
      ],
    ])
    expect(said(entries, { coverages: elsewhere, reductionOf: () => 0.25 }, { accountIds: [1, 2] })).toEqual([])
    const twice = elsewhere.map((coverage) => ({ ...coverage, accountId: 1 }))
    expect(said(entries, { coverages: twice }, { accountIds: [1, 2] })).toEqual([])
  })

  test('tells of what lies outside the absence and does not count', () => {
    expect(said([{ id: 'a', from: -1, ...accepted }])).toEqual([
      [
        'outside-absence',
        'warning',
        'Ines is down for Acme on Sun 20 Dec, outside the absence. It does not count there.',
      ],
    ])
    expect(said([{ id: 'a', from: 8, to: 9, ...accepted }]).map(([kind]) => kind)).toEqual(['gap', 'outside-absence'])
  })

  test('tells of entries whose ends were moved past each other, and of such an absence', () => {
    const [, turned] = said([{ id: 'a', from: 3, to: 2 }])
    expect(turned).toEqual(['outside-absence', 'missing', expect.stringContaining('ends before it begins')])
    expect(said([], {}, { days: -1 })).toEqual([
      ['outside-absence', 'missing', expect.stringContaining('The absence of Anna ends before it begins')],
    ])
  })

  test('tells of an ASE who covers for themself, of accounts of others, and of accounts that are not part of it', () => {
    expect(said([{ id: 'a', coverId: 12, ...accepted }])).toEqual([
      ['covers-own-absence', 'missing', 'Anna cannot cover Acme during their own absence.'],
    ])
    expect(said([{ id: 'a', ...accepted }], { accounts: [account(1, 13)] })).toEqual([
      ['other-ase', 'warning', 'Acme is Ben’s by now, and not Anna’s.'],
    ])
    expect(said([{ id: 'a', ...accepted }], { accounts: [account(1, null)] })[0]?.[2]).toBe(
      'Acme has no ASE by now, and not Anna’s.',
    )
    expect(
      said([
        { id: 'a', ...accepted },
        { id: 'b', accountId: 3 },
      ]),
    ).toEqual([
      ['no-account', 'warning', 'Ines is down for Cormorant, which is not part of the plan. It does not count.'],
    ])
    expect(said([], {}, { accountIds: [] })).toEqual([
      ['no-account', 'missing', 'No account is part of the plan. Choose the accounts.'],
    ])
  })
})

const hours = 60
const anyWindow = fc
  .tuple(fc.integer({ min: -10, max: hours + 10 }), fc.integer({ min: 1, max: 40 }))
  .map(([start, length]) => ({ startsAt: monday + start * hourMs, endsAt: monday + (start + length) * hourMs }))
const anyState = fc.constantFrom<EntryRequest['state']>('draft', 'asked', 'accepted', 'declined')
const anyPlan = fc.record({
  accountIds: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  entries: fc.array(fc.tuple(anyWindow, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 11, max: 14 }), anyState), {
    maxLength: 8,
  }),
})
const anyFacts = fc.record({
  absences: fc.array(fc.tuple(anyWindow, fc.integer({ min: 11, max: 14 })), { maxLength: 4 }),
  coverages: fc.array(fc.tuple(anyWindow, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 11, max: 14 })), {
    maxLength: 6,
  }),
  daysOff: fc.array(fc.constantFrom('2026-12-20', '2026-12-21', '2026-12-22', '2026-12-23'), { maxLength: 2 }),
  reductions: fc.array(fc.constantFrom(0, 0.2, 0.25, 0.4, 0.5, 1), { minLength: 10, maxLength: 10 }),
})

/** What holds in one hour, found by looking at nothing but that hour; each as a text with whom it concerns. */
function expectedAt(at: number, plan: Plan, given: Oracle): string[] {
  const within = ({ startsAt, endsAt }: { startsAt: number; endsAt: number }) => startsAt <= at && at < endsAt
  const inAbsence = within(plan)
  const standing = plan.entries.filter((entry) => within(entry) && entry.request.state !== 'declined')
  const counting = inAbsence ? standing.filter(({ accountId }) => plan.accountIds.includes(accountId)) : []
  const all: string[] = []
  for (const id of inAbsence ? plan.accountIds : []) {
    const here = counting.filter(({ accountId }) => accountId === id)
    if (here.length === 0) all.push(`gap ${id}`)
    if (here.length > 1)
      all.push(
        `double-cover ${id} ${here
          .map((entry) => entry.id)
          .toSorted()
          .join()}`,
      )
  }
  for (const entry of counting) {
    if (entry.request.state !== 'accepted') all.push(`not-accepted ${entry.id}`)
    if (entry.coverId === plan.aseId) all.push(`covers-own-absence ${entry.id}`)
    else if (given.absences.some((absence) => absence.personId === entry.coverId && within(absence)))
      all.push(`cover-away missing ${entry.id}`)
    else if (given.daysOff.includes(new Date(at + hourMs).toISOString().slice(0, 10)))
      all.push(`cover-away warning ${entry.id}`)
  }
  for (const coverId of [11, 12, 13, 14]) {
    const planned = counting.filter((entry) => entry.coverId === coverId)
    const others = given.coverages.filter((coverage) => coverage.coverId === coverId && within(coverage))
    const accounts = [...new Set([...planned, ...others].map(({ accountId }) => accountId))]
    const hundredths = accounts.reduce((sum, id) => sum + Math.round(given.reductionOf(id) * 100), 0)
    if (planned.length > 0 && hundredths > 100)
      all.push(
        `too-many ${planned
          .map(({ id }) => id)
          .toSorted()
          .join()}`,
      )
  }
  if (!inAbsence) all.push(...standing.map(({ id }) => `outside-absence ${id}`))
  return all.toSorted()
}

interface Oracle {
  readonly absences: readonly Absence[]
  readonly coverages: readonly Coverage[]
  readonly daysOff: readonly string[]
  readonly reductionOf: (id: number) => number
}

test('hour by hour, exactly what is wrong then is found, over thousands of plans', () => {
  const words = { ...planWords, timeZone: 'Europe/Berlin' }
  fc.assert(
    fc.property(anyPlan, anyFacts, ({ accountIds, entries }, given) => {
      const plan: Plan = {
        id: 'p',
        aseId: 12,
        startsAt: monday,
        endsAt: monday + hours * hourMs,
        removedAt: null,
        accountIds,
        tickedAt: new Map(),
        entries: entries.map(([window, accountId, coverId, state], index) => ({
          id: `e${index}`,
          accountId,
          coverId,
          ...window,
          request: { state, at: 1, byName: null, words: null },
        })),
      }
      const oracle: Oracle = {
        absences: given.absences.map(([window, personId], index) => ({ id: `a${index}`, personId, ...window })),
        coverages: given.coverages.map(([window, accountId, coverId], index) => ({
          id: `c${index}`,
          absenceId: 'x',
          accountId,
          coverId,
          ...window,
        })),
        daysOff: given.daysOff,
        reductionOf: (id) => given.reductions[id] ?? 0,
      }
      const everybody = [11, 12, 13, 14].map((id) => ({ ...person, id, name: `P${id}`, daysOff: given.daysOff }))
      const problems = findPlanProblems(plan, {
        people: everybody,
        accounts: accountIds.map((id) => account(id)),
        absences: oracle.absences,
        coverages: oracle.coverages,
        reductionOf: oracle.reductionOf,
        words,
      })
      const named = (problem: (typeof problems)[number]) => {
        const { kind, weight, accountId, entryIds } = problem
        const about = { gap: accountId, 'double-cover': `${accountId} ${entryIds.toSorted().join()}` }
        const whom = kind === 'gap' || kind === 'double-cover' ? about[kind] : entryIds.toSorted().join()
        return kind === 'cover-away' ? `${kind} ${weight} ${whom}` : `${kind} ${whom}`
      }
      const timed = problems.filter(({ kind }) => kind !== 'no-account')
      for (let hour = -12; hour < hours + 52; hour += 1) {
        const at = monday + hour * hourMs
        const now = timed.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt).map(named)
        expect(now.toSorted()).toEqual(expectedAt(at, plan, oracle))
      }
      const strays = plan.entries.filter(
        (entry) => !accountIds.includes(entry.accountId) && entry.request.state !== 'declined',
      )
      const noAccount = problems.filter(({ kind }) => kind === 'no-account')
      expect(noAccount.flatMap(({ entryIds }) => entryIds).toSorted()).toEqual(strays.map(({ id }) => id).toSorted())
      expect(noAccount.some(({ entryIds }) => entryIds.length === 0)).toBe(accountIds.length === 0)
    }),
    { numRuns: 2000 },
  )
}, 60_000)
