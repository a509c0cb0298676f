import { describe, expect, test } from 'vitest'
import { choosePollPlan, measured, mostPages, unmeasured, type PollNeeds } from '#service/sync/poll-plan.ts'
import { hourMs, wednesday } from '#test/support/work-values.ts'

const plan = (parts: Partial<PollNeeds> = {}) =>
  choosePollPlan({ ready: 8, accounts: 8, measure: unmeasured, now: wednesday, ...parts })
const measure = (pages: number | null, refused: 'forbidden' | 'too-long' | null = null) => ({
  pages,
  refused,
  at: wednesday,
})

describe('a plan', () => {
  test.each<[Partial<PollNeeds>, string, string]>([
    [{ ready: 0, accounts: 0 }, 'per-organization', 'Per organization: there is no account yet.'],
    [{ ready: 1, accounts: 1 }, 'per-organization', 'Per organization: there is one account, so one request a poll.'],
    [
      { ready: 1, accounts: 8 },
      'per-organization',
      'Per organization: 7 of 8 accounts are being read for the first time.',
    ],
    [{}, 'all-tickets', 'One list of all tickets: not measured yet; per organization it would be 8 requests a poll.'],
    [
      { measure: measure(1) },
      'all-tickets',
      'One list of all tickets: about 1 request a poll; per organization it would be 8.',
    ],
    [
      { ready: 2, measure: measure(1.84) },
      'all-tickets',
      'One list of all tickets: about 1.8 requests a poll; per organization it would be 2.',
    ],
    [
      { ready: 2, measure: measure(2) },
      'per-organization',
      'Per organization: 2 requests a poll; one list of all tickets takes about 2.',
    ],
    [
      { measure: measure(null, 'forbidden') },
      'per-organization',
      'Per organization: 8 requests a poll; this sign-in may not list all tickets.',
    ],
    [
      { measure: measure(null, 'too-long') },
      'per-organization',
      'Per organization: 8 requests a poll; one list of all tickets took more than 11.',
    ],
  ])('for %j is %s', (parts, mode, words) => {
    expect(plan(parts)).toEqual({ mode, words })
  })

  test('that was refused or dear is tried again after an hour', () => {
    for (const old of [measure(null, 'forbidden'), measure(null, 'too-long'), measure(30)]) {
      expect(plan({ measure: old, now: wednesday + hourMs - 1 }).mode).toBe('per-organization')
      expect(plan({ measure: old, now: wednesday + hourMs }).mode).toBe('all-tickets')
    }
  })
})

describe('a measure', () => {
  test('is a running mean in which the latest poll counts a fifth', () => {
    const first = measured(unmeasured, 10, wednesday)
    expect(first).toEqual({ pages: 10, refused: null, at: wednesday })
    expect(measured(first, 5, wednesday + 60_000)).toEqual({ pages: 9, refused: null, at: wednesday + 60_000 })
  })

  test('begins anew after a refusal, and when it is an hour old', () => {
    expect(measured(measure(null, 'too-long'), 2, wednesday + 1)).toMatchObject({ pages: 2, refused: null })
    expect(measured(measure(10), 2, wednesday + hourMs)).toMatchObject({ pages: 2 })
  })

  test('is not taken from more pages than asking for each organization would take, and a few', () => {
    expect([mostPages(2), mostPages(30)]).toEqual([5, 33])
  })
})
