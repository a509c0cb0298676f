import { expect, test } from 'vitest'
import { fileCall, previewCall } from '#service/calls/file-call.ts'
import { endCutOffFilings, reopenTakenBack } from '#service/calls/settle-calls.ts'
import { aDraft, callDeskAt, storedCall } from '#test/support/call-setting.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const simulated = simulatorForOutboxes()

async function setting() {
  const work = await workSetting(simulated.simulator, simulated.at())
  await work.readProject()
  const desk = callDeskAt(work)
  const tickets = [
    { id: await work.ticket(), how: 'internal' as const },
    { id: await work.ticket(), how: 'internal' as const },
    { id: await work.ticket(), how: 'public' as const },
  ]
  const { id } = aDraft(desk, work.accountId, { about: 'tickets', tickets })
  const { parts } = await previewCall(desk, { id, projectId: null })
  const orders = parts.flatMap(({ preview }) => (preview ? [{ intent: preview.intent, stamp: preview.stamp }] : []))
  return { work, desk, id, orders, entries: () => work.outbox.list({ limit: 9, unsettled: false }).entries }
}

test.each([
  ['before the outbox had its orders', false],
  ['after the outbox had its orders', true],
])('a crash %s loses nothing and sends nothing twice', async (_, arrived) => {
  const { work, desk, id, orders, entries } = await setting()
  const send = async () => {
    if (arrived) await work.outbox.send(orders)
    return new Promise<never>(() => undefined)
  }
  void fileCall({ ...desk, outbox: { ...work.outbox, send } }, { id, projectId: null, orders })
  await expect.poll(() => storedCall(desk, id).filed?.parts.map(({ entryId }) => entryId)).toEqual([null, null, null])
  await expect.poll(() => entries().length).toBe(arrived ? 2 : 0)
  expect(endCutOffFilings(desk.db, desk.now())).toEqual([id])
  const { filed } = storedCall(desk, id)
  if (!arrived) expect(filed).toBeNull()
  else {
    const [second, first] = entries().map((entry) => entry.id)
    expect(filed?.parts.map(({ entryId }) => entryId)).toEqual([first, second, null])
  }
  expect(endCutOffFilings(desk.db, desk.now())).toEqual([])
})

test('a call of which every order was taken back is a draft again; of which one was, it stays filed', async () => {
  const { work, desk, id, orders, entries } = await setting()
  await fileCall(desk, { id, projectId: null, orders })
  const [second = 0, first = 0] = entries().map((entry) => entry.id)
  expect(reopenTakenBack(desk.db, [first, second], desk.now())).toEqual([])
  work.outbox.discard(first)
  expect(reopenTakenBack(desk.db, [first], desk.now())).toEqual([])
  work.outbox.discard(second)
  expect(reopenTakenBack(desk.db, [second], desk.now())).toEqual([id])
  expect(storedCall(desk, id)).toMatchObject({ filed: null, document: { purpose: 'Upgrade plan' } })
})
