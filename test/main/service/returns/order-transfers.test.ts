import { describe, expect, test } from 'vitest'
import type { WriteIntent } from '#contract/outbox.ts'
import { returnWrapUp } from '#contract/return-wrap-up.ts'
import type { Outbox } from '#service/outbox/create-outbox.ts'
import { endCutOffTransfers, orderTransfers } from '#service/returns/order-transfers.ts'
import { findMeeting } from '#service/returns/find-meetings.ts'
import { showWrapUp } from '#service/returns/show-wrap-up.ts'
import type { WrapUpDesk } from '#service/returns/wrap-up-desk.ts'
import type { OutboxSetting, SettingParts } from '#test/support/outbox-setting.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { decideRows, wrapUpDeskOf } from '#test/support/wrap-up-setting.ts'

const zendesk = simulatorForOutboxes()
const coverageId = 'coverage-cascadia'

/** A meeting at the simulator about the account that I cover, with so many tickets of mine that go to its ASE. */
async function aMeeting(count: number, parts: SettingParts = {}) {
  const setting = zendesk.at(parts)
  const desk = (outbox: WrapUpDesk['outbox'] = setting.outbox) => wrapUpDeskOf(setting, outbox)
  const { meetingId, accountId, aseId } = findMeeting(desk(), coverageId)
  const ids: number[] = []
  while (ids.length < count) {
    const id = await setting.ticket({ organization_id: accountId, assignee_id: setting.me.id })
    await setting.ask.order(`/tickets/${id}`, { email_cc_ids: [setting.me.id] })
    ids.push(id)
  }
  setting.pass(60_000)
  await setting.read(...ids)
  const rows = ids.map((ticketId) => ({ ticketId, decision: 'transfer' as const }))
  decideRows(setting.db, { id: meetingId, accountId }, setting.clock.now(), ...rows)
  const intentsFor = (ticketId: number): WriteIntent[] => [
    { kind: 'internal-note', ticketId, body: `Handed back: ${ticketId}.` },
    { kind: 'assign', ticketId, assigneeId: aseId },
    { kind: 'remove-cc', ticketId },
  ]
  const ordersOf = async (...intents: readonly WriteIntent[]) =>
    (await setting.outbox.preview(intents)).map(({ intent, stamp }) => ({ intent, stamp }))
  const order = async (...intents: readonly WriteIntent[]) =>
    orderTransfers(desk(), { coverageId, orders: await ordersOf(...intents) })
  const transfers = () => showWrapUp(desk(), coverageId).transfers
  const transfer = (ticketId: number) => transfers().find((one) => one.ticketId === ticketId)
  return { setting, desk, meetingId, aseId, ids, intentsFor, ordersOf, order, transfers, transfer }
}

/** What Zendesk's own history says was done to a ticket since: `assignee_id 12`, `note`, `EmailCcChange`. */
async function done({ ask }: OutboxSetting, ticketId: number, since: number): Promise<string[]> {
  interface WireEvent {
    readonly type: string
    readonly field_name?: string
    readonly value?: unknown
    readonly public?: boolean
  }
  const { body } = await ask.zendesk(`/tickets/${ticketId}/audits.json?page[size]=100`)
  const { audits } = body as { audits: { created_at: string; events: WireEvent[] }[] }
  return audits
    .filter(({ created_at: at }) => Date.parse(at) >= since)
    .flatMap(({ events }) => events)
    .map(({ type, field_name: field, value, public: isPublic }) =>
      type === 'Comment'
        ? isPublic === true
          ? 'public reply'
          : 'note'
        : field === undefined
          ? type
          : `${field} ${String(value)}`,
    )
    .toSorted()
}

describe('transferring tickets at a simulated Zendesk', () => {
  test('twelve go to their ASE, each once with one note, over a conflict, a closed one, a lost answer and a restart', async () => {
    const meeting = await aMeeting(12)
    const { setting, ids, aseId, transfer, transfers } = meeting
    const [taken = 0, closed = 0] = ids
    expect(transfers()).toMatchObject(
      ids.map((ticketId) => ({ ticketId, standing: 'ready', onCc: true, entries: [], refusal: '' })),
    )
    const orders = await meeting.ordersOf(...ids.flatMap(meeting.intentsFor))
    // Somebody else is at it meanwhile.
    const other = zendesk.simulator.description.workspace.people.find(({ id }) => id !== aseId && id !== setting.me.id)
    await setting.ask.order(`/tickets/${taken}`, { assignee_id: other?.id })
    await setting.ask.order(`/tickets/${closed}`, { status: 'closed' })
    setting.pass(5000)
    const since = setting.clock.now()
    await orderTransfers(meeting.desk(), { coverageId, orders })
    expect(transfers().every(({ standing, entries }) => standing === 'ordered' && entries.length === 3)).toBe(true)

    // The first change is carried out, and the line is cut before the answer.
    zendesk.simulator.misbehave({ target: 'zendesk', kind: 'lost-cut', method: 'PUT' })
    await setting.outbox.flush()
    await setting.ask.order('/port', { target: 'zendesk', open: false })
    await setting.outbox.flush()
    setting.restart()
    endCutOffTransfers(setting.db)
    await setting.ask.order('/port', { target: 'zendesk', open: true })
    setting.pass(60_000)
    await setting.settle()

    expect(zendesk.simulator.record().filter(({ misbehaviour }) => misbehaviour === 'lost-cut')).toHaveLength(1)
    expect(transfer(taken)).toMatchObject({ standing: 'ordered', assigneeName: other?.name })
    const conflict = transfer(taken)?.entries.find(({ state }) => state === 'conflict')
    expect(conflict).toMatchObject({ intent: { kind: 'assign' }, conflict: [{ theirs: other?.name }] })
    expect(transfer(closed)).toMatchObject({
      ...{ standing: 'refused', status: 'closed', refusal: expect.stringMatching(/follow-up ticket/) },
      entries: [1, 2, 3].map(() => ({ state: 'failed', problem: expect.stringMatching(/is closed/) })),
    })
    setting.outbox.resolve(conflict?.id ?? 0, 'mine')
    setting.pass(60_000)
    await setting.settle()
    expect(transfers().map(({ standing }) => standing)).toEqual(ids.map((id) => (id === closed ? 'refused' : 'done')))

    const groups = new Set<string>()
    for (const id of ids) {
      const all = await done(setting, id, since)
      const said = all.filter((one) => !one.startsWith('group_id'))
      for (const one of all) if (one.startsWith('group_id')) groups.add(one)
      expect([id, said]).toEqual([id, id === closed ? [] : ['EmailCcChange', `assignee_id ${aseId}`, 'note']])
      expect(setting.truth(id).ccIds.includes(setting.me.id)).toBe(id === closed)
    }
    expect(setting.sent().some(({ path }) => path.includes('update_many'))).toBe(true)
    // The outbox puts a ticket into a group of the ASE's, where it has to.
    expect(groups.size).toBeLessThanOrEqual(1)
    expect(returnWrapUp.safeParse(showWrapUp(meeting.desk(), coverageId)).error).toBeUndefined()
  })

  test('what was ordered and not given up is not ordered again, and what was given up is', async () => {
    const meeting = await aMeeting(1)
    const { setting, transfer, order } = meeting
    const [id = 0] = meeting.ids
    const [note, assign] = meeting.intentsFor(id)
    if (!note || !assign) throw new Error('there are three')
    await order(note, assign)
    await expect(order(assign)).rejects.toThrow(`That #${id} is assigned was ordered in this meeting already.`)
    await expect(order({ kind: 'internal-note', ticketId: id, body: 'Another.' })).rejects.toThrow(/The note on/)
    const [, second] = transfer(id)?.entries ?? []
    setting.outbox.discard(second?.id ?? 0)
    expect(transfer(id)).toMatchObject({ standing: 'ordered', entries: [{ state: 'queued' }, { state: 'discarded' }] })
    await order(assign)
    await setting.settle()
    expect(transfer(id)).toMatchObject({ standing: 'done', entries: [{ state: 'verified' }, { state: 'verified' }] })
    await expect(order(assign)).rejects.toThrow(/already/)
  })

  test('a ticket of which only the assignment was given up is ready again', async () => {
    const { setting, transfer, order, ids, intentsFor } = await aMeeting(1)
    const [id = 0] = ids
    await order(...intentsFor(id))
    await setting.ask.order(`/tickets/${id}`, { assignee_id: null })
    await setting.settle()
    const conflict = transfer(id)?.entries.find(({ state }) => state === 'conflict')
    setting.outbox.resolve(conflict?.id ?? 0, 'theirs')
    await setting.settle()
    expect(transfer(id)).toMatchObject({ standing: 'ready', onCc: false })
  })
})

describe('what is refused', () => {
  test('anything else than assigning to the ASE, an internal note, and taking me off Cc', async () => {
    const { setting, order, ids, aseId } = await aMeeting(1)
    const [ticketId = 0] = ids
    const wrong: WriteIntent[] = [
      { kind: 'assign', ticketId, assigneeId: setting.me.id },
      { kind: 'remove-cc', ticketId, userId: aseId },
      { kind: 'add-cc', ticketId },
      { kind: 'tags', ticketId, add: ['x'], remove: [] },
    ]
    for (const intent of wrong) await expect(order(intent)).rejects.toThrow(/Here tickets are only assigned to/)
    expect(setting.outbox.list({ limit: 10, unsettled: false }).entries).toEqual([])
  })

  test('tickets of which that was not decided, the same twice, and everything while nothing is connected', async () => {
    const { setting, order, ordersOf, desk, ids, aseId } = await aMeeting(1)
    const [ticketId = 0] = ids
    const stranger = await setting.ticket()
    const assign = { kind: 'assign', ticketId, assigneeId: aseId } as const
    await expect(order({ ...assign, ticketId: stranger })).rejects.toThrow(/was not decided in this meeting/)
    await expect(order(assign, assign)).rejects.toThrow(/named twice/)
    const orders = await ordersOf(assign)
    await expect(orderTransfers(desk(null), { coverageId, orders })).rejects.toThrow(/Nothing is connected/)
    expect(setting.outbox.list({ limit: 10, unsettled: false }).entries).toEqual([])
  })

  test('an order that the outbox does not take leaves nothing behind', async () => {
    const { transfer, setting, ids, ordersOf, desk, aseId } = await aMeeting(1)
    const [ticketId = 0] = ids
    const orders = await ordersOf({ kind: 'assign', ticketId, assigneeId: aseId })
    setting.abilities.mayWrite = false
    await expect(orderTransfers(desk(), { coverageId, orders })).rejects.toThrow(/may read Zendesk and not write/)
    expect(transfer(ticketId)).toMatchObject({ standing: 'ready', entries: [] })
    setting.abilities.mayWrite = true
    await orderTransfers(desk(), { coverageId, orders })
    expect(transfer(ticketId)).toMatchObject({ standing: 'ordered', entries: [{ state: 'queued' }] })
  })
})

describe('a crash while orders are handed over', () => {
  const never = new Promise<never>(() => undefined)

  test('after the outbox had them: they are found again, and not ordered twice', async () => {
    const meeting = await aMeeting(2)
    const { setting, ids, transfers, intentsFor, ordersOf, desk } = meeting
    const orders = await ordersOf(...ids.flatMap(intentsFor))
    await new Promise<void>((resolve) => {
      const send: Outbox['send'] = async (given) => {
        await setting.outbox.send(given)
        resolve()
        return never
      }
      void orderTransfers(desk({ send }), { coverageId, orders })
    })
    expect(transfers()).toMatchObject(ids.map(() => ({ standing: 'ordered', entries: [] })))
    setting.restart()
    expect(endCutOffTransfers(setting.db)).toEqual([meeting.meetingId])
    expect(transfers().map(({ entries }) => entries.map(({ intent }) => intent.kind))).toEqual(
      ids.map(() => ['internal-note', 'assign', 'remove-cc']),
    )
    await expect(orderTransfers(desk(), { coverageId, orders })).rejects.toThrow(/already/)
    await setting.settle()
    for (const id of ids)
      expect((await setting.messages(id)).filter((body) => /Handed back/.test(body))).toHaveLength(1)
    expect(endCutOffTransfers(setting.db)).toEqual([])
  })

  test('before the outbox had them: they can be ordered again', async () => {
    const meeting = await aMeeting(1)
    const { setting, ids, transfers, intentsFor, ordersOf, desk } = meeting
    const orders = await ordersOf(...ids.flatMap(intentsFor))
    void orderTransfers(desk({ send: () => never }), { coverageId, orders: orders.slice(0, 1) })
    expect(transfers()).toMatchObject([{ standing: 'ordered', entries: [] }])
    await expect(orderTransfers(desk(), { coverageId, orders })).rejects.toThrow(/already/)
    setting.restart()
    expect(endCutOffTransfers(setting.db)).toEqual([meeting.meetingId])
    expect(transfers()).toMatchObject([{ standing: 'ready', entries: [] }])
    await orderTransfers(desk(), { coverageId, orders })
    await setting.settle()
    expect(transfers()).toMatchObject([{ standing: 'done' }])
  })
})
