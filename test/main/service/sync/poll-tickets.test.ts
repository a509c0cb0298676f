import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readCursor, writeCursor } from '#service/db/cursors.ts'
import { readFact } from '#service/db/facts.ts'
import { createPolling } from '#service/sync/poll-tickets.ts'
import { overlapMs } from '#service/sync/read-newest-first.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { lastPage } from '#test/support/scripted-sources.ts'
import { aSighting, hourMs, wednesday } from '#test/support/work-values.ts'
import { runDue, zendeskSetting } from '#test/support/zendesk-setting.ts'

const minuteMs = 60_000
const forbidden = () => Promise.reject(new RemoteFailure('forbidden', 'Zendesk does not let you see this (403).'))

/** Each account has one ticket, with its own number; they changed an hour ago. */
function setUp(api: Partial<ZendeskApi> = {}, seed = 1) {
  const setting = zendeskSetting({
    ticketsOfOrganization: async (id) => lastPage(aSighting({ id, organizationId: id, updatedAt: wednesday - hourMs })),
    ...api,
  })
  const { sync, calls, roster, db } = setting
  const polling = createPolling(sync, { wishMs: () => minuteMs, seed })
  const jobs = () => polling.jobs(roster())
  const run = async () => {
    calls.length = 0
    await runDue(jobs, sync.now)
    return [...calls]
  }
  const plan = () => readFact(db, 'zendesk', 'poll-plan', z.object({ mode: z.string(), words: z.string() }))
  return {
    ...setting,
    polling,
    jobs,
    run,
    plan,
    stored: () => db.prepare('SELECT id FROM tickets ORDER BY id').pluck().all(),
  }
}

const eachAccount = ['ticketsOfOrganization 1', 'ticketsOfOrganization 2', 'ticketsOfOrganization 3']

describe('polling', () => {
  test('reads each account once to its end, and then one list of all tickets', async () => {
    const { run, jobs, state, plan } = setUp()
    expect(await run()).toEqual(eachAccount)
    expect(jobs().map(({ scope, alsoFor }) => [scope, alsoFor])).toEqual([
      ['tickets', ['organization:1', 'organization:2', 'organization:3']],
    ])
    state.now += 2 * minuteMs
    expect(await run()).toEqual(['allTickets null'])
    jobs()
    expect(plan()?.words).toBe('One list of all tickets: about 1 request a poll; per organization it would be 3.')
  })

  test('goes down to the watermark less its overlap, that instant included, and no further', async () => {
    const until = wednesday - hourMs - overlapMs
    const pages = [wednesday, until, until - 1, until - 2]
    const { run, state, stored, calls } = setUp({
      allTickets: async (cursor) => {
        const page = Number(cursor ?? 0)
        return { ...lastPage(aSighting({ id: 10 + page, updatedAt: pages[page] ?? 0 })), next: String(page + 1) }
      },
    })
    await run()
    state.now += 2 * minuteMs
    await run()
    expect(calls).toEqual(['allTickets null', 'allTickets 1', 'allTickets 2'])
    expect(stored()).toEqual([1, 2, 3, 10, 11, 12])
  })

  test('goes down to the watermark of the account that is furthest behind', async () => {
    const { db, run, state } = setUp({
      allTickets: async (cursor) => {
        const page = Number(cursor ?? 0)
        return {
          ...lastPage(aSighting({ id: 10 + page, updatedAt: wednesday - page * hourMs })),
          next: String(page + 1),
        }
      },
    })
    await run()
    writeCursor(db, 'zendesk', 'organization:2', { watermark: wednesday - 3 * hourMs })
    state.now += 2 * minuteMs
    expect(await run()).toHaveLength(5)
  })

  test('leaves no trace of tickets and people of other customers, unless they have to do with us', async () => {
    const stranger = { organizationId: 9, updatedAt: wednesday }
    const { db, run, state, stored } = setUp({
      allTickets: async () => ({
        ...lastPage(
          aSighting({ id: 50, requesterId: 900, assigneeId: 901, ...stranger }),
          aSighting({ id: 51, assigneeId: 11, ...stranger }),
          aSighting({ id: 52, ccIds: [11], ...stranger }),
          aSighting({ id: 53, followerIds: [11], ...stranger }),
          aSighting({ id: 2, requesterId: 501, ...stranger }),
        ),
        users: [900, 901, 501].map((id) => ({ id, name: `User ${id}`, role: null })),
      }),
    })
    await run()
    state.now += 2 * minuteMs
    await run()
    expect(stored()).toEqual([1, 2, 3, 51, 52, 53])
    expect(db.prepare('SELECT id FROM users').pluck().all()).toEqual([501])
    expect(db.prepare('SELECT organization_id FROM tickets WHERE id = 2').pluck().get()).toBe(9)
  })

  test('moves every account on, and keeps one nobody follows any more out of it', async () => {
    const { db, run, state } = setUp({ allTickets: async () => lastPage(aSighting({ id: 1, updatedAt: wednesday })) })
    await run()
    state.now += 2 * minuteMs
    await run()
    for (const id of [1, 2, 3]) {
      expect(readCursor(db, 'zendesk', `organization:${id}`)).toMatchObject({
        watermark: wednesday,
        completedAt: state.now,
      })
    }
  })

  test('asks for each account where one list is refused, and tries that again after an hour', async () => {
    const { run, state, plan } = setUp({ allTickets: forbidden })
    await run()
    state.now += 2 * minuteMs
    expect(await run()).toEqual(['allTickets null', ...eachAccount])
    expect(plan()?.words).toBe('Per organization: 3 requests a poll; this sign-in may not list all tickets.')
    state.now += 2 * minuteMs
    expect(await run()).toEqual(eachAccount)
    state.now += hourMs
    expect((await run())[0]).toBe('allTickets null')
  })

  test('after a silence asks for each account where one list is too long, which says nothing of what polls take', async () => {
    const { run, state, plan, jobs } = setUp({
      allTickets: async () => ({
        ...lastPage(aSighting({ id: 9, organizationId: 9, updatedAt: state.now })),
        next: 'on',
      }),
    })
    await run()
    state.now += hourMs
    expect(await run()).toEqual([
      ...Array.from({ length: 6 }, (_, page) => (page === 0 ? 'allTickets null' : 'allTickets on')),
      ...eachAccount,
    ])
    jobs()
    expect(plan()?.mode).toBe('all-tickets')
    state.now += 2 * minuteMs
    expect((await run()).slice(-3)).toEqual(eachAccount)
    expect(plan()?.words).toBe('Per organization: 3 requests a poll; one list of all tickets took more than 6.')
  })
})

describe('the pace', () => {
  test('follows what one poll takes, our own cap and what is left of the budget', async () => {
    const { run, polling, state, jobs } = setUp({ allTickets: forbidden })
    expect(polling.everyMs()).toBe(minuteMs)
    await run()
    state.now += 2 * minuteMs
    await run()
    state.meter = { perMinute: 2 }
    jobs()
    expect(polling.everyMs()).toBe(3 * minuteMs)
    state.meter = { perMinute: 2, budget: { limit: 700, remaining: 50, asOf: state.now } }
    expect(polling.everyMs()).toBe(12 * minuteMs)
  })

  test('is each Understudy’s own', async () => {
    const dueOf = async (seed: number) => {
      const { run, jobs } = setUp({}, seed)
      await run()
      return (jobs()[0]?.dueAt ?? 0) - wednesday
    }
    const [one, other] = [await dueOf(1), await dueOf(2)]
    expect(one).not.toBe(other)
    for (const due of [one, other]) expect(Math.abs(due - minuteMs)).toBeLessThanOrEqual(minuteMs / 10)
  })
})

test('how far a first reading has come is told', async () => {
  const { run, said } = setUp()
  await run()
  expect(said[0]).toEqual({ words: 'Reading tickets of Acme: 1 so far', done: 1, total: null })
})
