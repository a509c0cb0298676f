import { describe, expect, test } from 'vitest'
import type { WriteIntent } from '#contract/outbox.ts'
import { outboxEntry, writePreview } from '#contract/outbox.ts'
import { createOutbox } from '#service/outbox/create-outbox.ts'
import { Refusal } from '#service/refusal.ts'
import type { OutboxSetting } from '#test/support/outbox-setting.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { createSilentLog } from '#test/support/silent-log.ts'

const zendesk = simulatorForOutboxes()
const { at } = zendesk
const previewOf = async (setting: OutboxSetting, intent: WriteIntent) => (await setting.outbox.preview([intent]))[0]

/** A change that is in conflict: I wanted the ticket, and a colleague got it. */
async function conflict(setting: OutboxSetting) {
  const ticketId = await setting.ticket({ assignee_id: null })
  const [id = 0] = await setting.order({ kind: 'assign', ticketId, assigneeId: setting.me.id })
  await setting.ask.order(`/tickets/${ticketId}`, { assignee_id: setting.colleague.id })
  await setting.settle()
  expect(setting.entry(id)).toMatchObject({ state: 'conflict' })
  return { id, ticketId }
}

describe('a preview', () => {
  test('says from what is stored what would be done, who sees it, and which state it is about', async () => {
    const setting = at()
    const ticketId = await setting.ticket({ assignee_id: null })
    const before = zendesk.simulator.record().length
    const previews = await setting.outbox.preview([
      { kind: 'add-cc', ticketId },
      { kind: 'assign', ticketId, assigneeId: setting.colleague.id },
    ])
    expect(zendesk.simulator.record()).toHaveLength(before)
    expect(previews).toMatchObject([
      {
        intent: { kind: 'add-cc', ticketId },
        subject: 'Runners time out',
        words: `Adds you (${setting.me.name}) to Cc of #${ticketId} “Runners time out”. Nothing else changes.`,
        customerSees: { visible: true, words: 'Your e-mail address becomes visible to the customer on the thread.' },
        warnings: [],
        refusal: null,
        stamp: setting.truth(ticketId).updatedAt,
      },
      { words: expect.stringMatching(new RegExp(`to ${setting.colleague.name}, until now nobody\\.`)) },
    ])
    for (const preview of previews) expect(writePreview.safeParse(preview).success).toBe(true)
  })

  test('refuses a ticket that is not stored, and a sign-in that may read only', async () => {
    const setting = at()
    expect(await previewOf(setting, { kind: 'add-cc', ticketId: 99 })).toMatchObject({
      refusal: expect.stringMatching(/is not stored here/),
      stamp: 0,
    })
    const ticketId = await setting.ticket()
    setting.abilities.mayWrite = false
    expect(await previewOf(setting, { kind: 'add-cc', ticketId })).toMatchObject({
      refusal: expect.stringMatching(/may read Zendesk and not write/),
    })
  })

  test('refuses while nobody is known to be signed in', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const outbox = createOutbox({
      db: setting.db,
      zendesk: null,
      gitlab: null,
      clock: setting.clock,
      log: createSilentLog(),
      stopping: new AbortController().signal,
      me: () => null,
      abilities: () => setting.abilities,
      onChange: () => undefined,
      onIssues: () => undefined,
    })
    const [preview] = await outbox.preview([{ kind: 'add-cc', ticketId }])
    expect(preview?.refusal).toMatch(/Sign in first/)
    const order = { intent: { kind: 'add-cc', ticketId }, stamp: preview?.stamp ?? 0 } as const
    await expect(outbox.send([order])).rejects.toThrow(Refusal)
  })

  test('tells of changes to the same ticket that wait, and how old what it says is', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.order({ kind: 'add-cc', ticketId })
    setting.clock.step(3 * 3_600_000)
    expect((await previewOf(setting, { kind: 'follow', ticketId }))?.warnings).toEqual([
      'What is stored of this ticket is 3 hours old. Understudy reads it again before anything is sent.',
      expect.stringMatching(/^Earlier changes to this ticket .* 1\./),
    ])
  })
})

describe('an order', () => {
  test('is on disk before it is answered, and nothing is sent before the start', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'internal-note', ticketId, body: 'Mine.' })
    expect(setting.told).toEqual([id])
    expect(setting.sent()).toEqual([])
    const entry = setting.entry(id)
    expect(outboxEntry.safeParse(entry).success).toBe(true)
    expect(entry).toEqual({
      id,
      intent: { kind: 'internal-note', ticketId, body: 'Mine.' },
      subject: 'Runners time out',
      words: `Adds an internal note to #${ticketId} “Runners time out”, in your name: “Mine.” Nothing else changes.`,
      customerSees: { visible: false, words: 'Internal notes are for agents. The customer does not see this one.' },
      state: 'queued',
      problem: null,
      url: null,
      conflict: null,
      attempts: 0,
      createdAt: setting.clock.now(),
      sentAt: null,
      settledAt: null,
    })
  })

  test('says who will see it as its preview did, whatever becomes of it', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const intents: WriteIntent[] = [
      { kind: 'add-cc', ticketId },
      { kind: 'add-cc', ticketId, userId: setting.colleague.id },
      { kind: 'follow', ticketId },
      { kind: 'assign', ticketId, assigneeId: setting.me.id },
      { kind: 'tags', ticketId, add: ['cover'], remove: [] },
    ]
    const previewed = (await setting.outbox.preview(intents)).map(({ words, customerSees }) => ({
      words,
      customerSees,
    }))
    expect(previewed.map(({ customerSees }) => customerSees.visible)).toEqual([true, true, false, true, false])
    const ids = await setting.order(...intents)
    for (const id of ids.slice(0, 2)) setting.outbox.discard(id)
    await setting.settle()
    expect(ids.map((id) => setting.entry(id))).toMatchObject(previewed)
  })

  test('is taken in whole or not at all', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await expect(setting.order({ kind: 'add-cc', ticketId }, { kind: 'add-cc', ticketId: 99 })).rejects.toThrow(
      '#99 is not stored here.',
    )
    expect(setting.outbox.list({ limit: 10, unsettled: false })).toEqual({ entries: [], waiting: 0, needMe: 0 })
  })

  test('pressed twice is made once', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const note = { kind: 'internal-note', ticketId, body: 'Once.' } as const
    const [first] = await setting.order(note)
    expect(await setting.order(note, note)).toEqual([first, first])
    const added = await setting.order({ kind: 'add-cc', ticketId })
    const [removed, again] = await setting.order({ kind: 'remove-cc', ticketId }, { kind: 'add-cc', ticketId })
    expect(new Set([added[0], removed, again]).size).toBe(3)
    await setting.settle()
    expect((await setting.messages(ticketId)).filter((body) => body === 'Once.')).toHaveLength(1)
  })

  test('is compared with what the person saw, also when the ticket was read again in between', async () => {
    const setting = at()
    const ticketId = await setting.ticket({ assignee_id: null })
    const preview = await previewOf(setting, { kind: 'assign', ticketId, assigneeId: setting.me.id })
    setting.pass(5000)
    await setting.ask.order(`/tickets/${ticketId}`, { assignee_id: setting.colleague.id })
    await setting.read(ticketId)
    const order = { intent: preview?.intent ?? { kind: 'add-cc', ticketId }, stamp: preview?.stamp ?? 0 }
    const [id = 0] = await setting.outbox.send([order])
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({
      state: 'conflict',
      conflict: [{ before: 'nobody', theirs: setting.colleague.name }],
    })
    const unheard = { ...order, stamp: order.stamp - 1000 }
    await expect(setting.outbox.send([unheard])).rejects.toThrow('has changed since you looked')
  })

  test('by two of my own on one field is no conflict', async () => {
    const setting = at()
    const ticketId = await setting.ticket({ assignee_id: null })
    const ids = await setting.order(
      { kind: 'assign', ticketId, assigneeId: setting.colleague.id },
      { kind: 'assign', ticketId, assigneeId: setting.me.id },
    )
    await setting.settle()
    expect(ids.map((id) => setting.entry(id).state)).toEqual(['verified', 'verified'])
  })
})

describe('a person decides', () => {
  test('a queued change is taken back, and one that is with Zendesk is not', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    expect(setting.outbox.discard(id)).toMatchObject({ state: 'discarded', settledAt: setting.clock.now() })
    await setting.settle()
    expect(setting.sent()).toEqual([])
    const [sending = 0] = await setting.order({ kind: 'add-cc', ticketId })
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'hang', method: 'PUT' })
    void setting.outbox.flush()
    await expect.poll(() => setting.entry(sending).state).toBe('sending')
    expect(() => setting.outbox.discard(sending)).toThrow('is with Zendesk already')
    await setting.settle()
    expect(() => setting.outbox.discard(sending)).toThrow(Refusal)
  })

  test('a change that is taken back while its ticket is looked at is not sent', async () => {
    const setting = at({
      between: async (request, send) => {
        const answer = await send(request)
        if (id !== 0) setting.outbox.discard(id)
        return answer
      },
    })
    let id = 0
    const ticketId = await setting.ticket()
    ;[id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    await setting.outbox.flush()
    expect(setting.entry(id)).toMatchObject({ state: 'discarded', attempts: 0 })
    expect(setting.sent()).toEqual([])
  })

  test('mine: it is made in spite of what changed', async () => {
    const setting = at()
    const { id, ticketId } = await conflict(setting)
    expect(setting.outbox.list({ limit: 10, unsettled: true })).toMatchObject({ waiting: 0, needMe: 1 })
    expect(setting.outbox.resolve(id, 'mine')).toMatchObject({ state: 'queued', conflict: null, problem: null })
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'verified' })
    expect(setting.truth(ticketId).assigneeId).toBe(setting.me.id)
  })

  test('mine, and it has changed once more: that is a new conflict', async () => {
    const setting = at()
    const { id, ticketId } = await conflict(setting)
    setting.pass(5000)
    await setting.ask.order(`/tickets/${ticketId}`, { assignee_id: null })
    setting.outbox.resolve(id, 'mine')
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'conflict', conflict: [{ theirs: 'nobody' }] })
  })

  test('theirs: it stays as it is, and the row stays as a record', async () => {
    const setting = at()
    const { id, ticketId } = await conflict(setting)
    setting.outbox.resolve(id, 'theirs')
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'discarded' })
    expect(setting.truth(ticketId).assigneeId).toBe(setting.colleague.id)
    expect(setting.outbox.list({ limit: 10, unsettled: true }).entries).toEqual([])
    expect(setting.outbox.list({ limit: 10, unsettled: false }).entries).toHaveLength(1)
  })

  test('what cannot be decided is refused in words', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    expect(() => setting.outbox.retry(id)).toThrow('Only a change that failed can be tried again.')
    expect(() => setting.outbox.resolve(id, 'mine')).toThrow('not in conflict')
    expect(() => setting.outbox.discard(999)).toThrow(expect.objectContaining({ kind: 'not-found' }))
  })
})

test('the list has the newest first, and counts what is on its way and what needs a person', async () => {
  const setting = at()
  const ticketId = await setting.ticket()
  const ids = await setting.order({ kind: 'add-cc', ticketId }, { kind: 'follow', ticketId })
  const { entries, waiting, needMe } = setting.outbox.list({ limit: 1, unsettled: true })
  expect(entries.map((entry) => entry.id)).toEqual([ids[1]])
  expect({ waiting, needMe }).toEqual({ waiting: 2, needMe: 0 })
})
