import { describe, expect, test } from 'vitest'
import { isLive, isRunning, nextBreach, type SlaClock } from '#core/tickets/ticket.ts'

const clock = (stage: string, breachAt: number | null, metric = 'next_reply_time'): SlaClock => ({
  metric,
  stage,
  breachAt,
})

describe('the next breach', () => {
  test('is the earliest among running clocks', () => {
    const first = clock('active', 100, 'first_reply_time')
    expect(nextBreach([clock('active', 300), first, clock('active', 200)])).toEqual(first)
  })

  test('is never a paused clock, with or without a time', () => {
    expect(nextBreach([clock('paused', 100), clock('paused', null), clock('achieved', 50)])).toBeNull()
    expect(isRunning(clock('paused', 100))).toBe(false)
  })

  test('can lie in the past: a clock that ran out stays active in Zendesk', () => {
    expect(nextBreach([clock('active', -5000), clock('active', 100)])?.breachAt).toBe(-5000)
    expect(nextBreach([clock('breached', -5000)])?.breachAt).toBe(-5000)
  })

  test('takes time zero for a time, and a clock without one for none', () => {
    expect(nextBreach([clock('active', 0)])?.breachAt).toBe(0)
    expect(nextBreach([clock('active', null)])).toBeNull()
    expect(nextBreach([])).toBeNull()
  })

  test('leaves stages nobody has told us of alone', () => {
    expect(nextBreach([clock('fulfilled', 100)])).toBeNull()
  })
})

test('solved and closed end the work on a ticket, every other status is live', () => {
  const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed', 'custom']
  expect(statuses.filter((status) => isLive({ status }))).toEqual(['new', 'open', 'pending', 'hold', 'custom'])
})
