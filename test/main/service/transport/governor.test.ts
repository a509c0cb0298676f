import { describe, expect, test } from 'vitest'
import { createGovernor, type GovernorOptions, type Urgency } from '#service/transport/governor.ts'
import type { RateNotice } from '#service/transport/rate-headers.ts'
import type { HostPause } from '#service/transport/recent-calls.ts'
import { RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'

const start = Date.UTC(2026, 10, 21, 8)
const nothing: RateNotice = { waitMs: null, account: null, endpoints: new Map() }
const server = () => new RemoteFailure('server', 'Zendesk has trouble of its own (500).', { status: 500 })

/** A governor on a stepped clock, and calls that say when they go out. */
function governed(more: Partial<GovernorOptions> = {}) {
  const clock = createSteppedClock(start)
  const stopping = new AbortController()
  const log = createSilentLog()
  const governor = createGovernor({
    name: 'Zendesk',
    log,
    signal: stopping.signal,
    clock,
    perMinute: () => null,
    ...more,
  })
  const went: string[] = []
  const failed: (readonly [string, RemoteFailureKind, string])[] = []

  /** Makes a call that ends in the next turn as told; answers when it has ended. */
  async function call(
    name: string,
    urgency: Urgency = 'poll',
    end: { readonly told?: Partial<RateNotice>; readonly failure?: RemoteFailure; readonly route?: string } = {},
  ): Promise<void> {
    const place = governor.enter(urgency, end.route ?? `GET /${name}`)
    try {
      await governor.turn(place, null)
    } catch (error) {
      if (!(error instanceof RemoteFailure)) throw error
      failed.push([name, error.kind, error.message])
      return
    }
    went.push(name)
    await turns()
    governor.end(place, { ...nothing, ...end.told }, end.failure ?? null)
  }

  const calls = (count: number, urgency?: Urgency) =>
    Array.from({ length: count }, (_each, index) => call(`${urgency ?? 'poll'}-${index + 1}`, urgency))

  /** Steps the clock and lets everything run that may. */
  async function step(ms: number) {
    clock.step(ms)
    await turns(100)
  }

  return { governor, clock, stopping, log, went, failed, call, calls, step }
}

async function turns(count = 1): Promise<void> {
  for (let index = 0; index < count; index += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('the order of calls', () => {
  test('is people, polls, conversations, sweeps, and within each of them who asked first', async () => {
    const { call, went } = governed()
    await Promise.all([
      call('first', 'sweep'),
      call('sweep 1', 'sweep'),
      call('detail', 'detail'),
      call('poll 1', 'poll'),
      call('sweep 2', 'sweep'),
      call('poll 2', 'poll'),
      call('person', 'person'),
    ])
    expect(went).toEqual(['first', 'person', 'poll 1', 'poll 2', 'detail', 'sweep 1', 'sweep 2'])
  })
})

describe('our own pace', () => {
  test('lets 18 of 20 go at once and the rest as places come free, in any minute', async () => {
    const { calls, went, step, governor } = governed({ perMinute: () => 20 })
    const all = calls(40)
    await step(0)
    expect(went).toHaveLength(18)
    expect(governor.meter()).toMatchObject({
      queued: 22,
      perMinute: 20,
      requestsLastMinute: 18,
      waiting: {
        reason: 'own-pace',
        until: start + 60_000,
        words: 'Understudy asks Zendesk at most 20 times a minute, and that is reached.',
      },
    })
    await step(59_999)
    expect(went).toHaveLength(18)
    await step(1)
    expect(went).toHaveLength(36)
    await step(60_000)
    await Promise.all(all)
    expect(went).toHaveLength(40)
    expect(governor.meter()).toMatchObject({ queued: 0, waiting: null, requestsLastMinute: 4, requestsLastHour: 40 })
    await step(3_600_000)
    expect(governor.meter()).toMatchObject({ requestsLastMinute: 0, requestsLastHour: 0 })
  })

  test('keeps two places for people who would wait longer than ten seconds', async () => {
    const { calls, call, went, step } = governed({ perMinute: () => 20 })
    const all = calls(25)
    await step(0)
    for (const name of ['a', 'b', 'c']) void call(name, 'person')
    await step(0)
    expect(went.slice(18)).toEqual(['a', 'b'])
    await step(60_000)
    expect(went[20]).toBe('c')
    await Promise.all(all)
  })

  test('lets a person wait ten seconds and no longer for an ordinary place', async () => {
    const { calls, call, went, step } = governed({ perMinute: () => 20 })
    await Promise.all(calls(18))
    await step(50_000)
    void call('patient', 'person')
    await step(9_999)
    expect(went).not.toContain('patient')
    await step(1)
    expect(went).toContain('patient')
  })

  test('of few places keeps none or one, so that the others are not left without', async () => {
    for (const [perMinute, atOnce] of [
      [1, 1],
      [3, 3],
      [4, 3],
      [8, 6],
    ] as const) {
      const { calls, went, step, stopping } = governed({ perMinute: () => perMinute })
      void Promise.all(calls(10))
      await step(0)
      expect(went).toHaveLength(atOnce)
      stopping.abort()
    }
  })

  test('follows the setting while calls wait', async () => {
    let perMinute: number | null = 4
    const { calls, went, step } = governed({ perMinute: () => perMinute })
    const all = calls(10)
    await step(0)
    perMinute = null
    await step(60_000)
    await Promise.all(all)
    expect(went).toHaveLength(10)
  })

  test('holds over a restart, and the hour’s figures too', async () => {
    const calls = Array.from({ length: 18 }, (_each, index) => start - 1000 * (18 - index))
    const noted: number[] = []
    const history = { load: () => [start - 1_800_000, ...calls], add: (at: number) => void noted.push(at) }
    const { governor, call, went, step } = governed({ perMinute: () => 20, history })
    const polled = call('poll')
    await step(0)
    expect(went).toEqual([])
    expect(governor.meter()).toMatchObject({ requestsLastMinute: 18, requestsLastHour: 19 })
    await step(42_000)
    await polled
    expect(noted).toEqual([start + 42_000])
  })

  test('counts calls that a clock which was ahead has noted as just made', async () => {
    const history = { load: () => [start + 5_000_000], add: () => undefined }
    const { call, went, step } = governed({ perMinute: () => 1, history })
    void call('poll')
    await step(59_999)
    expect(went).toEqual([])
    await step(1)
    expect(went).toEqual(['poll'])
  })

  test('is not disturbed by a clock that is set back', async () => {
    const { call, went, step, clock } = governed({ perMinute: () => 1 })
    await call('first')
    clock.step(-3_600_000)
    void call('second')
    await step(59_999)
    expect(went).toEqual(['first'])
    await step(1)
    expect(went).toEqual(['first', 'second'])
  })

  test('goes on from memory where calls cannot be noted, and says so in the log', async () => {
    const broken = () => {
      throw new Error('disk full')
    }
    const { calls, went, step, log } = governed({
      perMinute: () => 2,
      history: { load: broken, add: broken, loadPause: broken, savePause: broken },
    })
    const all = calls(3)
    await step(0)
    expect(went).toHaveLength(2)
    await step(60_000)
    await Promise.all(all)
    expect(log.lines.filter((line) => line.level === 'warn').length).toBeGreaterThanOrEqual(3)
  })
})

describe('a host that asks to wait', () => {
  const asked = (waitMs: number) => ({ told: { waitMs } })

  test('stops the queue, people included, and the meter says why and until when', async () => {
    const { call, went, step, governor } = governed()
    await call('first', 'poll', asked(20_000))
    void call('poll')
    void call('person', 'person')
    await step(19_999)
    expect(went).toEqual(['first'])
    expect(governor.meter()).toMatchObject({
      queued: 2,
      waiting: {
        reason: 'asked-to-wait',
        until: start + 20_000,
        words: 'Zendesk asks to wait. Understudy goes on by itself afterwards.',
      },
    })
    await step(1)
    expect(went).toEqual(['first', 'person', 'poll'])
    expect(governor.meter().waiting).toBeNull()
  })

  test('for longer than 90 s ends the calls that wait, people’s too, and says until when', async () => {
    const { call, went, failed, step } = governed()
    const first = call('first', 'poll', asked(90_001))
    void call('person', 'person')
    await Promise.all([first, call('poll'), call('sweep', 'sweep')])
    const words = 'Zendesk asks to wait until 09:01:31. Understudy goes on by itself afterwards.'
    expect(failed).toEqual([
      // Nobody looks at a spinner for an hour, and nothing comes back to a person by itself.
      ['person', 'rate-limited', 'Zendesk asks to wait. Try again at 09:01:31.'],
      ['poll', 'rate-limited', words],
      ['sweep', 'rate-limited', words],
    ])
    await step(2)
    void call('later')
    void call('person again', 'person')
    await step(89_999)
    expect(went).toEqual(['first', 'person again', 'later'])
  })

  test('is not overridden by a shorter wait that is told later', async () => {
    const { governor, call, went, step } = governed()
    const early = governor.enter('poll', 'GET /a')
    await governor.turn(early, null)
    governor.end(early, { ...nothing, waitMs: 50_000 }, null)
    void call('next')
    governor.end(early, { ...nothing, waitMs: 1000 }, null)
    await step(49_999)
    expect(went).toEqual([])
    await step(1)
    expect(went).toEqual(['next'])
  })

  test('is still left alone after a restart, also on a clock that was set back meanwhile', async () => {
    let saved: HostPause | null = null
    const history = {
      load: () => [],
      add: () => undefined,
      loadPause: () => saved,
      savePause: (pause: HostPause | null) => void (saved = pause),
    }
    const before = governed({ history })
    await before.call('first', 'poll', asked(60_000))
    expect(saved).toEqual({ since: start, until: start + 60_000, reason: 'asked-to-wait' })
    const after = governed({ history })
    void after.call('second')
    await after.step(59_999)
    expect(after.went).toEqual([])
    await after.step(1)
    expect(after.went).toEqual(['second'])
    expect(saved).toBeNull()

    saved = { since: start + 5_000_000, until: start + 5_030_000, reason: 'budget-low' }
    const later = governed({ history })
    void later.call('third')
    expect(later.governor.meter().waiting).toMatchObject({ reason: 'budget-low', until: start + 30_000 })
    await later.step(30_000)
    expect(later.went).toEqual(['third'])
  })
})

describe('a budget that is nearly used up', () => {
  const low = { limit: 700, remaining: 70, resetsInMs: 30_000 }

  test('stops everybody, and is remembered over a restart', async () => {
    let saved: HostPause | null = null
    const history = {
      load: () => [],
      add: () => undefined,
      savePause: (pause: HostPause | null) => void (saved = pause),
    }
    const { call, went, step, governor } = governed({ history })
    await call('first', 'poll', { told: { account: low } })
    expect(saved).toEqual({ since: start, until: start + 30_000, reason: 'budget-low' })
    void call('person', 'person')
    await step(29_999)
    expect(went).toEqual(['first'])
    expect(governor.meter()).toMatchObject({
      budget: { limit: 700, remaining: 70, asOf: start },
      waiting: { reason: 'budget-low', until: start + 30_000 },
    })
    await step(1)
    expect(went).toEqual(['first', 'person'])
  })

  test('for longer than 90 s ends the calls that wait and says when they go on', async () => {
    const { call, failed } = governed()
    await call('first', 'poll', { told: { account: { ...low, resetsInMs: 600_000 } } })
    await call('next')
    expect(failed).toEqual([
      [
        'next',
        'rate-limited',
        'Little is left of what your company may ask of Zendesk at present (70 of 700); it is left to people and other tools. Understudy goes on at 09:10.',
      ],
    ])
  })

  test('keeps the limit that was told before when only the rest is told', async () => {
    const { call, went, step } = governed()
    await call('first', 'poll', { told: { account: { limit: 700, remaining: 600, resetsInMs: 30_000 } } })
    await call('second', 'poll', { told: { account: { limit: null, remaining: 60, resetsInMs: 30_000 } } })
    void call('third')
    await step(29_999)
    expect(went).toEqual(['first', 'second'])
  })

  test('of one endpoint is told by the meter when every call that waits draws on it', async () => {
    const { call, went, step, governor } = governed()
    const route = 'GET /api/v2/search'
    const endpoints = new Map([['search-index', { limit: 2500, remaining: 250, resetsInMs: 40_000 }]])
    await call('search', 'poll', { route, told: { endpoints } })
    void call('again', 'poll', { route })
    await call('other')
    await step(0)
    expect(went).toEqual(['search', 'other'])
    expect(governor.meter()).toMatchObject({ waiting: { reason: 'budget-low', until: start + 40_000 } })
    await step(40_000)
    expect(went).toEqual(['search', 'other', 'again'])
  })
})

describe('a host that fails again and again', () => {
  /** Five calls that fail, so that the host is left alone. */
  async function broken() {
    const all = governed()
    for (let index = 0; index < 5; index += 1) await all.call(`bad ${index}`, 'poll', { failure: server() })
    all.went.length = 0
    return all
  }

  test('is left alone for 30 s: calls fail at once in the words of the last failure', async () => {
    const { call, went, failed, step, governor } = await broken()
    await call('poll')
    expect(failed).toEqual([['poll', 'server', 'Zendesk has trouble of its own (500).']])
    expect(governor.meter().waiting).toMatchObject({ reason: 'unreachable', until: start + 30_000 })
    await step(30_000)
    await call('probe')
    await call('next')
    expect(went).toEqual(['probe', 'next'])
  })

  test('is looked at by one call afterwards, and left alone for longer when that fails', async () => {
    const { call, went, failed, step } = await broken()
    await step(30_000)
    await Promise.all([call('probe', 'poll', { failure: server() }), call('behind')])
    expect(went).toEqual(['probe'])
    expect(failed.map(([name]) => name)).toEqual(['behind'])
    await step(59_999)
    await call('too early')
    await step(1)
    await call('in time')
    expect(went).toEqual(['probe', 'in time'])
  })

  test('is asked at once for a person, and by everybody when that works', async () => {
    const { call, went } = await broken()
    await call('person', 'person')
    await call('poll')
    expect(went).toEqual(['person', 'poll'])
  })

  test('is not asked twice for the same person', async () => {
    const { governor } = await broken()
    const place = governor.enter('person', 'GET /x')
    await governor.turn(place, null)
    const failure = server()
    governor.end(place, nothing, failure)
    await expect(governor.turn(place, { failure, backOffMs: 0 })).rejects.toBe(failure)
  })

  test('is asked again at once when the network comes back, but never before it wants to be', async () => {
    const { governor, call, went, step } = await broken()
    governor.reachableAgain()
    await call('poll', 'poll', { told: { waitMs: 10_000 } })
    governor.reachableAgain()
    void call('after')
    await step(9_999)
    expect(went).toEqual(['poll'])
    await step(1)
    expect(went).toEqual(['poll', 'after'])
  })

  test('and the network coming back also ends the wait between two tries', async () => {
    const { governor } = governed()
    const place = governor.enter('poll', 'GET /x')
    await governor.turn(place, null)
    const failure = server()
    governor.end(place, nothing, failure)
    const again = governor.turn(place, { failure, backOffMs: 8000 })
    expect(governor.meter()).toMatchObject({
      queued: 1,
      waiting: { reason: 'unreachable', until: start + 8000, words: 'Zendesk has trouble of its own (500).' },
    })
    governor.reachableAgain()
    await expect(again).resolves.toBeUndefined()
  })
})

describe('news of the meter', () => {
  test('come when waiting begins and ends, also when no call waits, and at most once a second', async () => {
    let news = 0
    const { call, step, governor } = governed({ onMeter: () => (news += 1) })
    await call('fine')
    expect(news).toBe(0)
    await call('first', 'poll', { told: { waitMs: 500 } })
    expect(news).toBe(1)
    await step(500)
    expect([governor.meter().waiting, news]).toEqual([null, 1])
    await step(500)
    expect(news).toBe(2)
    await call('second', 'poll', { told: { waitMs: 300 } })
    await step(300)
    await step(700)
    // It began and ended within a second: there is nothing to tell.
    expect(news).toBe(2)
    await step(10_000)
    await call('third', 'poll', { told: { waitMs: 5000 } })
    await step(5000)
    expect(news).toBe(4)
  })
})

describe('stopping', () => {
  test('ends everything that waits', async () => {
    const { call, failed, stopping } = governed()
    await call('first', 'poll', { told: { waitMs: 60_000 } })
    const waiting = Promise.all([call('poll'), call('person', 'person')])
    stopping.abort()
    await waiting
    expect(failed.map(([name, kind]) => [name, kind])).toEqual([
      ['person', 'aborted'],
      ['poll', 'aborted'],
    ])
  })
})
