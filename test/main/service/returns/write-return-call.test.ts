import { expect, test } from 'vitest'
import { callDetail } from '#contract/calls.ts'
import { toCallDetail } from '#service/calls/call-view.ts'
import { removeCall, restoreCall, saveCall } from '#service/calls/edit-calls.ts'
import { fileCall } from '#service/calls/file-call.ts'
import { readCalls } from '#service/db/calls.ts'
import { readStoredMeeting, storeMeeting } from '#service/db/return-meetings.ts'
import { showWrapUp } from '#service/returns/show-wrap-up.ts'
import { writeReturnCall } from '#service/returns/write-return-call.ts'
import { storedCall } from '#test/support/call-setting.ts'
import { aHandedDesk } from '#test/support/handed-desk.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { dayMs, hourMs, wednesday } from '#test/support/work-values.ts'
import { decideRows, wrapUpDeskOf } from '#test/support/wrap-up-setting.ts'

const coverageId = 'acme-by-ines'
const acme = { id: 'anna-away--1', accountId: 1 }
const secret = 'Ask Geo first.'

/** Ines wrote to the customer and a note, and two rows of that are decided. */
async function aMeeting() {
  const desk = await aHandedDesk()
  await desk.pass(hourMs)
  desk.page(102, { createdAt: wednesday + hourMs, assigneeId: 11, subject: 'Geo lags' })
  desk.say(102, 11, { text: 'We will send the patch by Friday.' })
  desk.say(102, 11, { text: secret, public: false })
  await desk.pass(hourMs)
  decideRows(
    desk.db,
    acme,
    desk.clock.now(),
    { ticketId: 102, decision: 'transfer', note: 'They are angry.', subject: 'Geo lags' },
    { ticketId: 102, kind: 'noted', words: '1 internal note', decision: 'follow-up', owner: 'Ines', by: '2026-11-24' },
  )
  const callDesk = { db: desk.db, policy: policyOf('2025-04'), now: () => desk.clock.now(), outbox: null }
  return {
    ...{ desk, callDesk },
    write: (audience: 'customer' | 'internal') => writeReturnCall(wrapUpDeskOf(desk), { coverageId, audience }).callId,
    call: (id: string) => storedCall(desk, id),
    shown: () => showWrapUp(wrapUpDeskOf(desk), coverageId).call,
    calls: () => readCalls(desk.db, null).length,
  }
}

test('the meeting becomes a draft with its list, its decisions and who was there, and is remembered', async () => {
  const { desk, write, call, shown, callDesk } = await aMeeting()
  expect(shown()).toBeNull()
  storeMeeting(desk.db, { ...readStoredMeeting(desk.db, acme), settledAt: wednesday + 3 * hourMs })
  desk.clock.step(3 * dayMs)
  const id = write('internal')
  const { accountId, filed, document } = call(id)
  expect({ accountId, filed }).toEqual({ accountId: 1, filed: null })
  expect(document).toMatchObject({
    ...{ about: 'other', purpose: 'Return from PTO', day: '2026-11-18', ours: ['Anna', 'Ines'], customer: [] },
    decisions: ['Ticket 102 “Geo lags” goes to Anna: They are angry.'],
    actions: [{ dri: 'Ines', dueOn: '2026-11-24', done: false }],
  })
  expect(document.topics.map(({ title }) => title)).toEqual([
    ...['What could not be seen', 'Promised', 'New', 'Replies', 'Internal notes'],
  ])
  expect(JSON.stringify(document)).toContain(secret)
  expect(callDetail.safeParse(toCallDetail(callDesk, call(id))).error).toBeUndefined()
  expect(shown()).toEqual({ id, filed: false, url: null, words: 'It is a draft and not filed yet.' })
})

test('for the customer there is nothing in it that only colleagues know', async () => {
  const { write, call } = await aMeeting()
  const { document } = call(write('customer'))
  expect(document).toMatchObject({ decisions: ['Ticket 102 “Geo lags” goes to Anna'], actions: [] })
  expect(document.topics.map(({ title }) => title)).toEqual(['Promised', 'New', 'Replies'])
  for (const words of [secret, 'angry', 'internal note']) expect(JSON.stringify(document)).not.toContain(words)
})

test('called again it is the same call, written anew while nobody typed in it', async () => {
  const { desk, callDesk, write, call, calls } = await aMeeting()
  const id = write('internal')
  const before = call(id)
  expect(write('customer')).toBe(id)
  expect(call(id).document.decisions).toEqual(['Ticket 102 “Geo lags” goes to Anna'])
  expect(call(id).updatedAt).toBeGreaterThan(before.updatedAt)
  decideRows(desk.db, acme, desk.clock.now(), { ticketId: 102, decision: 'keep', subject: 'Geo lags' })
  expect(write('internal')).toBe(id)
  expect(call(id).document.decisions).toEqual(['Ticket 102 “Geo lags” stays with Ines'])
  const typed = { ...call(id).document, prioritiesChanged: 'Geo first.' }
  saveCall(callDesk, { id, document: typed, updatedAt: call(id).updatedAt })
  expect(write('customer')).toBe(id)
  expect(call(id).document).toEqual(typed)
  expect(calls()).toBe(1)
})

test('one that was filed stays, and says what it became', async () => {
  const { callDesk, write, call, shown } = await aMeeting()
  const id = write('internal')
  await fileCall(callDesk, { id, projectId: null, orders: [] })
  const { document } = call(id)
  expect(write('customer')).toBe(id)
  expect(call(id).document).toEqual(document)
  expect(shown()).toEqual({ id, filed: true, url: null, words: 'Markdown of the issue, to copy' })
})

test('one that was deleted is begun again', async () => {
  const { callDesk, write, shown } = await aMeeting()
  const id = write('internal')
  const gone = removeCall(callDesk, id)
  expect(shown()).toBeNull()
  const next = write('internal')
  expect(next).not.toBe(id)
  restoreCall(callDesk, gone)
  expect(shown()?.id).toBe(next)
})
