import { expect, test } from 'vitest'
import { createClock } from '#simulator/clock.ts'

test('it runs at its speed and adds the steps', () => {
  let real = 0
  const clock = createClock(1000, 60, () => real)
  real = 500
  expect(clock.now()).toBe(31_000)
  clock.advanceBy(7)
  expect(clock.now()).toBe(31_007)
})

test('speed 0 moves only when stepped', () => {
  let real = 0
  const clock = createClock(1000, 0, () => real)
  real = 9_999_999
  expect(clock.now()).toBe(1000)
})

test('it never goes back', () => {
  expect(() => createClock(0, 1).advanceBy(-1)).toThrow('cannot go back')
})
