import { describe, expect, test } from 'vitest'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'

const { at } = simulatorForOutboxes()

test('changes to one ticket are made one after the other, in the order pressed, each verified before the next', async () => {
  const setting = at()
  const ticketId = await setting.ticket({ assignee_id: null })
  const entries = await setting.order(
    { kind: 'add-cc', ticketId },
    { kind: 'internal-note', ticketId, body: 'I take this one.' },
    { kind: 'assign', ticketId, assigneeId: setting.colleague.id },
    { kind: 'assign', ticketId, assigneeId: setting.me.id },
    { kind: 'remove-cc', ticketId },
  )
  await setting.settle()
  expect(entries.map((id) => setting.entry(id).state)).toEqual(Array(5).fill('verified'))
  expect(setting.sent().map(({ body }) => Object.keys(body.ticket)[0])).toEqual([
    'email_ccs',
    'comment',
    'assignee_id',
    'assignee_id',
    'email_ccs',
  ])
  expect(setting.truth(ticketId)).toMatchObject({ ccIds: [], assigneeId: setting.me.id })
})

test('a change that waits keeps later ones of its ticket waiting, one that failed does not, and other tickets go on', async () => {
  const setting = at()
  const [first, second] = [await setting.ticket(), await setting.ticket()]
  await setting.ask.order('/misbehave', { target: 'zendesk', kind: '502', method: 'PUT', pathContains: `/${first}` })
  setting.outbox.start()
  const [cc = 0, follow = 0, other = 0] = await setting.order(
    { kind: 'add-cc', ticketId: first },
    { kind: 'follow', ticketId: first },
    { kind: 'internal-note', ticketId: second, body: 'On it.' },
  )
  await expect.poll(() => setting.entry(other).state).toBe('verified')
  expect([cc, follow].map((id) => setting.entry(id).state)).toEqual(['sending', 'queued'])
  await setting.settle()
  await setting.ask.order('/misbehave', { target: 'zendesk', kind: '403', method: 'PUT' })
  const [failing = 0, next = 0] = await setting.order(
    { kind: 'remove-cc', ticketId: first },
    { kind: 'unfollow', ticketId: first },
  )
  await setting.settle()
  expect([failing, next].map((id) => setting.entry(id).state)).toEqual(['failed', 'verified'])
})

describe('nothing is lost while Zendesk cannot be reached', () => {
  test('the network is gone: it waits, longer and longer, and goes by the clock once the network is back', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order('/port', { target: 'zendesk', open: false })
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    setting.outbox.start()
    const waits: number[] = []
    for (let look = 0; look < 3; look += 1) {
      await expect.poll(() => setting.clock.waitingFor.filter((time) => time > setting.clock.now()).length).toBe(1)
      const wait = (setting.clock.waitingFor[0] ?? 0) - setting.clock.now()
      waits.push(wait)
      expect(setting.entry(id)).toMatchObject({ state: 'queued', attempts: 0, problem: expect.any(String) })
      if (look === 2) await setting.ask.order('/port', { target: 'zendesk', open: true })
      setting.clock.step(wait)
    }
    expect(waits).toEqual([5000, 15_000, 45_000])
    await expect.poll(() => setting.entry(id).state).toBe('verified')
  })

  test('ordered without a network, over two restarts: all go once it is back, each ticket’s in the order pressed', async () => {
    const setting = at()
    const [first, second] = [await setting.ticket({ assignee_id: null }), await setting.ticket()]
    await setting.ask.order('/port', { target: 'zendesk', open: false })
    const early = await setting.order(
      { kind: 'assign', ticketId: first, assigneeId: setting.colleague.id },
      { kind: 'internal-note', ticketId: second, body: 'One.' },
      { kind: 'internal-note', ticketId: first, body: 'Two.' },
    )
    await setting.outbox.flush()
    setting.restart()
    const late = await setting.order(
      { kind: 'internal-note', ticketId: second, body: 'Three.' },
      { kind: 'assign', ticketId: first, assigneeId: setting.me.id },
    )
    await setting.outbox.flush()
    setting.restart()
    const all = [...early, ...late]
    expect(all.map((id) => setting.entry(id))).toMatchObject(all.map(() => ({ state: 'queued', attempts: 0 })))
    await setting.ask.order('/port', { target: 'zendesk', open: true })
    await setting.settle()
    expect(all.map((id) => setting.entry(id).state)).toEqual(all.map(() => 'verified'))
    const sentTo = (ticketId: number) =>
      setting
        .sent()
        .filter(({ path }) => path.endsWith(`/${ticketId}.json`))
        .map(({ body }) => body.ticket.comment?.body ?? body.ticket.assignee_id)
    expect(sentTo(first)).toEqual([setting.colleague.id, 'Two.', setting.me.id])
    expect(sentTo(second)).toEqual(['One.', 'Three.'])
  })

  test('waking up tries at once', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order('/port', { target: 'zendesk', open: false })
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    await setting.outbox.flush()
    await setting.ask.order('/port', { target: 'zendesk', open: true })
    setting.outbox.start()
    setting.outbox.wake()
    await expect.poll(() => setting.entry(id).state).toBe('verified')
  })

  test('Zendesk refuses the sign-in: it stays queued and goes when somebody has signed in again', async () => {
    const setting = at()
    const [first, second] = [await setting.ticket(), await setting.ticket()]
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: '401', method: 'PUT' })
    const entries = await setting.order({ kind: 'add-cc', ticketId: first }, { kind: 'follow', ticketId: second })
    await setting.outbox.flush()
    expect(entries.map((id) => setting.entry(id))).toMatchObject([
      { state: 'queued', problem: expect.stringMatching(/Sign in again/), attempts: 1 },
      { state: 'queued', problem: null, attempts: 0 },
    ])
    setting.outbox.start()
    setting.outbox.wake()
    await expect.poll(() => entries.map((id) => setting.entry(id).state)).toEqual(['verified', 'verified'])
  })

  test('too many calls: it waits as long as it is asked to', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: '429', method: 'PUT', count: 4, retryAfter: 30 })
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    setting.outbox.start()
    await expect.poll(() => setting.clock.waitingFor).toEqual([setting.clock.now() + 30_000])
    expect(setting.entry(id)).toMatchObject({ state: 'queued', problem: expect.stringMatching(/asks to wait/) })
    setting.pass(30_000)
    await expect.poll(() => setting.entry(id).state).toBe('verified')
  })

  test('a look that fails leaves everything as it is', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: '502', method: 'GET', count: 4 })
    await setting.outbox.flush()
    expect(setting.entry(id)).toMatchObject({ state: 'queued', attempts: 0, problem: expect.stringMatching(/trouble/) })
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'verified', problem: null })
  })
})

describe('over restarts', () => {
  test('what was ordered before the start is made after it', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    setting.restart()
    setting.outbox.start()
    await expect.poll(() => setting.entry(id).state).toBe('verified')
  })

  test('what Zendesk took and was not seen yet is verified', async () => {
    const setting = at({
      between: async (request, send) => {
        const answer = await send(request)
        if (request.method === 'GET' && setting.sent().length === 1 && setting.entry(id).state === 'sent') {
          between.look()
        }
        return answer
      },
    })
    const between = { look: () => void setting.restart() }
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'add-cc', ticketId })
    void setting.outbox.flush()
    await expect.poll(() => setting.entry(id).state).toBe('sent')
    await expect.poll(() => setting.told.includes(id)).toBe(true)
    between.look = () => undefined
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'verified', attempts: 1 })
  })

  test('stopping ends what is under way, and the next start looks what became of it', async () => {
    const setting = at()
    const ticketId = await setting.ticket()
    const [id = 0] = await setting.order({ kind: 'internal-note', ticketId, body: 'Sent while quitting.' })
    await setting.ask.order('/misbehave', { target: 'zendesk', kind: 'lost-hang', method: 'PUT' })
    setting.outbox.start()
    await expect.poll(() => setting.entry(id).state).toBe('sending')
    await setting.outbox.stop()
    const { state } = setting.entry(id)
    setting.outbox.wake()
    await setting.outbox.flush()
    expect(setting.entry(id)).toMatchObject({ state, attempts: 1 })
    setting.restart()
    await setting.settle()
    expect(setting.entry(id)).toMatchObject({ state: 'verified', attempts: 1 })
    expect((await setting.messages(ticketId)).filter((body) => body === 'Sent while quitting.')).toHaveLength(1)
  })
})

test('a sign-in that may no longer write keeps changes where they are, and still looks after what was taken', async () => {
  const setting = at()
  await setting.ask.order('/zendesk', { jobs: { held: true } })
  const [first, second, third] = [await setting.ticket(), await setting.ticket(), await setting.ticket()]
  const taken = await setting.order({ kind: 'follow', ticketId: first }, { kind: 'follow', ticketId: second })
  await setting.outbox.flush()
  const [waiting = 0] = await setting.order({ kind: 'follow', ticketId: third })
  setting.abilities.mayWrite = false
  await setting.ask.order('/zendesk', { jobs: { held: false } })
  await setting.settle()
  expect(taken.map((id) => setting.entry(id).state)).toEqual(['verified', 'verified'])
  expect(setting.entry(waiting)).toMatchObject({ state: 'queued', problem: expect.stringMatching(/not write to it/) })
})

test('what somebody else has ordered is not sent with my sign-in, says so, and goes when they are back', async () => {
  const setting = at()
  const ticketId = await setting.ticket()
  const [id = 0, mine = 0] = await setting.order({ kind: 'add-cc', ticketId }, { kind: 'follow', ticketId })
  setting.db.prepare('UPDATE outbox SET by_id = ? WHERE id = ?').run(setting.colleague.id, id)
  await setting.settle()
  expect([id, mine].map((entry) => setting.entry(entry).state)).toEqual(['queued', 'verified'])
  expect(setting.entry(id).problem).toBe(
    `Ordered by ${setting.colleague.name}, and somebody else is signed in now. It goes on when they sign in again.`,
  )
  setting.db.prepare('UPDATE outbox SET by_id = ? WHERE id = ?').run(setting.me.id, id)
  await setting.settle()
  expect(setting.entry(id)).toMatchObject({ state: 'verified', problem: null })
})
