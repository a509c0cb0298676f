import { describe, expect, test } from 'vitest'
import { listCursors } from '#service/db/cursors.ts'
import { countEvents } from '#service/db/events.ts'
import { listTickets } from '#service/db/read-tickets.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { createSync, type Sync } from '#service/sync/create-sync.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { lastOfGitlab, lastPage, scriptedSources, type SourceScript } from '#test/support/scripted-sources.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'
import { aComment, aSighting, anIssue, aWorkspace, wednesday } from '#test/support/work-values.ts'

function setUp(script: SourceScript | null = {}) {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  const clock = createSteppedClock(wednesday)
  const stopping = new AbortController()
  const log = createSilentLog()
  const scripted = script && scriptedSources(script)
  const states: string[] = []
  const finished: { source: string; scope: string }[] = []
  const sync = createSync({
    db,
    sources: scripted ? scripted.sources : null,
    clock,
    log,
    stopping: stopping.signal,
    everySeconds: () => 60,
    workSince: () => 0,
    onPage: () => undefined,
    onStep: (source, scope) => finished.push({ source, scope }),
    onState: () => states.push(sync.state),
  })
  const problems = () => Object.fromEntries(listCursors(db).map((cursor) => [cursor.scope, cursor.problem]))
  return { db, clock, stopping, log, sync, states, finished, problems, calls: scripted?.calls ?? [] }
}

const offline = new RemoteFailure('offline', 'Zendesk cannot be reached.')

/** A promise that a test settles when it wants to. */
function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

/** Waits until the run that is under way has ended, and what follows from that. */
const settled = async (sync: Sync) => {
  do await new Promise((resolve) => setImmediate(resolve))
  while (sync.state === 'syncing')
}

describe('a run', () => {
  test('stores what both sources have and counts what changed, requests and events', async () => {
    const { db, sync, finished, calls } = setUp({
      zendesk: {
        ticketsOfOrganization: async (id) => (id === 1 ? lastPage(aSighting(), aSighting({ id: 102 })) : lastPage()),
        comments: async (ticketId) => lastPage(aComment({ id: ticketId * 10, ticketId })),
      },
      gitlab: {
        labelledIssues: async ({ path }) => (path === 'customers/acme' ? lastOfGitlab(anIssue()) : lastOfGitlab()),
      },
    })
    expect(await sync.run()).toEqual({ tickets: 2, comments: 2, issues: 1, events: 5, requests: 21, problems: [] })
    expect(calls).toHaveLength(21)
    const scopesOf = (name: string) => finished.filter(({ source }) => source === name).map(({ scope }) => scope)
    expect(scopesOf('zendesk')).toEqual([
      ...['organization:1', 'organization:2', 'tickets', 'organization:3', 'clocks'],
      ...['assigned-to-me', 'with-me-on-cc', 'followed-by-me'],
      ...['organization-record:1', 'organization-record:2', 'organization-record:3', 'conversations'],
    ])
    expect(scopesOf('gitlab')).toEqual(['label:1', 'label:2', 'epics:1', 'epics:2'])
    const events = countEvents(db)
    expect(await sync.run()).toMatchObject({ tickets: 0, comments: 0, issues: 0, events: 0, problems: [] })
    expect(countEvents(db)).toBe(events)
  })

  test('without any source does nothing and is well', async () => {
    const { sync } = setUp(null)
    expect(await sync.run()).toEqual({ tickets: 0, comments: 0, issues: 0, events: 0, requests: 0, problems: [] })
    expect(sync.state).toBe('idle')
  })

  test('tells of each step when it has ended, also of one that failed', async () => {
    const { sync, finished } = setUp({
      zendesk: {
        ticketsOfOrganization: async () => {
          throw new RemoteFailure('server', 'Zendesk has trouble of its own (502).')
        },
      },
      gitlab: null,
    })
    await sync.run()
    expect(finished).toContainEqual({ source: 'zendesk', scope: 'organization:1' })
  })

  test('is joined by whoever asks while it is under way', async () => {
    const { opened, open } = gate()
    const { sync, calls } = setUp({ zendesk: { ticketsOfOrganization: () => opened.then(() => lastPage()) } })
    const first = sync.run()
    const second = sync.run()
    expect(second).toBe(first)
    open()
    await first
    expect(calls.filter((call) => call === 'ticketsOfOrganization 1')).toHaveLength(1)
    const third = sync.run()
    expect(third).not.toBe(first)
    await third
  })
})

describe('a stream that fails', () => {
  test('leaves its words and does not keep the others from being read', async () => {
    const forbidden = new RemoteFailure('forbidden', 'Zendesk does not let you see this (403).')
    const { db, sync, problems } = setUp({
      zendesk: {
        ticketsOfOrganization: async (id) => {
          if (id === 1) throw forbidden
          return lastPage(aSighting({ id: 200 + id, organizationId: id }))
        },
      },
    })
    const result = await sync.run()
    expect(result.problems).toEqual([{ source: 'zendesk', scope: 'organization:1', problem: forbidden.message }])
    expect(listTickets(db, { afterId: 0, limit: 9, organizationId: undefined }).map((ticket) => ticket.id)).toEqual([
      202, 203,
    ])
    expect(problems()).toMatchObject({ 'organization:1': forbidden.message, 'organization:2': null, 'label:1': null })
    expect(sync.state).toBe('error')
  })

  test('takes its words back once it was read', async () => {
    let fails = true
    const { sync, problems } = setUp({
      zendesk: {
        ticketsOfOrganization: async () => {
          if (fails) throw new RemoteFailure('server', 'Zendesk has trouble of its own (502).')
          return lastPage()
        },
      },
    })
    await sync.run()
    expect(problems()['organization:1']).toContain('502')
    fails = false
    await sync.run()
    expect(problems()['organization:1']).toBeNull()
    expect(sync.state).toBe('idle')
  })

  test('by a bug is told in plain words, and the bug goes to the log', async () => {
    const { sync, log, problems } = setUp({
      zendesk: { ticketsOfOrganization: () => Promise.reject(new TypeError('x is not a function')) },
    })
    await sync.run()
    expect(problems()['organization:1']).toBe('Tickets of Acme could not be stored. The log says why.')
    expect(log.lines.filter((line) => line.level === 'error')).toHaveLength(3)
    expect(JSON.stringify(problems())).not.toContain('not a function')
  })
})

describe('a source that cannot be reached', () => {
  test('is asked once, has every stream say so, and leaves the other source alone', async () => {
    const { sync, calls, problems } = setUp({ zendesk: { ticketsOfOrganization: () => Promise.reject(offline) } })
    const { problems: told } = await sync.run()
    expect(calls).toEqual([
      'ticketsOfOrganization 1',
      'place customers/acme',
      'labelledIssues [object Object]',
      'place customers/borealis',
      'labelledIssues [object Object]',
      'probeEpics rest',
      'labelledEpics rest',
      'labelledEpics rest',
    ])
    expect(told.map(({ scope }) => scope)).toEqual([
      ...['organization:1', 'organization:2', 'organization:3', 'clocks'],
      ...['assigned-to-me', 'with-me-on-cc', 'followed-by-me'],
      ...['organization-record:1', 'organization-record:2', 'organization-record:3'],
    ])
    expect(problems()).toMatchObject({
      'organization:3': offline.message,
      'assigned-to-me': offline.message,
      'label:1': null,
    })
    expect(sync.state).toBe('offline')
  })

  test.each(['timeout', 'unauthorized', 'rate-limited'] as const)(
    'ends its part of the run for %s, too',
    async (kind) => {
      const { sync, calls } = setUp({
        zendesk: { ticketsOfOrganization: () => Promise.reject(new RemoteFailure(kind, 'It did not work.')) },
        gitlab: null,
      })
      await sync.run()
      expect(calls).toEqual(['ticketsOfOrganization 1'])
      expect(sync.state).toBe(kind === 'timeout' ? 'offline' : 'error')
    },
  )
})

describe('a conversation that cannot be read', () => {
  const three = [1, 2, 3].map((id) => aSighting({ id, updatedAt: wednesday - id }))
  const failing = (kind: 'not-found' | 'malformed' | 'offline') =>
    setUp({
      zendesk: {
        ticketsOfOrganization: async (id) => (id === 1 ? lastPage(...three) : lastPage()),
        comments: async (ticketId) => {
          if (ticketId === 1) throw new RemoteFailure(kind, `Zendesk: ${kind}.`)
          return lastPage(aComment({ id: ticketId, ticketId }))
        },
      },
    })

  test('of a ticket that is gone keeps no other from being read, and is no problem', async () => {
    const { sync } = failing('not-found')
    expect(await sync.run()).toMatchObject({ comments: 2, problems: [] })
  })

  test('for its shape is told, after the others were read', async () => {
    const { sync, problems } = failing('malformed')
    expect(await sync.run()).toMatchObject({ comments: 2, problems: [{ scope: 'conversations' }] })
    expect(problems()).toMatchObject({ conversations: 'Zendesk: malformed.', 'organization:1': null })
  })

  test('because the source is away ends the source', async () => {
    const { sync, calls } = failing('offline')
    expect(await sync.run()).toMatchObject({ comments: 0 })
    expect(calls.filter((call) => call.startsWith('comments'))).toEqual(['comments 1'])
  })
})

describe('the state', () => {
  test('goes from idle through syncing to what the run left', async () => {
    let fails = false
    const { sync, states } = setUp({
      zendesk: {
        ticketsOfOrganization: async () => {
          if (fails) throw offline
          return lastPage()
        },
      },
    })
    expect(sync.state).toBe('idle')
    await sync.run()
    fails = true
    await sync.run()
    fails = false
    await sync.run()
    const told = states.filter((state, index) => state !== states[index - 1])
    expect(told).toEqual(['syncing', 'idle', 'syncing', 'offline', 'syncing', 'idle'])
  })

  test('is an error when one source is away and the other refuses', async () => {
    const { sync } = setUp({
      zendesk: { ticketsOfOrganization: () => Promise.reject(offline) },
      gitlab: { labelledIssues: () => Promise.reject(new RemoteFailure('forbidden', 'No.')) },
    })
    await sync.run()
    expect(sync.state).toBe('error')
  })
})

describe('the schedule', () => {
  test('runs at once and then a minute later, a tenth more or less, whenever something is due', async () => {
    const { sync, clock, calls } = setUp({
      zendesk: { ticketsOfOrganization: async (id) => lastPage(aSighting({ id: 100 + id, organizationId: id })) },
      gitlab: null,
    })
    const polls = () => calls.filter((call) => call === 'allTickets null').length
    sync.start()
    expect(sync.state).toBe('syncing')
    await settled(sync)
    for (const poll of [1, 2, 3]) {
      expect(polls()).toBe(poll)
      const next = sync.nextRunAt ?? 0
      expect(next - clock.now()).toBeGreaterThanOrEqual(54_000)
      expect(next - clock.now()).toBeLessThanOrEqual(60_000)
      clock.step(next - clock.now() - 1)
      await settled(sync)
      expect(polls()).toBe(poll)
      clock.step(1)
      expect(sync.nextRunAt).toBeNull()
      await settled(sync)
    }
    await sync.stop()
    expect(clock.waitingFor).toEqual([])
  })

  test('goes on after a run that failed', async () => {
    const { sync, clock } = setUp({
      zendesk: { ticketsOfOrganization: () => Promise.reject(offline) },
      gitlab: null,
    })
    sync.start()
    await settled(sync)
    expect(clock.waitingFor).toEqual([wednesday + 60_000])
  })

  test('ends with the service: what is under way stops after its page, tells no problem and is not followed by another', async () => {
    const { opened, open } = gate()
    const { sync, stopping, clock, calls, problems } = setUp({
      zendesk: {
        ticketsOfOrganization: async () => {
          await opened
          throw new RemoteFailure('aborted', 'Zendesk was not asked to the end because Understudy is stopping.')
        },
      },
      gitlab: null,
    })
    sync.start()
    stopping.abort()
    const stopped = sync.stop()
    open()
    await stopped
    await settled(sync)
    expect(calls).toEqual(['ticketsOfOrganization 1'])
    expect(problems()).toEqual({})
    expect(clock.waitingFor).toEqual([])
  })
})
