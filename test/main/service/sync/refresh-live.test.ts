import { describe, expect, test } from 'vitest'
import { dueLookUps } from '#service/db/look-ups.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { settleFate } from '#service/db/ticket-fates.ts'
import { createLiveRefresh } from '#service/sync/refresh-live.ts'
import type { SlaPath } from '#service/zendesk/probe.ts'
import type { ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { lastPage } from '#test/support/scripted-sources.ts'
import { aSighting, hourMs, wednesday } from '#test/support/work-values.ts'
import { runDue, zendeskSetting } from '#test/support/zendesk-setting.ts'

const minuteMs = 60_000
const clocks = (breachAt: number) => ({ clocks: [{ metric: 'next_reply_time', stage: 'active', breachAt }] })
const sighting = (id: number, breachAt = wednesday + id) => aSighting({ id }, clocks(breachAt))

/** Unsolved tickets 1 to `count` of Acme; one of a lower number breaches earlier. */
function setUp(slaPath: SlaPath, count: number, api: Partial<ZendeskApi> = {}) {
  const setting = zendeskSetting({
    ticketsByIds: async (ids) => lastPage(...ids.map((id) => sighting(id, wednesday + hourMs + id))),
    ticket: async (id) => lastPage(sighting(id, wednesday + hourMs + id)),
    ...api,
  })
  const { db, sync, state, calls, roster } = setting
  state.slaPath = slaPath
  for (let id = 1; id <= count; id += 1) storeTicket(db, sighting(id), wednesday)
  const live = createLiveRefresh(sync)
  const jobs = () => live.jobs(roster())
  const run = async () => {
    calls.length = 0
    await runDue(jobs, sync.now)
    return [...calls]
  }
  const breachOf = (id: number) => db.prepare('SELECT next_breach_at FROM tickets WHERE id = ?').pluck().get(id)
  return { ...setting, live, jobs, run, breachOf }
}

describe('SLA clocks are told anew by the cheapest way that was found', () => {
  test('a hundred tickets a call, every ten minutes, those that were told of late left out', async () => {
    const { run, state, sync, breachOf, jobs } = setUp('show-many', 150)
    const first = await run()
    expect(first.map((call) => call.split(',').length)).toEqual([100, 50])
    expect(breachOf(150)).toBe(wednesday + hourMs + 150)
    expect(jobs().map(({ scope, dueAt }) => [scope, dueAt])).toEqual([['clocks', wednesday + 10 * minuteMs]])
    state.now += 10 * minuteMs
    for (let id = 1; id < 149; id += 1) sync.sightings.seen(sighting(id), state.now - minuteMs)
    expect(await run()).toEqual(['ticketsByIds 149,150'])
  })

  test('of those that a person waits for, whatever is older than a moment', async () => {
    const { run, state, live } = setUp('show-many', 1)
    await run()
    state.now += 10 * minuteMs
    await run()
    state.now += 10 * minuteMs - 1
    expect(await run()).toEqual([])
    live.askAgain()
    state.now += 1
    expect(await run()).toEqual(['ticketsByIds 1'])
  })

  test('one by one: each minute the one that breaches first, and the one that waited longest', async () => {
    const { run, state } = setUp('single', 4, {
      ticketsByIds: async (ids) => lastPage(...ids.map((id) => aSighting({ id }, { clocks: null }))),
    })
    const asked: (readonly string[])[] = []
    for (let minute = 0; minute < 3; minute += 1) {
      asked.push(await run())
      state.now += minuteMs
    }
    // Whether they are there is asked of all of them together; that tells no clocks.
    expect(asked).toEqual([['ticket 1', 'ticket 2', 'ticketsByIds 3,4'], ['ticket 3', 'ticket 4'], []])
  })

  test('by the list of each account, down to where it has no unsolved tickets, or all were met', async () => {
    const pages: Record<string, readonly [readonly number[], string | null]> = {
      null: [[3], 'b'],
      b: [[1, 2], 'c'],
      c: [[], null],
    }
    const asked: (string | null)[] = []
    const { run, breachOf } = setUp('organization-list', 3, {
      ticketsOfOrganization: async (_, cursor) => {
        asked.push(cursor)
        const [ids, next] = pages[String(cursor)] ?? [[], null]
        return { ...lastPage(...ids.map((id) => sighting(id, wednesday + hourMs))), next }
      },
    })
    expect(await run()).toEqual(['ticketsOfOrganization 1', 'ticketsOfOrganization 1'])
    expect(asked).toEqual([null, 'b'])
    expect(breachOf(1)).toBe(wednesday + hourMs)
  })

  test('by searching, page after page; whether they are still there is asked by id every hour', async () => {
    const { run, state, breachOf, jobs } = setUp('search', 2, {
      liveTicketsBySearch: async (_, page) => ({
        ...lastPage(sighting(page, wednesday + hourMs)),
        next: page === 1 ? 2 : null,
      }),
    })
    expect(await run()).toEqual(['liveTicketsBySearch 1', 'liveTicketsBySearch 1', 'ticketsByIds 1,2'])
    expect(breachOf(2)).toBe(wednesday + hourMs + 2)
    expect(jobs().map(({ scope, dueAt }) => [scope, dueAt - wednesday])).toEqual([
      ['clocks', 10 * minuteMs],
      ['live-tickets', hourMs],
    ])
    state.now += 10 * minuteMs
    expect(await run()).toEqual(['liveTicketsBySearch 1', 'liveTicketsBySearch 1'])
  })

  test('not at all where no way tells them: then the tickets alone are asked for, every hour', async () => {
    const { run, jobs } = setUp('none', 2)
    expect(jobs().map(({ scope }) => scope)).toEqual(['live-tickets'])
    expect(await run()).toEqual(['ticketsByIds 1,2'])
  })
})

describe('a ticket that an answer is without', () => {
  test.each(['show-many', 'none'] as const)('is looked up by its id, never just dropped (%s)', async (path) => {
    const { db, run } = setUp(path, 3, { ticketsByIds: async () => lastPage(sighting(1)) })
    await run()
    expect(dueLookUps(db, wednesday, 9)).toEqual([
      { ticketId: 2, why: 'gone' },
      { ticketId: 3, why: 'gone' },
    ])
  })

  test('is looked up where it was asked for alone', async () => {
    const { db, run } = setUp('single', 1)
    const gone = setUp('single', 1, { ticket: zendeskSetting().sync.api('detail').ticket })
    await run()
    await gone.run()
    expect(dueLookUps(db, wednesday, 9)).toEqual([])
    expect(dueLookUps(gone.db, wednesday, 9)).toEqual([{ ticketId: 1, why: 'gone' }])
  })

  test('with most of the others is doubted: one that is there all the same shows that the answer is no good', async () => {
    const { db, run } = setUp('show-many', 9, { ticketsByIds: async () => lastPage() })
    await expect(run()).rejects.toMatchObject({ kind: 'malformed' })
    expect(dueLookUps(db, wednesday, 9)).toEqual([])
  })

  test('and went as late as a month ago is asked for along with the others, in case it is back', async () => {
    const { db, run, state } = setUp('show-many', 3)
    settleFate(db, 2, 'deleted', wednesday - 31 * 24 * hourMs)
    settleFate(db, 3, 'forbidden', wednesday)
    expect(await run()).toEqual(['ticketsByIds 1,3'])
    state.now += 10 * minuteMs
    expect(await run()).toEqual(['ticketsByIds 1,3'])
  })
})
