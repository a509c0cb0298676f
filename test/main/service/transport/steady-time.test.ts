import { expect, test } from 'vitest'
import { createSteadyTime } from '#service/transport/steady-time.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'

test('goes with its clock, stands still when that is set back, and goes on from there', () => {
  const clock = createSteppedClock(1000)
  const time = createSteadyTime(clock)
  clock.step(50)
  expect(time.now()).toBe(1050)
  clock.step(-500)
  expect(time.now()).toBe(1050)
  clock.step(20)
  expect(time.now()).toBe(1070)
  clock.step(-30)
  clock.step(10)
  expect([time.now(), clock.now()]).toEqual([1070, 550])
  expect(time.onClock(1100)).toBe(580)
  expect(time.onClock(1100.2)).toBe(581)
})

test('wakes after as much time as was left, also on a clock that was set back', () => {
  const clock = createSteppedClock(1000)
  const time = createSteadyTime(clock)
  clock.step(-400)
  time.now()
  const woken: string[] = []
  time.wakeAt(1100, () => woken.push('at 1100'))
  const cancel = time.wakeAt(1100, () => woken.push('cancelled'))
  cancel()
  clock.step(99)
  expect(woken).toEqual([])
  clock.step(1)
  expect(woken).toEqual(['at 1100'])
})
