import { describe, expect, test } from 'vitest'
import { readCursor } from '#service/db/cursors.ts'
import { createJobRunner } from '#service/sync/job-runner.ts'
import { never, type SyncJob } from '#service/sync/sync-job.ts'
import { RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { wednesday } from '#test/support/work-values.ts'

const minuteMs = 60_000

interface Scripted {
  readonly scope: string
  readonly rank?: number
  readonly onDemand?: boolean
  readonly quiet?: boolean
  readonly alsoFor?: readonly string[]
  /** Slices it is read in. */
  readonly slices?: number
  /** When it is due for the first time; from then on it is due a minute after it was done. */
  readonly dueAt?: number
  /** Whether running it leaves it as due as it was. */
  readonly isIdle?: boolean
  readonly fails?: () => Error | null
}

function setUp(...scripts: readonly Scripted[]) {
  const db = memoryDatabase()
  const stopping = new AbortController()
  const log = createSilentLog()
  const state = { now: wednesday, askedAgain: 0 }
  const ran: string[] = []
  const told: string[] = []
  const jobs = scripts.map(({ scope, slices = 1, dueAt = 0, isIdle, fails, ...parts }): SyncJob => {
    let due = dueAt
    let left = slices
    return {
      ...{ source: 'zendesk', scope, name: `Job ${scope}`, rank: 0, onDemand: false, ...parts },
      get dueAt() {
        return due
      },
      run: async () => {
        ran.push(scope)
        const failure = fails?.()
        if (failure) throw failure
        left -= 1
        if (left > 0) return 'more'
        left = slices
        if (!isIdle) due = state.now + minuteMs
        return 'done'
      },
    }
  })
  const runner = createJobRunner({
    ...{ db, source: 'zendesk', log, stopping: stopping.signal, now: () => state.now, jobs: () => jobs },
    retryMs: () => minuteMs,
    askAgain: () => void (state.askedAgain += 1),
    onStep: (scope) => told.push(scope),
  })
  const problemOf = (scope: string) => readCursor(db, 'zendesk', scope).problem
  return { runner, state, jobs, ran, told, log, stopping, problemOf }
}

const failure = (kind: RemoteFailureKind, parts = {}) => new RemoteFailure(kind, `Zendesk: ${kind}.`, parts)

describe('what is due', () => {
  test('is run by rank, equal ones in turn slice by slice, until nothing is', async () => {
    const { runner, ran, told } = setUp(
      { scope: 'late', dueAt: wednesday + minuteMs },
      { scope: 'a', rank: 1, slices: 2 },
      { scope: 'b', rank: 1, slices: 3, quiet: true },
      { scope: 'first', slices: 2 },
    )
    await runner.run()
    expect(ran).toEqual(['first', 'first', 'a', 'b', 'a', 'b', 'b'])
    // A quiet one is told of when it is done.
    expect(told).toEqual(['first', 'first', 'a', 'a', 'b'])
    expect(runner.nextAt()).toBe(wednesday + minuteMs)
  })

  test('in a moment goes along with what is due now, once, and is not begun for its own sake', async () => {
    const { runner, state, ran } = setUp(
      { scope: 'soon', dueAt: wednesday + 5000, isIdle: true },
      { scope: 'a', rank: 1, dueAt: wednesday + 1 },
    )
    await runner.run()
    expect(ran).toEqual([])
    state.now += 1
    await runner.run()
    expect(ran).toEqual(['soon', 'a'])
  })

  test('on demand is run whenever a person asks, each time once', async () => {
    const { runner, state, ran } = setUp({ scope: 'asked', onDemand: true }, { scope: 'other' })
    await runner.run()
    runner.demand()
    await runner.run()
    await runner.run()
    expect(ran).toEqual(['asked', 'other', 'asked'])
    expect(state.askedAgain).toBe(1)
  })

  test('is left when the service stops', async () => {
    const { runner, ran, stopping, problemOf } = setUp(
      { scope: 'a', fails: () => (stopping.abort(), failure('aborted')) },
      { scope: 'b' },
    )
    expect(await runner.run()).toEqual([])
    expect([ran, problemOf('a')]).toEqual([['a'], null])
  })

  test('never is at no time', () => {
    expect(setUp().runner.nextAt()).toBeNull()
    expect(setUp({ scope: 'a', dueAt: never }).runner.nextAt()).toBeNull()
  })
})

describe('a job that fails', () => {
  test('is told with all it stands for, keeps no other from being run, and is tried again later', async () => {
    let fails = true
    const { runner, state, ran, told, problemOf } = setUp(
      { scope: 'a', alsoFor: ['b', 'c'], fails: () => (fails ? failure('server') : null) },
      { scope: 'other' },
    )
    expect(await runner.run()).toEqual([{ source: 'zendesk', scope: 'a', problem: 'Zendesk: server.' }])
    expect(['a', 'b', 'c', 'other'].map(problemOf)).toEqual([
      ...Array.from({ length: 3 }, () => 'Zendesk: server.'),
      null,
    ])
    expect([ran, told]).toEqual([
      ['a', 'other'],
      ['a', 'other'],
    ])
    expect([runner.failures(), runner.nextAt()]).toEqual([['server'], wednesday + minuteMs])
    fails = false
    state.now += minuteMs
    await runner.run()
    expect(runner.failures()).toEqual([])
  })

  test.each<[RemoteFailureKind, object, readonly number[]]>([
    ['server', {}, [1, 1, 1]],
    ['malformed', {}, [1, 1, 1]],
    ['forbidden', {}, [1, 2, 4, 8, 15, 15]],
    ['not-found', {}, [1, 2, 4, 8, 15, 15]],
    ['offline', {}, [1, 1, 1]],
    ['rate-limited', { retryAfterMs: 5 * minuteMs }, [5, 5]],
    ['unauthorized', {}, [15, 15]],
  ])('as %s waits %j %j minutes', async (kind, parts, minutes) => {
    const { runner, state } = setUp({ scope: 'a', fails: () => failure(kind, parts) })
    for (const wait of minutes) {
      await runner.run()
      expect(runner.nextAt()).toBe(state.now + wait * minuteMs)
      state.now += wait * minuteMs
    }
  })

  test('because of the source ends the run for all that is due, and a person who asks ends the waiting', async () => {
    let fails = true
    const { runner, ran, problemOf } = setUp(
      { scope: 'a', onDemand: true, fails: () => (fails ? failure('unauthorized') : null) },
      { scope: 'b' },
      { scope: 'later', dueAt: wednesday + minuteMs },
    )
    expect((await runner.run()).map(({ scope }) => scope)).toEqual(['a', 'b'])
    expect([ran, problemOf('b'), problemOf('later')]).toEqual([['a'], 'Zendesk: unauthorized.', null])
    expect(runner.nextAt()).toBe(wednesday + 15 * minuteMs)
    fails = false
    runner.demand()
    expect(await runner.run()).toEqual([])
    expect([ran, runner.failures()]).toEqual([['a', 'b', 'a'], []])
  })

  test('does not wait for a time that a wrong clock named', async () => {
    const { runner, state } = setUp({ scope: 'a', fails: () => failure('forbidden') })
    state.now = wednesday + 365 * 24 * 60 * minuteMs
    await runner.run()
    state.now = wednesday
    expect(runner.nextAt()).toBe(0)
  })

  test('by a bug is told in plain words, and the bug goes to the log', async () => {
    const { runner, log } = setUp({ scope: 'a', fails: () => new TypeError('x is not a function') })
    expect(await runner.run()).toMatchObject([{ problem: 'Job a could not be stored. The log says why.' }])
    expect(log.lines.map(({ level }) => level)).toEqual(['error'])
  })

  test('and is not there any more has not failed: nobody follows its account', async () => {
    const { runner, jobs, problemOf } = setUp(
      { scope: 'gone', fails: () => (void jobs.shift(), failure('not-found')) },
      { scope: 'stays', fails: () => failure('server') },
    )
    expect((await runner.run()).map(({ scope }) => scope)).toEqual(['stays'])
    expect(problemOf('gone')).toBeNull()
    jobs.length = 0
    await runner.run()
    expect(runner.failures()).toEqual([])
  })
})
