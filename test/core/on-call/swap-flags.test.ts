import fc from 'fast-check'
import { expect, test } from 'vitest'
import { swapFlags, type Shift } from '#core/on-call/swap-flags.ts'
import type { Coverage } from '#core/people/people.ts'

const policy = { swapFromAccounts: 2 }

let count = 0
const cover = (accountId: number, startsAt: number, endsAt: number, coverId = 1): Coverage => ({
  id: `c${(count += 1)}`,
  absenceId: 'a',
  accountId,
  coverId,
  startsAt,
  endsAt,
})
const shift = (startsAt: number, endsAt: number, personId = 1): Shift => ({ id: 's', personId, startsAt, endsAt })

test('two accounts covered at the same instant of a shift raise the flag, for as long as they are', () => {
  const first = cover(7, 0, 50)
  const second = cover(8, 20, 80)
  expect(swapFlags([shift(10, 100)], [first, second], policy)).toEqual([
    { shiftId: 's', overlaps: [{ startsAt: 20, endsAt: 50, accountIds: [7, 8] }], since: second },
  ])
})

test.each<[string, Coverage[]]>([
  ['one account', [cover(7, 0, 100)]],
  ['one account by two coverages', [cover(7, 0, 100), cover(7, 0, 100)]],
  ['two accounts one after the other', [cover(7, 0, 50), cover(8, 50, 100)]],
  ['two accounts that end when the shift begins', [cover(7, 0, 10), cover(8, 0, 10)]],
  ['two accounts that begin when the shift ends', [cover(7, 90, 100), cover(8, 90, 100)]],
  ['an account of somebody else', [cover(7, 0, 100), cover(8, 0, 100, 2)]],
  ['an account that was handed back meanwhile', [cover(7, 0, 100), { ...cover(8, 0, 50), handedBackAt: 50 }]],
])('%s raises none', (_, coverages) => {
  expect(swapFlags([shift(10, 90)], coverages, policy)).toEqual([])
})

test('a shift that was over before an account was handed back had to change hands, and so had one beside a coverage that ended by itself', () => {
  const flagged = (back: number) =>
    swapFlags([shift(10, 90)], [cover(7, 0, 100), { ...cover(8, 0, Math.min(back, 50)), handedBackAt: back }], policy)
  expect(flagged(95)).toHaveLength(1)
  expect(swapFlags([shift(10, 90)], [cover(7, 0, 100), { ...cover(8, 0, 95), handedBackAt: 95 }], policy)).toHaveLength(
    1,
  )
})

test('parts with other accounts are told apart, and what goes on is told once', () => {
  const coverages = [cover(7, 0, 100), cover(8, 0, 100), cover(9, 40, 60), cover(8, 30, 90)]
  expect(swapFlags([shift(10, 90)], coverages, policy)[0]?.overlaps).toEqual([
    { startsAt: 10, endsAt: 40, accountIds: [7, 8] },
    { startsAt: 40, endsAt: 60, accountIds: [7, 8, 9] },
    { startsAt: 60, endsAt: 90, accountIds: [7, 8] },
  ])
})

/** Minute after minute: which accounts the engineer of a shift covers, where there are enough of them. */
function walked({ personId, startsAt, endsAt }: Shift, coverages: readonly Coverage[], least: number): string[] {
  const minutes: string[] = []
  for (let minute = startsAt; minute < endsAt; minute += 1) {
    const covered = new Set<number>()
    for (const coverage of coverages) {
      if (coverage.coverId === personId && coverage.startsAt <= minute && minute < coverage.endsAt) {
        covered.add(coverage.accountId)
      }
    }
    if (covered.size >= least) minutes.push(`${minute}: ${[...covered].toSorted((a, b) => a - b).join(',')}`)
  }
  return minutes
}

test('over random plans, it is the same as looking at every minute of every shift', () => {
  const window = fc
    .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 60 }))
    .map(([startsAt, length]) => ({ startsAt, endsAt: startsAt + length }))
  const person = fc.integer({ min: 1, max: 3 })
  const coverages = fc.array(fc.record({ window, coverId: person, accountId: fc.integer({ min: 1, max: 5 }) }), {
    maxLength: 12,
  })
  const shifts = fc.array(fc.record({ window, personId: person }), { maxLength: 5 })
  let flagged = 0
  fc.assert(
    fc.property(shifts, coverages, fc.integer({ min: 1, max: 4 }), (someShifts, someCoverages, swapFromAccounts) => {
      const plan = someCoverages.map(({ window: at, ...rest }, index) => ({
        ...rest,
        ...at,
        id: `c${index}`,
        absenceId: 'a',
      }))
      const all = someShifts.map(({ window: at, personId }, index) => ({ id: `s${index}`, personId, ...at }))
      const flags = swapFlags(all, plan, { swapFromAccounts })
      for (const each of all) {
        const expected = walked(each, plan, swapFromAccounts)
        const flag = flags.find(({ shiftId }) => shiftId === each.id)
        const found = (flag?.overlaps ?? []).flatMap(({ startsAt, endsAt, accountIds }) =>
          Array.from({ length: endsAt - startsAt }, (_, index) => `${startsAt + index}: ${accountIds.join(',')}`),
        )
        expect(found).toEqual(expected)
        if (!flag) continue
        flagged += 1
        const firstMinute = flag.overlaps[0]?.startsAt ?? -1
        // Without the one that brought it about, it would have begun later or not at all.
        const running = plan.filter(
          ({ coverId, startsAt, endsAt }) =>
            coverId === each.personId && startsAt <= firstMinute && firstMinute < endsAt,
        )
        expect(running).toContainEqual(flag.since)
        expect(flag.since.startsAt).toBe(Math.max(...running.map(({ startsAt }) => startsAt)))
        for (const [index, { startsAt }] of flag.overlaps.entries()) {
          const before = flag.overlaps[index - 1]
          if (before) expect(startsAt).toBeGreaterThanOrEqual(before.endsAt)
        }
      }
      expect(new Set(flags.map(({ shiftId }) => shiftId)).size).toBe(flags.length)
    }),
    { numRuns: 5000 },
  )
  expect(flagged).toBeGreaterThan(2000)
}, 60_000)
