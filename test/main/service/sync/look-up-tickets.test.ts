import { describe, expect, test } from 'vitest'
import type { Ticket } from '#core/tickets/ticket.ts'
import { listEvents } from '#service/db/events.ts'
import { nextLookUpAt, noteLookUps } from '#service/db/look-ups.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readFate } from '#service/db/ticket-fates.ts'
import { createLookUps, mergeTarget } from '#service/sync/look-up-tickets.ts'
import { RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'
import { lastPage } from '#test/support/scripted-sources.ts'
import { aComment, aSighting, hourMs, wednesday } from '#test/support/work-values.ts'
import { runDue, zendeskSetting } from '#test/support/zendesk-setting.ts'

const minuteMs = 60_000

/** What Zendesk says of a ticket that is asked for by its id: the ticket, or how it refuses. */
type Answer = Partial<Ticket> | RemoteFailureKind

function setUp(answers: Readonly<Record<number, Answer>>, words = 'merged into request #777') {
  const stored = Object.keys(answers).map(Number)
  const answerOf = (id: number) => {
    const answer = answers[id] ?? 'not-found'
    if (typeof answer === 'string') throw new RemoteFailure(answer, `Zendesk: ${answer}.`)
    return aSighting({ id, ...answer })
  }
  const setting = zendeskSetting({
    ticket: async (id) => lastPage(answerOf(id)),
    ticketsByIds: async (ids) =>
      lastPage(...ids.flatMap((id) => (typeof answers[id] === 'object' ? answerOf(id) : []))),
    comments: async (id) => lastPage(aComment({ id: id * 10, ticketId: id, text: words })),
  })
  const { db, sync, state, calls } = setting
  for (const id of stored) storeTicket(db, aSighting({ id }), wednesday)
  const before = stored.length
  const lookUps = createLookUps(sync)
  return {
    ...setting,
    lookUps,
    run: () =>
      runDue(
        () => [lookUps.job()],
        () => state.now,
      ),
    asked: () => calls.filter((call) => call.startsWith('ticket')),
    events: () => listEvents(db, before, 100).map(({ kind, subject }) => `${subject} ${kind}`),
  }
}

describe('a ticket that its list was without', () => {
  const later = { updatedAt: wednesday + 1000 }
  test.each<[string, Answer, string | null, readonly string[]]>([
    ['was deleted', 'not-found', 'deleted', ['ticket-deleted']],
    ['is out of our sight', 'forbidden', 'forbidden', ['ticket-forbidden']],
    ['moved to another organization', { organizationId: 2, ...later }, null, ['ticket-moved']],
    ['moved and was closed', { organizationId: 2, status: 'closed', ...later }, null, ['ticket-moved']],
    ['was archived', { status: 'closed', ...later }, 'archived', ['ticket-changed', 'ticket-archived']],
    [
      'was merged',
      { status: 'closed', tags: ['closed_by_merge'], ...later },
      'merged',
      ['ticket-changed', 'comment-added', 'ticket-merged'],
    ],
    ['is there as before: the list was late', {}, null, []],
  ])('%s', async (_, answer, fate, kinds) => {
    const { db, run, events } = setUp({ 101: answer })
    for (const why of ['not-listed', 'gone'] as const) {
      noteLookUps(db, [101], why)
      await run()
      expect([why, readFate(db, 101)?.fate, events()]).toEqual([why, fate, kinds.map((kind) => `ticket:101 ${kind}`)])
    }
    expect(nextLookUpAt(db)).toBeNull()
  })

  test('and was merged says into which', async () => {
    const { db, run } = setUp({ 101: { status: 'closed', tags: ['closed_by_merge'], ...later } })
    noteLookUps(db, [101], 'not-listed')
    await run()
    expect(readFate(db, 101)).toMatchObject({ mergedInto: 777 })
  })

  test('and was gone is back when it is there again', async () => {
    const answers: Record<number, Answer> = { 101: 'not-found' }
    const { db, run, events } = setUp(answers)
    noteLookUps(db, [101], 'gone')
    await run()
    answers[101] = {}
    noteLookUps(db, [101], 'gone')
    await run()
    expect(events()).toEqual(['ticket:101 ticket-deleted', 'ticket:101 ticket-back'])
    expect(readFate(db, 101)?.fate).toBeNull()
  })
})

describe('looking up', () => {
  test('asks for many at once, and one by one for those that are not in the answer', async () => {
    const { db, run, asked, events } = setUp({ 101: {}, 102: 'not-found', 103: 'forbidden', 104: {} })
    noteLookUps(db, [101, 102, 103, 104], 'not-listed')
    await run()
    expect(asked()).toEqual(['ticketsByIds 101,102,103,104', 'ticket 102', 'ticket 103'])
    expect(events()).toEqual(['ticket:102 ticket-deleted', 'ticket:103 ticket-forbidden'])
  })

  test('asks for twenty a minute one by one, and for the others after that', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => 101 + index)
    const { db, run, asked, state, lookUps } = setUp(Object.fromEntries(ids.map((id) => [id, 'not-found' as const])))
    noteLookUps(db, ids, 'gone')
    await run()
    expect(asked()).toHaveLength(20)
    expect(lookUps.job().dueAt).toBe(wednesday + minuteMs)
    state.now += minuteMs
    await run()
    expect(asked()).toHaveLength(25)
  })

  test('that fails by itself is tried again in an hour, and concludes nothing', async () => {
    const { db, run, asked, events, lookUps } = setUp({ 101: 'malformed', 102: 'not-found' })
    noteLookUps(db, [101, 102], 'gone')
    await run()
    expect([asked(), events()]).toEqual([['ticket 101', 'ticket 102'], ['ticket:102 ticket-deleted']])
    expect(lookUps.job().dueAt).toBe(wednesday + hourMs)
  })

  test.each(['offline', 'server', 'unauthorized', 'rate-limited'] as const)(
    'that fails for %s is no answer: it stays to be done',
    async (kind) => {
      const { db, run, events, lookUps } = setUp({ 101: kind })
      noteLookUps(db, [101], 'gone')
      await expect(run()).rejects.toMatchObject({ kind })
      expect([events(), lookUps.job().dueAt]).toEqual([[], 0])
    },
  )
})

describe('the ticket another one was merged into', () => {
  test.each<[readonly string[], number | null]>([
    [['Hello', 'This request was closed and merged into request #123 "Slow".'], 123],
    [['merged into ticket 123', 'thanks'], 123],
    [['merged into request #5', 'later merged into request #6'], 6],
    [['Diese Anfrage wurde in Anfrage #123 „Langsam“ zusammengeführt.'], 123],
    [['Diese Anfrage #101 ging in #123 auf.'], 123],
    [['See #5 and #6.'], null],
    [['See #5', 'Thanks.'], null],
    [['merged into request #101'], null],
    [['#99999999999999999999'], null],
    [[], null],
  ])('of %j is %s', (texts, target) => {
    expect(
      mergeTarget(
        texts.map((text) => ({ text })),
        101,
      ),
    ).toBe(target)
  })
})
