import { describe, expect, test } from 'vitest'
import type { RemoteRequest } from '#service/transport/transport.ts'
import { createZendeskWrites } from '#service/zendesk/zendesk-writes.ts'
import { wednesday } from '#test/support/work-values.ts'

/** Writes whose answers are given by hand, one after the other; the last one is repeated. */
function writesThatGet(...bodies: readonly unknown[]) {
  const requests: RemoteRequest[] = []
  const writes = createZendeskWrites('https://acme.zendesk.com', async (request) => {
    const body = bodies[Math.min(requests.length, bodies.length - 1)]
    requests.push(request)
    return { status: 200, headers: new Headers(), body }
  })
  return { writes, requests }
}

const stamp = wednesday
const followers = [{ user_id: 11, action: 'put' }] as const
const job = (parts: object) => ({ job_status: { id: 'j', status: 'completed', results: [], ...parts } })

describe('a change', () => {
  test('carries both parts of a safe update, with whole seconds, and is a person’s', async () => {
    const { writes, requests } = writesThatGet({ ticket: { id: 101 } })
    await writes.update({ ticketId: 101, change: { followers }, stamp })
    expect(requests).toMatchObject([
      {
        method: 'PUT',
        url: 'https://acme.zendesk.com/api/v2/tickets/101.json',
        headers: { 'Content-Type': 'application/json' },
        urgency: 'person',
      },
    ])
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      ticket: { followers: [{ user_id: 11, action: 'put' }], safe_update: true, updated_stamp: '2026-11-18T09:00:00Z' },
    })
  })

  test.each([[{}], [null], [{ ticket: { id: 102 } }], [[]]])(
    'whose answer is %j may have been made: nobody knows',
    async (body) => {
      const { writes } = writesThatGet(body)
      await expect(writes.update({ ticketId: 101, change: { followers }, stamp })).rejects.toMatchObject({
        kind: 'malformed',
        mayHaveArrived: true,
      })
    },
  )

  test('of many tickets names each with its own stamp, and answers with the job', async () => {
    const { writes, requests } = writesThatGet(job({ status: 'queued', results: null }))
    const orders = [101, 102].map((ticketId) => ({ ticketId, change: { followers }, stamp: stamp + ticketId * 1000 }))
    expect(await writes.updateMany(orders)).toBe('j')
    const { tickets } = JSON.parse(requests[0]?.body ?? '') as { tickets: object[] }
    expect(tickets).toMatchObject([
      { id: 101, safe_update: true, updated_stamp: '2026-11-18T09:01:41Z' },
      { id: 102, safe_update: true, updated_stamp: '2026-11-18T09:01:42Z' },
    ])
  })
})

describe('a job', () => {
  const read = (parts: object) => writesThatGet(job(parts)).writes.job('j')

  test.each(['queued', 'working', 'some new word'])('that is %s is still running', async (status) => {
    expect(await read({ status, progress: 3, total: 9 })).toEqual({ state: 'running', done: 3, total: 9 })
  })

  test.each(['failed', 'killed'])('that %s is over', async (status) => {
    expect(await read({ status, message: 'No.', results: null })).toEqual({ state: 'failed', message: 'No.', rows: [] })
  })

  test('tells of its rows in every form Zendesk has for them; what cannot be read is left out', async () => {
    const results = [
      { id: 1, action: 'update', success: true, status: 'Updated' },
      { id: 2, status: 'Updated' },
      { index: 0, id: 3, error: 'TicketUpdateFailed', details: 'No.' },
      { id: 4, action: 'update', success: false, error: 'UpdateConflict' },
      { success: true },
      'nonsense',
      null,
    ]
    expect(await read({ results })).toEqual({
      state: 'completed',
      rows: [
        { ticketId: 1, success: true, error: null, details: null },
        { ticketId: 2, success: true, error: null, details: null },
        { ticketId: 3, success: false, error: 'TicketUpdateFailed', details: 'No.' },
        { ticketId: 4, success: false, error: 'UpdateConflict', details: null },
      ],
    })
    expect(await read({ results: { success: true } })).toEqual({ state: 'completed', rows: [] })
  })
})

describe('messages since an instant', () => {
  const message = (id: number, secondsAfter: number) => ({
    id,
    author_id: 11,
    public: false,
    created_at: new Date(wednesday + secondsAfter * 1000).toISOString(),
    plain_body: `m${id}`,
  })
  const page = (comments: readonly object[], cursor: string | null) => ({
    comments,
    meta: { has_more: cursor !== null, after_cursor: cursor },
  })

  test('are read newest first, page by page, no further than needed', async () => {
    const { writes, requests } = writesThatGet(
      page([message(5, 50), message(4, 40)], 'next/page'),
      page([message(3, 30), message(2, -20)], 'never'),
    )
    expect((await writes.messagesSince(101, wednesday)).map(({ id }) => id)).toEqual([5, 4, 3])
    expect(requests.map(({ url }) => url.split('/tickets/')[1])).toEqual([
      '101/comments.json?sort=-created_at&page[size]=100',
      '101/comments.json?sort=-created_at&page[size]=100&page[after]=next%2Fpage',
    ])
  })

  test('include the very second', async () => {
    const { writes } = writesThatGet(page([message(1, 0)], null))
    expect(await writes.messagesSince(101, wednesday)).toHaveLength(1)
  })

  test.each([
    ['in another order', page([message(1, -50), message(2, 10)], null)],
    ['without saying how it goes on', page([message(1, 10)], '')],
    ['empty with more to come', page([], 'more')],
    ['that lead to themselves', page([message(1, 10)], 'again')],
    ['without saying whether there is more', { comments: [] }],
  ])('%s are refused: what is not in them may be there', async (_what, body) => {
    await expect(writesThatGet(body).writes.messagesSince(101, wednesday)).rejects.toMatchObject({
      kind: 'malformed',
    })
  })
})

test('what one person changed since is told, of others and of before nothing', async () => {
  const audit = (id: number, author: number, secondsAfter: number, value: string) => ({
    id,
    ticket_id: 101,
    author_id: author,
    created_at: new Date(wednesday + secondsAfter * 1000).toISOString(),
    events: [{ id, type: 'Change', field_name: 'assignee_id', previous_value: '1', value }],
  })
  const audits = [audit(4, 11, 40, '44'), audit(3, 12, 30, '33'), audit(2, 11, 0, '22'), audit(1, 11, -1, '11')]
  const { writes } = writesThatGet({ audits, meta: { has_more: false, after_cursor: null } })
  expect((await writes.changesSince(101, 11, wednesday)).map(({ to }) => to)).toEqual([44, 22])
})

test('the groups of an agent', async () => {
  const { writes, requests } = writesThatGet({
    group_memberships: [{ id: 1, user_id: 11, group_id: 7, default: true }, { group_id: 8 }],
  })
  expect(await writes.groupsOf(11)).toEqual([
    { groupId: 7, isDefault: true },
    { groupId: 8, isDefault: false },
  ])
  expect(requests[0]?.url).toBe('https://acme.zendesk.com/api/v2/users/11/group_memberships.json')
})
