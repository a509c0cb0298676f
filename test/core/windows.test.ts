import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinedWindows, windowsWithout } from '#core/windows.ts'

const window = (startsAt: number, endsAt: number) => ({ startsAt, endsAt })

test('windows that meet or overlap are one', () => {
  const windows = [window(5, 9), window(0, 2), window(2, 4), window(6, 7), window(8, 12)]
  expect(joinedWindows(windows)).toEqual([window(0, 4), window(5, 12)])
  expect(joinedWindows([])).toEqual([])
})

test('what is taken leaves the rest', () => {
  expect(windowsWithout([window(0, 10)], [window(2, 3), window(3, 5), window(9, 20)])).toEqual([
    window(0, 2),
    window(5, 9),
  ])
  expect(windowsWithout([window(0, 10), window(10, 12)], [])).toEqual([window(0, 12)])
  expect(windowsWithout([window(0, 10)], [window(-1, 10)])).toEqual([])
})

test('for any windows, an instant is left when it lies in one and in none of those taken', () => {
  const anyWindows = fc.array(
    fc.tuple(fc.nat({ max: 40 }), fc.integer({ min: 1, max: 15 })).map(([from, length]) => window(from, from + length)),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(anyWindows, anyWindows, (windows, taken) => {
      const left = windowsWithout(windows, taken)
      const within = (instant: number, among: readonly { startsAt: number; endsAt: number }[]) =>
        among.some(({ startsAt, endsAt }) => startsAt <= instant && instant < endsAt)
      for (let instant = 0; instant < 60; instant += 1) {
        expect(within(instant, left)).toBe(within(instant, windows) && !within(instant, taken))
      }
      for (const [index, { startsAt, endsAt }] of left.entries()) {
        expect(startsAt).toBeLessThan(endsAt)
        expect(startsAt).toBeGreaterThan(left[index - 1]?.endsAt ?? -1)
      }
    }),
    { numRuns: 2000 },
  )
})
