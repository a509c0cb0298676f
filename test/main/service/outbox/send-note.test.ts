import { describe, expect, test } from 'vitest'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { OutboxSetting } from '#test/support/outbox-setting.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'

const { at } = simulatorForOutboxes()
const body = 'Runner 3 has **no disk** left.\n\nNext:\n- clear `/tmp`\n- restart'

async function note(setting: OutboxSetting, ticketId: number, text = body) {
  const [id = 0] = await setting.order({ kind: 'internal-note', ticketId, body: text })
  await setting.settle()
  return setting.entry(id)
}

/** How often the note is on the ticket. */
async function countOf(setting: OutboxSetting, ticketId: number, text = body): Promise<number> {
  const plain = text.replaceAll('*', '')
  return (await setting.messages(ticketId)).filter((message) => message.replaceAll('*', '') === plain).length
}

test('is written once, internal in so many words, with the stamp of the ticket, and found again', async () => {
  const setting = at()
  const ticketId = await setting.ticket()
  expect(await note(setting, ticketId)).toMatchObject({ state: 'verified', attempts: 1 })
  expect(setting.sent().map((one) => one.body.ticket)).toEqual([
    { comment: { body, public: false }, safe_update: true, updated_stamp: expect.any(String) },
  ])
  expect(await countOf(setting, ticketId)).toBe(1)
  const { comments } = (await setting.ask.zendesk(`/tickets/${ticketId}/comments?page[size]=100`)).body
  expect(comments.at(-1)).toMatchObject({ public: false, author_id: setting.me.id })
})

describe('when nobody knows whether it arrived', () => {
  test.each(['lost-502', 'lost-hang', 'lost-cut', 'truncate'] as const)(
    '%s: it is there, and not written twice',
    async (kind) => {
      const setting = at()
      const ticketId = await setting.ticket()
      await setting.ask.order('/misbehave', { target: 'zendesk', kind, method: 'PUT' })
      expect(await note(setting, ticketId)).toMatchObject({ state: 'verified', attempts: 1 })
      expect(await countOf(setting, ticketId)).toBe(1)
    },
  )

  test.each(['502', 'hang', 'html'] as const)('%s: it is not there, and written once', async (kind) => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind, method: 'PUT' })
    expect(await note(setting, ticketId)).toMatchObject({ state: 'verified', attempts: 2 })
    expect(await countOf(setting, ticketId)).toBe(1)
  })

  test('and the messages cannot be read: it is not sent again until they can', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'internal-note', ticketId, body })
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'lost-cut', method: 'PUT' })
    // The look before the first sending is let through.
    const comments = { target: 'zendesk', kind: 'no-meta', pathContains: '/comments', skip: 1, count: 40 }
    await setting.ask.order('/misbehave', comments)
    await setting.outbox.flush()
    for (let look = 0; look < 3; look += 1) {
      await setting.outbox.flush()
      expect(setting.entry(id)).toMatchObject({ state: 'sending', attempts: 1 })
    }
    await setting.ask.order('/misbehave/clear')
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'verified', attempts: 1 })
    expect(await countOf(setting, ticketId)).toBe(1)
  })

  test.each(['empty-page', 'error-in-list', 'html', 'truncate', '403', '502'] as const)(
    'and its messages are answered with %s: that is no proof that it is not there',
    async (kind) => {
      const setting = at()
      const ticketId = await setting.ticket()
      const [id = 0] = await setting.order({ kind: 'internal-note', ticketId, body })
      await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'lost-502', method: 'PUT' })
      await setting.ask.order('/misbehave', { target: 'zendesk', kind, pathContains: '/comments', skip: 1, count: 5 })
      await setting.settle()
      expect(setting.entry(id)).toMatchObject({ attempts: 1 })
      expect(await countOf(setting, ticketId)).toBe(1)
    },
  )

  test('a process that was killed while it was sent looks first at the next start', async () => {
    const setting = at({
      between: async (request, send) => {
        const answer = await send(request)
        if (request.method === 'PUT') setting.restart()
        return answer
      },
    })
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'internal-note', ticketId, body })
    void setting.outbox.flush()
    await expect.poll(() => setting.sent().length).toBe(1)
    expect(setting.entry(id)).toMatchObject({ state: 'sending' })
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'verified', attempts: 1 })
    expect(await countOf(setting, ticketId)).toBe(1)
  })

  test('one that was given up because its ticket went out of sight is looked for before it is tried again', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'internal-note', ticketId, body })
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'lost-502', method: 'PUT' })
    setting.outbox.start()
    await expect.poll(() => setting.entry(id).problem).toMatch(/looks first/)
    await setting.ask.order(`/tickets/${ticketId}/restrict`)
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'failed', problem: expect.stringMatching(/is not known\.$/) })
    await setting.ask.order(`/tickets/${ticketId}/restore`)
    setting.outbox.retry(id)
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'verified', attempts: 1 })
    expect(await countOf(setting, ticketId)).toBe(1)
  })

  test('the same words written by hand before do not count as it', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order(`/tickets/${ticketId}/comments`, { body, author_id: setting.me.id, public: false })
    await setting.read(ticketId)
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: '502', method: 'PUT' })
    expect(await note(setting, ticketId)).toMatchObject({ state: 'verified', attempts: 2 })
    expect(await countOf(setting, ticketId)).toBe(2)
  })

  test('the same note ordered twice, one after the other, is there twice', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await note(setting, ticketId)
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'hang', method: 'PUT' })
    expect(await note(setting, ticketId)).toMatchObject({ state: 'verified', attempts: 2 })
    expect(await countOf(setting, ticketId)).toBe(2)
  })

  test('a similar message of mine is left to me to judge, and once I have, it is sent', async () => {
    const setting = at({
      between: async (request, send) => {
        if (request.method === 'PUT' && setting.sent().length === 0) {
          setting.pass(2000)
          const similar = 'Runner 3 has no disk left. Next: clear and restart it, then watch'
          await setting.ask.order(`/tickets/${ticketId}/comments`, {
            body: similar,
            author_id: setting.me.id,
            public: false,
          })
        }
        return send(request)
      },
    })
    const ticketId = await setting.ticket()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'hang', method: 'PUT' })
    const unsure = await note(setting, ticketId)
    expect(unsure).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/not certain .* give this up if it is there, try again if not\.$/),
      attempts: 1,
    })
    setting.outbox.retry(unsure.id)
    await setting.settle()
    expect(setting.entry(unsure.id)).toMatchObject({ state: 'verified', attempts: 2 })
    expect(await countOf(setting, ticketId)).toBe(1)
  })

  test('a second sending that meets the first is refused by Zendesk, and the first one found', async () => {
    // A proxy that delivers the first request when everybody has given it up, after the look and before the second one.
    const held: (() => Promise<unknown>)[] = []
    const setting = at({
      between: async (request, send) => {
        if (request.method !== 'PUT') return send(request)
        if (held.length === 0) {
          held.push(() => send(request))
          throw lost
        }
        setting.pass(2000)
        await held[0]?.()
        return send(request)
      },
    })
    const lost = new RemoteFailure('timeout', 'Zendesk did not answer in time.')
    const ticketId = await setting.ticket()
    expect(await note(setting, ticketId)).toMatchObject({ state: 'verified', attempts: 2 })
    expect(setting.sent().map(({ status }) => status)).toEqual([200, 409])
    expect(await countOf(setting, ticketId)).toBe(1)
  })
})

test('Zendesk says yes and does not show it: it is looked for four times, never sent again, and a person is told', async () => {
  const setting = at({
    between: async (request, send) => {
      if (request.method !== 'PUT') return send(request)
      puts += 1
      return { status: 200, headers: new Headers(), body: { ticket: { id: ticketId } } }
    },
  })
  let puts = 0
  const ticketId = await setting.ticket()
  const [id = 0] = await setting.order({ kind: 'internal-note', ticketId, body })
  for (let look = 0; look < 4; look += 1) {
    await setting.outbox.flush()
    expect(setting.entry(id)).toMatchObject({ state: 'sent', problem: expect.stringMatching(/does not show it yet/) })
  }
  await setting.outbox.flush()
  expect(setting.entry(id)).toMatchObject({
    state: 'failed',
    problem: expect.stringMatching(/before you send it again/),
  })
  expect(puts).toBe(1)
})

test('the same note ordered again while nobody knows of the first: each stands for a message of its own', async () => {
  const setting = at()
  const ticketId = await setting.ticket()
  const [first = 0] = await setting.order({ kind: 'internal-note', ticketId, body })
  await setting.ask.order('/misbehave', { target: 'zendesk', kind: '502', method: 'PUT' })
  setting.outbox.start()
  await expect.poll(() => setting.entry(first).problem).toMatch(/looks first/)
  await setting.ask.order(`/tickets/${ticketId}/restrict`)
  await setting.settle()
  expect(setting.entry(first)).toMatchObject({ state: 'failed' })
  await setting.ask.order(`/tickets/${ticketId}/restore`)
  await setting.read(ticketId)
  expect(await note(setting, ticketId)).toMatchObject({ state: 'verified' })
  setting.outbox.retry(first)
  await setting.settle()
  // The message of the second is not taken for the first, which never arrived.
  expect(setting.entry(first)).toMatchObject({ state: 'verified', attempts: 2 })
  expect(await countOf(setting, ticketId)).toBe(2)
})

describe('what is refused', () => {
  test('a customer’s answer in between does not keep it from being written', async () => {
    const setting = at({
      between: async (request, send) => {
        if (request.method === 'PUT' && setting.sent().length === 0) {
          setting.pass(2000)
          await setting.ask.order(`/tickets/${ticketId}/comments`, { body: 'Any news?' })
        }
        return send(request)
      },
    })
    const ticketId = await setting.ticket()
    expect(await note(setting, ticketId)).toMatchObject({ state: 'verified', attempts: 2 })
    expect(await countOf(setting, ticketId)).toBe(1)
  })

  test('a closed ticket takes no note', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'internal-note', ticketId, body })
    await setting.ask.order(`/tickets/${ticketId}`, { status: 'closed' })
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'failed', problem: expect.stringMatching(/is closed/) })
    expect(setting.sent()).toEqual([])
  })

  test('a deleted ticket takes none, and one that may have got there says that this is not known', async () => {
    const setting = at()
    const [first, second] = [await setting.ticket(), await setting.ticket()]
    const [before = 0] = await setting.order({ kind: 'internal-note', ticketId: first, body })
    await setting.ask.order(`/tickets/${first}/delete`)
    await setting.settle()
    expect(setting.entry(before)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/Nothing was changed\.$/),
    })
    const [after = 0] = await setting.order({ kind: 'internal-note', ticketId: second, body })
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: '502', method: 'PUT' })
    setting.outbox.start()
    await expect.poll(() => setting.entry(after).problem).toMatch(/looks first/)
    await setting.ask.order(`/tickets/${second}/delete`)
    await setting.settle()
    expect(setting.entry(after)).toMatchObject({ state: 'failed', problem: expect.stringMatching(/is not known\.$/) })
  })
})
