import { expect, test } from 'vitest'
import { isWithin, overlapOf } from '#core/instant.ts'

test('a window holds its first instant and not its last', () => {
  const window = { startsAt: 10, endsAt: 20 }
  expect([9, 10, 19, 20].map((instant) => isWithin(instant, window))).toEqual([false, true, true, false])
})

test('two windows overlap in what both hold, and not at all where they only touch', () => {
  const window = { startsAt: 10, endsAt: 20 }
  expect(overlapOf(window, { startsAt: 15, endsAt: 30 })).toEqual({ startsAt: 15, endsAt: 20 })
  expect(overlapOf({ startsAt: 0, endsAt: 100 }, window)).toEqual(window)
  expect(overlapOf(window, { startsAt: 20, endsAt: 30 })).toBeUndefined()
  expect(overlapOf(window, { startsAt: 21, endsAt: 30 })).toBeUndefined()
})
