import { describe, expect, test } from 'vitest'
import type { WriteIntent } from '#contract/outbox.ts'
import type { OutboxSetting } from '#test/support/outbox-setting.ts'
import { emptyDesk } from '#core/desk/desk-document.ts'
import { readChangeableTicket } from '#service/db/outbox.ts'
import { storeDesk } from '#service/db/desks.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'

const { at } = simulatorForOutboxes()
const put = { safe_update: true, updated_stamp: expect.stringMatching(/^2026-11-18T\d\d:\d\d:\d\dZ$/) }

/** Orders one change and lets it come to its end. */
async function make(setting: OutboxSetting, intent: WriteIntent) {
  const [id = 0] = await setting.order(intent)
  await setting.settle()
  return setting.entry(id)
}

describe('a change is made, and verified by reading it back', () => {
  const changes = (setting: OutboxSetting) => setting.sent().map(({ body }) => body.ticket)

  test('Cc: me by number, with the stamp of the ticket, and nothing else', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    expect(await make(setting, { kind: 'add-cc', ticketId })).toMatchObject({
      state: 'verified',
      problem: null,
      attempts: 1,
    })
    expect(setting.truth(ticketId).ccIds).toEqual([setting.me.id])
    expect(changes(setting)).toEqual([{ email_ccs: [{ user_id: setting.me.id, action: 'put' }], ...put }])
  })

  test('off Cc, following and not following, others left as they are', async () => {
    const setting = at()
    const people = { email_cc_ids: [setting.me.id, setting.colleague.id], follower_ids: [setting.colleague.id] }
    const ticketId = await setting.ticket(people)
    for (const kind of ['remove-cc', 'follow', 'unfollow'] as const) {
      expect(await make(setting, { kind, ticketId })).toMatchObject({ state: 'verified' })
    }
    expect(setting.truth(ticketId)).toMatchObject({
      ccIds: [setting.colleague.id],
      followerIds: [setting.colleague.id],
    })
    const order = (action: string) => [{ user_id: setting.me.id, action }]
    expect(changes(setting)).toEqual([
      { email_ccs: order('delete'), ...put },
      { followers: order('put'), ...put },
      { followers: order('delete'), ...put },
    ])
  })

  test('assignee: with the ticket’s group where they are in it', async () => {
    const setting = at()
    const ticketId = await setting.ticket({ assignee_id: null })
    const assigneeId = setting.colleague.id
    expect(await make(setting, { kind: 'assign', ticketId, assigneeId })).toMatchObject({ state: 'verified' })
    expect(setting.truth(ticketId).assigneeId).toBe(assigneeId)
    expect(changes(setting)).toEqual([{ assignee_id: assigneeId, group_id: 360700000021, ...put }])
  })

  test('assignee: with their own group where they are not in the ticket’s, and with a group that was chosen', async () => {
    const setting = at()
    const tomasz = 360900000111
    const ticketId = await setting.ticket()
    await make(setting, { kind: 'assign', ticketId, assigneeId: tomasz, groupId: 360700000022 })
    setting.pass(5000)
    await make(setting, { kind: 'assign', ticketId, assigneeId: setting.me.id })
    expect(changes(setting).map((change) => change.group_id)).toEqual([360700000022, 360700000021])
    expect((await setting.ask.zendesk(`/tickets/${ticketId}`)).body.ticket).toMatchObject({
      assignee_id: setting.me.id,
      group_id: 360700000021,
    })
  })

  test('tags: added and taken off in a job, never replaced', async () => {
    const setting = at()
    const ticketId = await setting.ticket({ tags: ['ci', 'old'] })
    const done = await make(setting, { kind: 'tags', ticketId, add: ['cover'], remove: ['old'] })
    expect(done).toMatchObject({ state: 'verified' })
    expect(setting.truth(ticketId).tags).toEqual(['ci', 'cover'])
    expect(setting.sent().map(({ path, body }) => [path, body])).toEqual([
      [
        '/api/v2/tickets/update_many.json',
        { tickets: [{ id: ticketId, additional_tags: ['cover'], remove_tags: ['old'], ...put }] },
      ],
    ])
  })

  test('what was read back is stored, so that the queue shows it at once', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await make(setting, { kind: 'assign', ticketId, assigneeId: setting.me.id })
    expect(
      setting.db.prepare('SELECT assignee_id AS a, group_id AS g FROM tickets WHERE id = ?').get(ticketId),
    ).toEqual({
      a: setting.me.id,
      g: 360700000021,
    })
  })

  test('what is so already is verified without being sent', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    await setting.ask.order(`/tickets/${ticketId}`, { email_cc_ids: [setting.me.id] })
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'verified', attempts: 0, sentAt: null })
    expect(setting.sent()).toEqual([])
  })
})

describe('somebody else changed the ticket meanwhile', () => {
  test('something else: the change is made on top of it', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'assign', ticketId, assigneeId: setting.me.id })
    setting.pass(5000)
    await setting.ask.order(`/tickets/${ticketId}`, { priority: 'urgent', email_cc_ids: [setting.colleague.id] })
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'verified' })
    expect(setting.truth(ticketId)).toMatchObject({
      priority: 'urgent',
      assigneeId: setting.me.id,
      ccIds: [setting.colleague.id],
    })
  })

  test('a 409 between the look and the change: the ticket is read and the change sent once more', async () => {
    const setting = at({
      between: async (request, send) => {
        if (request.method === 'PUT' && setting.sent().length === 0) {
          setting.pass(5000)
          await setting.ask.order(`/tickets/${ticketId}`, { priority: 'low' })
        }
        return send(request)
      },
    })
    const ticketId = await setting.ticket()
    expect(await make(setting, { kind: 'assign', ticketId, assigneeId: setting.me.id })).toMatchObject({
      state: 'verified',
      attempts: 2,
    })
    expect(setting.sent().map(({ status }) => status)).toEqual([409, 200])
  })

  test('a 409 because of the same field is a conflict with both sides', async () => {
    const setting = at({
      between: async (request, send) => {
        if (request.method === 'PUT') {
          setting.pass(5000)
          await setting.ask.order(`/tickets/${ticketId}`, { assignee_id: setting.colleague.id })
        }
        return send(request)
      },
    })
    const ticketId = await setting.ticket({ assignee_id: null })
    expect(await make(setting, { kind: 'assign', ticketId, assigneeId: setting.me.id })).toMatchObject({
      state: 'conflict',
      conflict: [
        { field: 'Assignee', before: 'nobody', mine: `you (${setting.me.name})`, theirs: setting.colleague.name },
      ],
    })
    expect(setting.truth(ticketId).assigneeId).toBe(setting.colleague.id)
  })

  test('a ticket that keeps changing is given up after a while, and can be tried again', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: '409', count: 9, method: 'PUT' })
    const failed = await make(setting, { kind: 'follow', ticketId })
    expect(failed).toMatchObject({ state: 'failed', problem: expect.stringMatching(/kept changing/), attempts: 9 })
    setting.outbox.retry(failed.id)
    await setting.settle()
    expect(setting.entry(failed.id)).toMatchObject({ state: 'verified', problem: null })
  })
})

describe('Zendesk refuses', () => {
  test('a closed ticket, found by looking', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    await setting.ask.order(`/tickets/${ticketId}`, { status: 'closed' })
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'failed', problem: expect.stringMatching(/is closed/) })
    expect(setting.sent()).toEqual([])
  })

  test('a ticket that was merged away says so', async () => {
    const setting = at()
    const [ticketId, into] = [await setting.ticket(), await setting.ticket()]
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    await setting.ask.order(`/tickets/${ticketId}/merge`, { into })
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'failed', problem: expect.stringMatching(/was merged/) })
  })

  test.each([
    ['422', /is closed/],
    ['403', /does not let you/],
    ['404', /is not in Zendesk any more/],
  ] as const)('the change itself with %s', async (kind, words) => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind, method: 'PUT' })
    expect(await make(setting, { kind: 'add-cc', ticketId })).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(words),
      attempts: 1,
    })
    expect(setting.truth(ticketId).ccIds).toEqual([])
  })

  test.each([
    ['delete', /is not in Zendesk any more/],
    ['restrict', /does not let you/],
  ])('a ticket that it does not show: %s', async (order, words) => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    await setting.ask.order(`/tickets/${ticketId}/${order}`)
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'failed', problem: expect.stringMatching(words) })
  })

  test('a group the assignee is not in', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const done = await make(setting, { kind: 'assign', ticketId, assigneeId: setting.me.id, groupId: 360700000022 })
    expect(done).toMatchObject({ state: 'failed', problem: expect.stringMatching(/did not accept the assignee/) })
  })
})

describe('Zendesk leaves somebody off Cc without a word', () => {
  test('because the feature is off', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order('/zendesk', { ccs_and_followers: false })
    for (const kind of ['add-cc', 'follow'] as const) {
      expect(await make(setting, { kind, ticketId })).toMatchObject({
        state: 'failed',
        problem: expect.stringMatching(/“CCs and followers” is off/),
      })
    }
  })

  test('because all places are taken by the time it is sent', async () => {
    const setting = at({
      between: async (request, send) => {
        if (request.method === 'PUT') await setting.ask.order(`/tickets/${ticketId}`, { email_cc_ids: full })
        return send(request)
      },
    })
    const full = Array.from({ length: 48 }, (_, index) => 5000 + index)
    const ticketId = await setting.ticket()
    // Both changes fall into one second of Zendesk's stamps, so the first is not told by a 409.
    await setting.ask.order(`/tickets/${ticketId}`, { priority: 'low' })
    expect(await make(setting, { kind: 'add-cc', ticketId })).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/All 48 places/),
    })
  })
})

describe('nobody knows whether it arrived', () => {
  test.each(['lost-502', 'lost-hang', 'lost-cut'] as const)(
    '%s: it is found by looking, and not sent again',
    async (kind) => {
      const setting = at()
      const ticketId = await setting.ticket()
      await setting.ask.order('/misbehave', { target: 'zendesk', kind, method: 'PUT' })
      expect(await make(setting, { kind: 'assign', ticketId, assigneeId: setting.me.id })).toMatchObject({
        state: 'verified',
        attempts: 1,
      })
    },
  )

  test.each(['502', '503', 'hang', 'html'] as const)('%s: it is not there, and sent again', async (kind) => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind, method: 'PUT' })
    expect(await make(setting, { kind: 'add-cc', ticketId })).toMatchObject({ state: 'verified', attempts: 2 })
  })

  test('an answer that breaks off: it is found by looking', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'truncate', method: 'PUT' })
    expect(await make(setting, { kind: 'add-cc', ticketId })).toMatchObject({ state: 'verified', attempts: 1 })
  })

  test('it was made and somebody undid it: it is not made again without asking', async () => {
    const setting = at({
      between: async (request, send) => {
        const answer = await send(request).catch((error: unknown) => error)
        if (request.method === 'PUT' && setting.sent().length === 1) {
          setting.pass(5000)
          await setting.ask.order(`/tickets/${ticketId}`, { email_cc_ids: [] })
        }
        if (answer instanceof Error) throw answer
        return answer as never
      },
    })
    const ticketId = await setting.ticket()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'lost-502', method: 'PUT' })
    expect(await make(setting, { kind: 'add-cc', ticketId })).toMatchObject({
      state: 'conflict',
      attempts: 1,
      conflict: [{ field: 'Cc', mine: expect.stringMatching(/ on Cc$/), theirs: expect.stringMatching(/ not on Cc$/) }],
    })
    expect(setting.truth(ticketId).ccIds).toEqual([])
  })

  test('it never arrived and the ticket moved on: its history tells, and it is sent again', async () => {
    const setting = at({
      between: async (request, send) => {
        const answer = await send(request).catch((error: unknown) => error)
        if (request.method === 'PUT' && setting.sent().length === 1) {
          setting.pass(5000)
          await setting.ask.order(`/tickets/${ticketId}/comments`, { body: 'Any news?' })
        }
        if (answer instanceof Error) throw answer
        return answer as never
      },
    })
    const ticketId = await setting.ticket()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'hang', method: 'PUT' })
    expect(await make(setting, { kind: 'add-cc', ticketId })).toMatchObject({ state: 'verified', attempts: 2 })
  })
})

test('a change that was made and undone before it was seen is a conflict', async () => {
  const setting = at({
    between: async (request, send) => {
      const answer = await send(request)
      if (request.method === 'PUT') {
        setting.pass(5000)
        await setting.ask.order(`/tickets/${ticketId}`, { assignee_id: null })
      }
      return answer
    },
  })
  const ticketId = await setting.ticket({ assignee_id: null })
  const done = await make(setting, { kind: 'assign', ticketId, assigneeId: setting.me.id })
  expect(done).toMatchObject({
    state: 'conflict',
    problem: 'Somebody changed the same after this was sent. Choose whose change stays.',
    conflict: [{ field: 'Assignee', theirs: 'nobody' }],
  })
})

describe('of a restricted account', () => {
  const restrict = (setting: OutboxSetting, ticketId: number, restricted: boolean) => {
    const accountId = readChangeableTicket(setting.db, ticketId)?.organizationId ?? 0
    storeDesk(setting.db, accountId, { document: emptyDesk, restricted }, 1)
  }

  test('nothing is changed: neither previewed nor ordered', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const intent: WriteIntent = { kind: 'add-cc', ticketId }
    const [open] = await setting.outbox.preview([intent])
    restrict(setting, ticketId, true)
    const [preview] = await setting.outbox.preview([intent])
    expect([open?.refusal, preview?.refusal]).toEqual([
      null,
      expect.stringMatching(/ is restricted: Understudy writes nothing for it.*Make the change in Zendesk itself/),
    ])
    await expect(setting.outbox.send([{ intent, stamp: open?.stamp ?? 0 }])).rejects.toThrow('is restricted')
  })

  test('what waited while it became restricted is not sent, and says why; once lifted it goes on', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const other = await setting.ticket()
    const ids = await setting.order(
      { kind: 'add-cc', ticketId },
      { kind: 'internal-note', ticketId: other, body: 'Seen.' },
    )
    restrict(setting, ticketId, true)
    await setting.settle()
    const failed = {
      state: 'failed',
      problem: expect.stringMatching(/^This was ordered before the restriction\. .* Nothing was changed\.$/) as string,
    }
    expect(ids.map((id) => setting.entry(id))).toMatchObject([failed, failed])
    expect(setting.sent()).toEqual([])
    restrict(setting, ticketId, false)
    for (const id of ids) setting.outbox.retry(id)
    await setting.settle()
    expect(ids.map((id) => setting.entry(id).state)).toEqual(['verified', 'verified'])
  })
})
