import { describe, expect, test } from 'vitest'
import { readCallIssue } from '#core/calls/read-call.ts'
import { callSummary } from '#core/calls/write-call.ts'
import { toCallRow } from '#service/calls/call-view.ts'
import { saveCall } from '#service/calls/edit-calls.ts'
import { fileCall, previewCall } from '#service/calls/file-call.ts'
import { openActions } from '#service/calls/open-actions.ts'
import { writeCall } from '#service/db/calls.ts'
import { keepReturnCall } from '#service/db/return-calls.ts'
import { readStoredMeeting, storeMeeting } from '#service/db/return-meetings.ts'
import { readDesk, storeDesk } from '#service/db/desks.ts'
import { readIssue } from '#service/db/read-issues.ts'
import { aDraft, callDeskAt, storedCall } from '#test/support/call-setting.ts'
import { aCall } from '#test/support/call-values.ts'
import { simulatorForOutboxes } from '#test/support/outbox-simulator.ts'
import { workSetting } from '#test/support/work-setting.ts'

const simulated = simulatorForOutboxes()

async function setting() {
  const work = await workSetting(simulated.simulator, simulated.at())
  await work.readProject()
  const desk = callDeskAt(work)
  const ordersFor = async (id: string, projectId: number | null = work.projectId) => {
    const { parts } = await previewCall(desk, { id, projectId })
    return parts.flatMap(({ preview }) => (preview ? [{ intent: preview.intent, stamp: preview.stamp }] : []))
  }
  return { work, desk, ordersFor, draft: (parts = {}) => aDraft(desk, work.accountId, parts) }
}

describe('a call about something else', () => {
  test('becomes an issue with its label, which the outbox verifies, and whose tasks are its action items', async () => {
    const { work, desk, ordersFor, draft } = await setting()
    const { id } = draft({ purpose: 'Becomes an issue' })
    const { parts } = await previewCall(desk, { id, projectId: work.projectId })
    expect(parts).toMatchObject([
      {
        heading: 'Issue “2026-12-04 Call: Becomes an issue”',
        preview: {
          intent: { kind: 'create-issue', labels: [work.label] },
          refusal: null,
          customerSees: { visible: true },
        },
      },
    ])
    await fileCall(desk, { id, projectId: work.projectId, orders: await ordersFor(id) })
    expect(openActions(desk, work.accountId).filter(({ at }) => at.kind === 'call')).toHaveLength(1)
    await work.settle()
    const [issue] = work.titled('2026-12-04 Call: Becomes an issue')
    expect(issue?.labels).toEqual([work.label])
    const detail = readIssue(work.db, { kind: 'issue', projectId: work.projectId, iid: issue?.iid ?? 0 })
    expect(readCallIssue({ title: detail?.issue.title ?? '', description: detail?.description ?? '' })).toMatchObject({
      purpose: 'Becomes an issue',
      actions: [{ what: 'Book the window', dri: 'Marcus Bell', dueOn: '2026-12-11', done: false }, { done: true }],
    })
    expect(toCallRow(work.db, storedCall(desk, id), 'x')).toMatchObject({
      state: 'filed',
      became: [{ state: 'verified', url: detail?.issue.url }],
    })
    // Now the issue tells what is open; the same item does not show twice.
    expect(openActions(desk, work.accountId)).toMatchObject([{ what: 'Book the window', at: { kind: 'issue' } }])
  })

  test('is a text to copy where no project is chosen, and is filed without anything being sent', async () => {
    const { work, desk, draft } = await setting()
    const { id } = draft()
    const { parts } = await previewCall(desk, { id, projectId: null })
    expect(parts).toMatchObject([{ preview: null, text: expect.stringContaining('/label ~"') as string }])
    await fileCall(desk, { id, projectId: null, orders: [] })
    expect(work.outbox.list({ limit: 9, unsettled: false }).entries).toEqual([])
    expect(storedCall(desk, id).filed?.parts).toMatchObject([
      { words: 'Markdown of the issue, to copy', entryId: null },
    ])
  })
})

test('a call about tickets becomes a summary in each that is chosen, inside or as a text for the customer', async () => {
  const { work, desk, ordersFor, draft } = await setting()
  const [inside, outside] = [await work.ticket(), await work.ticket()]
  const tickets = [
    { id: inside, how: 'internal' as const },
    { id: outside, how: 'public' as const },
  ]
  const { id } = draft({ about: 'tickets', tickets })
  const { parts } = await previewCall(desk, { id, projectId: null })
  expect(parts).toMatchObject([
    { heading: `Internal note on #${inside}`, preview: { customerSees: { visible: false }, refusal: null } },
    { heading: `Public reply on #${outside}, to copy`, preview: null },
  ])
  await fileCall(desk, { id, projectId: null, orders: await ordersFor(id, null) })
  await work.settle()
  const name = simulated.simulator.description.workspace.accounts.find((one) => one.id === work.accountId)?.name ?? ''
  const summary = callSummary(aCall(), name)
  expect((await work.messages(inside)).at(-1)).toBe(summary)
  expect(await work.messages(outside)).not.toContain(summary)
  // Nothing else keeps what is to be done after it.
  expect(openActions(desk, work.accountId)).toMatchObject([{ what: 'Book the window', at: { kind: 'call', index: 0 } }])
})

test('what was not shown is not sent: a call that changed since is refused, and stays a draft', async () => {
  const { work, desk, ordersFor, draft } = await setting()
  const call = draft({ purpose: 'Shown' })
  const orders = await ordersFor(call.id)
  saveCall(desk, { id: call.id, document: aCall({ purpose: 'Other' }), updatedAt: call.updatedAt })
  await expect(fileCall(desk, { id: call.id, projectId: work.projectId, orders })).rejects.toThrow('Look at it again')
  expect(storedCall(desk, call.id).filed).toBeNull()
  expect(work.outbox.list({ limit: 9, unsettled: false }).entries).toEqual([])
})

test('where the outbox refuses an order, the call stays a draft', async () => {
  const { work, desk, ordersFor, draft } = await setting()
  const { id } = draft()
  const orders = (await ordersFor(id)).map((order) => ({ ...order, stamp: order.stamp - 1 }))
  const refusing = { ...desk, outbox: { ...work.outbox, send: () => Promise.reject(new Error('refused')) } }
  await expect(fileCall(refusing, { id, projectId: work.projectId, orders })).rejects.toThrow('refused')
  expect(storedCall(desk, id).filed).toBeNull()
})

test('what a return meeting wrote for colleagues goes to no project that the customer sees', async () => {
  const { work, desk, ordersFor, draft } = await setting()
  const { id } = draft({ purpose: 'Return from PTO' })
  const meeting = { id: 'away/1', accountId: work.accountId }
  storeMeeting(work.db, readStoredMeeting(work.db, meeting))
  const orders = await ordersFor(id)
  const wrote = (audience: 'customer' | 'internal') =>
    keepReturnCall(work.db, meeting.id, { callId: id, print: 'x', audience })
  wrote('internal')
  const refusal = async () =>
    (await previewCall(desk, { id, projectId: work.projectId })).parts.map(({ preview }) => preview?.refusal)
  expect(await refusal()).toEqual([expect.stringMatching(/^This was written for colleagues only/)])
  await expect(fileCall(desk, { id, projectId: work.projectId, orders })).rejects.toThrow(/for colleagues only/)
  expect(storedCall(desk, id).filed).toBeNull()
  await work.settle()
  expect(work.titled('2026-12-04 Call: Return from PTO')).toEqual([])
  expect((await previewCall(desk, { id, projectId: null })).missing).toEqual([])
  wrote('customer')
  expect(await refusal()).toEqual([null])
})

test('of a restricted account nothing is written or copied elsewhere', async () => {
  const { work, desk, draft } = await setting()
  const { id } = draft()
  storeDesk(work.db, work.accountId, { ...readDesk(work.db, work.accountId), restricted: true }, 0)
  const { parts, missing } = await previewCall(desk, { id, projectId: null })
  expect({ parts, missing }).toEqual({ parts: [], missing: [expect.stringContaining('is restricted') as string] })
  await expect(fileCall(desk, { id, projectId: null, orders: [] })).rejects.toThrow('is restricted')
})

test('what is missing is said, and a filed call cannot be filed again', async () => {
  const { desk, draft } = await setting()
  const { id } = draft({ purpose: '' })
  expect((await previewCall(desk, { id, projectId: null })).missing).toHaveLength(1)
  await expect(fileCall(desk, { id, projectId: null, orders: [] })).rejects.toThrow('Say what it was for')
  const call = storedCall(desk, id)
  writeCall(desk.db, { ...call, document: aCall() })
  await fileCall(desk, { id, projectId: null, orders: [] })
  await expect(fileCall(desk, { id, projectId: null, orders: [] })).rejects.toThrow('This call is filed')
})
