import { expect, test } from 'vitest'
import { createPace } from '#service/outbox/pace.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'

test('what is put off again and again is put off longer and longer, five minutes at most', () => {
  const clock = createSteppedClock(0)
  const pace = createPace(clock)
  const waits = Array.from({ length: 6 }, () => {
    pace.postpone('row 1')
    return pace.readyAt('row 1')
  })
  expect(waits).toEqual([5000, 15_000, 45_000, 135_000, 300_000, 300_000])
  expect(pace.timesPostponed('row 1')).toBe(6)
  expect(pace.readyAt('row 2')).toBe(0)
  pace.forget('row 1')
  expect([pace.readyAt('row 1'), pace.timesPostponed('row 1')]).toEqual([0, 0])
})

test('a hold grows until something works, is never shortened by another one, and keeps to what was asked for', () => {
  const clock = createSteppedClock(1000)
  const pace = createPace(clock)
  pace.hold(30_000)
  expect(pace.heldUntil).toBe(31_000)
  pace.hold(1000)
  expect(pace.heldUntil).toBe(31_000)
  clock.step(30_000)
  pace.hold(null)
  expect(pace.heldUntil - clock.now()).toBe(45_000)
  clock.step(45_000)
  pace.worked()
  pace.hold(null)
  expect(pace.heldUntil - clock.now()).toBe(5000)
})

test('when everything may be tried now, it is not forgotten how often it failed', () => {
  const pace = createPace(createSteppedClock(0))
  pace.hold(null)
  pace.postpone('row 1')
  pace.ready()
  expect([pace.heldUntil, pace.readyAt('row 1')]).toEqual([0, 0])
  pace.postpone('row 1')
  expect(pace.readyAt('row 1')).toBe(15_000)
})
