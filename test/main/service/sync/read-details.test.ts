import { describe, expect, test } from 'vitest'
import type { TicketAudit } from '#core/tickets/audit.ts'
import { readCursor } from '#service/db/cursors.ts'
import { dueLookUps } from '#service/db/look-ups.ts'
import { readAudits } from '#service/db/store-audits.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { createDetails } from '#service/sync/read-details.ts'
import { RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'
import type { ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { lastPage } from '#test/support/scripted-sources.ts'
import { aComment, aSighting, hourMs, wednesday } from '#test/support/work-values.ts'
import { runDue, zendeskSetting } from '#test/support/zendesk-setting.ts'

const minuteMs = 60_000
const anAudit = (id: number): TicketAudit => ({
  id,
  ticketId: 101,
  authorId: 12,
  createdAt: wednesday,
  changes: [{ kind: 'changed', field: 'status', from: 'new', to: 'open', public: null }],
})
const refuse = (kind: RemoteFailureKind) => () => Promise.reject(new RemoteFailure(kind, `Zendesk: ${kind}.`))

function setUp(count: number, api: Partial<ZendeskApi> = {}) {
  const setting = zendeskSetting(api)
  const { db, sync, calls, roster } = setting
  for (let id = 101; id < 101 + count; id += 1) storeTicket(db, aSighting({ id }), wednesday)
  const details = createDetails(sync)
  const jobs = () => [details.job(roster())]
  const run = async () => {
    calls.length = 0
    await runDue(jobs, sync.now)
    return [...calls]
  }
  return { ...setting, details, job: () => details.job(roster()), run }
}

describe('a history', () => {
  test('goes on where it ended, and begins anew where Zendesk no longer knows that place', async () => {
    const asked: (string | null)[] = []
    const { db, run } = setUp(1, {
      audits: async (_, cursor) => {
        asked.push(cursor)
        if (cursor === 'lost') throw new RemoteFailure('rejected', 'Zendesk: 400.')
        if (cursor === 'second') return { ...lastPage(anAudit(2)), resume: 'end' }
        return cursor === null
          ? { ...lastPage(anAudit(1)), next: 'second', resume: 'second' }
          : { ...lastPage(anAudit(3)), resume: 'lost' }
      },
    })
    await run()
    for (const later of [1, 2]) {
      storeTicket(db, aSighting({ updatedAt: wednesday + later }), wednesday)
      await run()
    }
    expect(asked).toEqual([null, 'second', 'end', 'lost', null, 'second'])
    expect(readAudits(db, 101).map(({ id }) => id)).toEqual([1, 2, 3])
  })

  test('that nobody may read keeps no conversation from being read, and is asked for again after an hour', async () => {
    const { run, state, job, db } = setUp(3, { audits: refuse('forbidden') })
    expect(await run()).toEqual(['comments 101', 'audits 101', 'comments 102', 'comments 103'])
    expect([job().dueAt, dueLookUps(db, wednesday, 9)]).toEqual([Number.POSITIVE_INFINITY, []])
    state.now += hourMs
    expect((await run())[0]).toBe('audits 101')
  })
})

describe('a ticket whose conversation cannot be read', () => {
  test.each(['not-found', 'forbidden'] as const)('for %s is looked up, and nothing failed', async (kind) => {
    const { db, run } = setUp(1, { comments: refuse(kind) })
    expect(await run()).toEqual(['comments 101'])
    expect(dueLookUps(db, wednesday, 9)).toEqual([{ ticketId: 101, why: 'gone' }])
    expect(readCursor(db, 'zendesk', 'conversations')).toMatchObject({ problem: null, completedAt: wednesday })
  })

  test('for its shape is tried again after ten minutes, or when a person asks', async () => {
    const { run, state, details, calls } = setUp(1, { comments: refuse('malformed') })
    await expect(run()).rejects.toMatchObject({ kind: 'malformed' })
    expect(calls).toEqual(['comments 101', 'audits 101'])
    state.now += 10 * minuteMs - 1
    expect(await run()).toEqual([])
    state.now += 1
    await expect(run()).rejects.toMatchObject({ kind: 'malformed' })
    expect(await run()).toEqual([])
    details.askAgain()
    await expect(run()).rejects.toMatchObject({ kind: 'malformed' })
  })
})

test('how far a long reading has come is told', async () => {
  const { run, said } = setUp(20, { comments: async (id) => lastPage(aComment({ id, ticketId: id })) })
  await run()
  expect(said[0]).toEqual({ words: 'Reading conversations', done: 0, total: 20 })
  expect(said.at(-1)).toEqual({ words: 'Reading conversations', done: 19, total: 20 })
  const short = setUp(19)
  await short.run()
  expect(short.said).toEqual([])
})
