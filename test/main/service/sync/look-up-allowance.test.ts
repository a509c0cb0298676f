import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLookUpAllowance } from '#service/sync/look-up-allowance.ts'
import { wednesday } from '#test/support/work-values.ts'

const pace = { mostInSlice: 5, mostInMinute: 20 }

function setUp(limits = pace) {
  const time = { now: wednesday }
  return { time, allowance: createLookUpAllowance(() => time.now, limits) }
}

test('a slice has no more than a slice may, and a minute no more than a minute may', () => {
  const { allowance } = setUp()
  const slices = Array.from({ length: 6 }, () => {
    const left = allowance.left()
    allowance.spend(left)
    return left
  })
  expect(slices).toEqual([5, 5, 5, 5, 0, 0])
})

test('what a minute has left after some slices is less than a slice', () => {
  const { allowance } = setUp({ mostInSlice: 8, mostInMinute: 20 })
  allowance.left()
  allowance.spend(8)
  allowance.spend(8)
  expect(allowance.left()).toBe(4)
})

test('looking spends nothing', () => {
  const { allowance } = setUp()
  for (let times = 0; times < 100; times += 1) expect(allowance.left()).toBe(5)
})

test('a minute begins with the first look, and the next one when it says', () => {
  const { allowance, time } = setUp()
  allowance.left()
  expect(allowance.renewsAt()).toBe(wednesday + 60_000)
  allowance.spend(20)
  time.now = allowance.renewsAt() - 1
  expect(allowance.left()).toBe(0)
  time.now += 1
  expect(allowance.left()).toBe(5)
  expect(allowance.renewsAt()).toBe(wednesday + 120_000)
})

test('a clock that was set back begins a new minute: nobody waits for an hour that was', () => {
  const { allowance, time } = setUp()
  allowance.left()
  allowance.spend(20)
  time.now -= 3_600_000
  expect(allowance.left()).toBe(5)
  expect(allowance.renewsAt()).toBe(time.now + 60_000)
})

test('whoever spends what is left never spends more than twice a minute’s in any minute', () => {
  const steps = fc.array(fc.integer({ min: 0, max: 45_000 }), { maxLength: 60 })
  fc.assert(
    fc.property(steps, (pauses) => {
      const { allowance, time } = setUp()
      const spent: { at: number; count: number }[] = []
      for (const pause of pauses) {
        time.now += pause
        const count = allowance.left()
        allowance.spend(count)
        spent.push({ at: time.now, count })
      }
      for (const { at } of spent) {
        const inMinute = spent.filter((one) => one.at >= at && one.at < at + 60_000)
        const sum = inMinute.reduce((total, { count }) => total + count, 0)
        expect(sum).toBeLessThanOrEqual(2 * pace.mostInMinute)
      }
      expect(allowance.left()).toBeGreaterThanOrEqual(0)
    }),
  )
})
