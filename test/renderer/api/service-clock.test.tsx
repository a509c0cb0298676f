import { expect, test } from 'vitest'
import { createServiceClock } from '#renderer/api/service-clock.ts'

test('time goes on as fast as the service says', () => {
  const { clock, pass } = aClockAt(0)
  clock.set({ now: 1_000_000, speed: 60 })
  pass(2000)
  expect(clock.now()).toBe(1_120_000)
})

test('a clock that only moves when stepped stands still', () => {
  const { clock, pass } = aClockAt(0)
  clock.set({ now: 1_000_000, speed: 0 })
  pass(60_000)
  expect(clock.now()).toBe(1_000_000)
})

test('the time shown changes only with a tick, and nothing ticks while nobody looks', () => {
  const { clock, pass, ticking, stopLooking } = aClockAt(500)
  expect(clock.now()).toBe(500)
  pass(1000)
  expect(clock.now()).toBe(1500)
  expect(ticking()).toBe(true)
  stopLooking()
  expect(ticking()).toBe(false)
})

test('after the machine slept what is shown is asked for again', () => {
  const { clock, pass, sleepFor, jumps } = aClockAt(0)
  clock.set({ now: 0, speed: 1 })
  pass(1000)
  expect(jumps()).toBe(0)
  sleepFor(3_600_000)
  pass(1000)
  expect(jumps()).toBe(1)
})

function aClockAt(start: number) {
  let elapsed = 0
  let slept = 0
  let tick: (() => void) | undefined
  let jumps = 0
  const clock = createServiceClock({
    elapsedMs: () => elapsed,
    wallMs: () => start + elapsed + slept,
    everySecond: (run) => {
      tick = run
      return () => (tick = undefined)
    },
    onJump: () => jumps++,
  })
  const stopLooking = clock.subscribe(() => {})
  return {
    stopLooking,
    clock,
    pass(ms: number) {
      elapsed += ms
      tick?.()
    },
    sleepFor: (ms: number) => (slept += ms),
    ticking: () => tick !== undefined,
    jumps: () => jumps,
  }
}
