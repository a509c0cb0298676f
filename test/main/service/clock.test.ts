import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClock } from '#service/clock.ts'
import { hourMs, wednesday } from '#test/support/work-values.ts'

beforeEach(() => void vi.useFakeTimers({ now: wednesday }))
afterEach(() => void vi.useRealTimers())

/** When a call came, by the clock that was asked for it. */
function wakings(clock: ReturnType<typeof createClock>) {
  const at: number[] = []
  return { at, wake: () => void at.push(clock.now()) }
}

describe('the computer’s own clock', () => {
  test('shows its time and wakes at the instant, once', () => {
    const clock = createClock()
    const { at, wake } = wakings(clock)
    expect(clock.now()).toBe(wednesday)
    expect(clock.speed).toBe(1)
    clock.wakeAt(wednesday + 5000, wake)
    vi.advanceTimersByTime(4999)
    expect(at).toEqual([])
    vi.advanceTimersByTime(60_000)
    expect(at).toEqual([wednesday + 5000])
  })

  test('wakes soon, but not at once, for an instant that has passed', () => {
    const clock = createClock()
    const { at, wake } = wakings(clock)
    clock.wakeAt(wednesday - hourMs, wake)
    expect(at).toEqual([])
    vi.advanceTimersByTime(1)
    expect(at).toHaveLength(1)
  })

  test('never wakes for what was cancelled, before or between its naps', () => {
    const clock = createClock()
    const { at, wake } = wakings(clock)
    clock.wakeAt(wednesday + 10, wake)()
    const cancel = clock.wakeAt(wednesday + hourMs, wake)
    vi.advanceTimersByTime(hourMs / 2)
    cancel()
    cancel()
    vi.advanceTimersByTime(2 * hourMs)
    expect(at).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('notices within half a minute that the machine slept or the clock was set forward', () => {
    const clock = createClock()
    const { at, wake } = wakings(clock)
    clock.wakeAt(wednesday + 8 * hourMs, wake)
    vi.advanceTimersByTime(1000)
    vi.setSystemTime(wednesday + 9 * hourMs)
    vi.advanceTimersByTime(30_000)
    expect(at).toHaveLength(1)
  })

  test('does not wake early when the clock is set back', () => {
    const clock = createClock()
    const { at, wake } = wakings(clock)
    clock.wakeAt(wednesday + 20_000, wake)
    vi.advanceTimersByTime(10_000)
    vi.setSystemTime(wednesday - hourMs)
    vi.advanceTimersByTime(30_000)
    expect(at).toEqual([])
    vi.advanceTimersByTime(hourMs)
    expect(at).toHaveLength(1)
    expect(at[0]).toBeGreaterThanOrEqual(wednesday + 20_000)
  })

  test('wakes for an instant months ahead, further than a timer reaches', () => {
    const clock = createClock()
    const { at, wake } = wakings(clock)
    clock.wakeAt(wednesday + 60 * 24 * hourMs, wake)
    vi.advanceTimersByTime(1000)
    vi.setSystemTime(wednesday + 60 * 24 * hourMs - 5)
    vi.advanceTimersByTime(29_000)
    expect(at.length).toBe(1)
  })
})

describe('a clock of a sample', () => {
  test('begins at its own time and runs at its own speed', () => {
    const clock = createClock({ now: 1_000_000, speed: 60 })
    const { at, wake } = wakings(clock)
    clock.wakeAt(1_000_000 + hourMs, wake)
    vi.advanceTimersByTime(59_000)
    expect(clock.now()).toBe(1_000_000 + 59 * 60_000)
    expect(at).toEqual([])
    vi.advanceTimersByTime(1000)
    expect(at).toEqual([1_000_000 + hourMs])
  })

  test('that stands still wakes nobody for what is to come, and everybody for what has passed', () => {
    const clock = createClock({ now: 1_000_000, speed: 0 })
    const { at, wake } = wakings(clock)
    clock.wakeAt(1_000_001, wake)
    vi.advanceTimersByTime(hourMs)
    expect(clock.now()).toBe(1_000_000)
    expect(at).toEqual([])
    clock.wakeAt(1_000_000, wake)
    vi.advanceTimersByTime(1)
    expect(at).toHaveLength(1)
  })
})
