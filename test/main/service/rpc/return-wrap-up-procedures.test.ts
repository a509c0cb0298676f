import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '#service/db/open-database.ts'
import { transaction } from '#service/db/sql.ts'
import { databaseName } from '#service/session.ts'
import { refusalOf } from '#test/support/connected-service.ts'
import { runningService } from '#test/support/running-service.ts'

const coverageId = 'coverage-cascadia'

/** The sample with one ticket of the account that I cover decided to go to its ASE. */
async function sample() {
  const app = await runningService()
  const { client } = app.service
  await app.service.syncOnce()
  const { rows, meetingId } = await client.returns.get({ coverageId })
  const row = rows.find(({ decisions, ticketNow }) => decisions.includes('transfer') && ticketNow?.status === 'open')
  if (!row?.ticketId) throw new Error('no such row in the sample')
  const decision = { kind: 'transfer' as const, note: '', owner: '', dueOn: '' }
  await client.returns.decide({ coverageId, key: row.key, state: row.state, decision })
  const told = (kind: string) => app.events.filter((event) => event.kind === kind).flatMap(({ ids }) => ids)
  return { app, client, meetingId, ticketId: row.ticketId, told }
}

test('what follows the list is shown, ordered, written down and learned, and windows are told', async () => {
  const { app, client, meetingId, ticketId, told } = await sample()
  const { transfers, aseId, notices } = await client.returnWrapUps.get({ coverageId })
  expect(transfers).toMatchObject([{ ticketId, entries: [], note: expect.stringContaining('Handed back to Dana') }])
  expect(notices.map(({ subject }) => subject)).toEqual([
    'Dana Whitfield is back',
    'Cascadia Freight: Dana Whitfield is back',
  ])
  const intents = [{ kind: 'internal-note' as const, ticketId, body: transfers[0]?.note ?? '' }]
  const { previews } = await client.outbox.preview({ intents })
  const orders = previews.map(({ intent, stamp }) => ({ intent, stamp }))
  const ordered = await client.returnWrapUps.transfer({ coverageId, orders })
  expect(ordered.transfers).toMatchObject([{ ticketId, entries: [{ intent: { kind: 'internal-note' } }] }])
  expect(ordered.aseId).toBe(aseId)

  const { callId } = await client.returnWrapUps.call({ coverageId, audience: 'internal' })
  expect(await client.calls.get({ id: callId })).toMatchObject({ purpose: 'Return from PTO', state: 'draft' })
  expect(told('calls')).toEqual([callId])

  const before = app.events.length
  await client.returnWrapUps.learn({ coverageId, lesson: { helped: 'no', missing: ' Contacts ' } })
  expect(app.events.slice(before).map(({ kind, ids }) => ({ kind, ids }))).toEqual([
    { kind: 'returns', ids: [meetingId] },
    { kind: 'handoffs', ids: [] },
  ])
  const { lesson, call } = await client.returnWrapUps.get({ coverageId })
  expect({ lesson, call }).toMatchObject({ lesson: { helped: 'no', missing: 'Contacts' }, call: { id: callId } })
  expect(await client.returnWrapUps.issueIntents({ coverageId })).toEqual({ intents: [] })
}, 60_000)

test('a coverage that is not known, and what was ordered before, are refused in words', async () => {
  const { client, ticketId } = await sample()
  const none = { coverageId: 'none' }
  const unknown = { code: 'NOT_FOUND', message: expect.stringMatching(/coverage is not known here/) }
  expect(await refusalOf(client.returnWrapUps.get(none))).toMatchObject(unknown)
  expect(await refusalOf(client.returnWrapUps.call({ ...none, audience: 'customer' }))).toMatchObject(unknown)
  expect(await refusalOf(client.returnWrapUps.issueIntents(none))).toMatchObject(unknown)
  const { previews } = await client.outbox.preview({ intents: [{ kind: 'internal-note', ticketId, body: 'Back.' }] })
  const orders = previews.map(({ intent, stamp }) => ({ intent, stamp }))
  await client.returnWrapUps.transfer({ coverageId, orders })
  expect(await refusalOf(client.returnWrapUps.transfer({ coverageId, orders }))).toMatchObject({
    ...{ code: 'REFUSED', message: expect.stringMatching(/was ordered in this meeting already/) },
  })
}, 60_000)

test('what was being handed over when Understudy ended is found again at the next start', async () => {
  const { app, client, meetingId, ticketId } = await sample()
  const { previews } = await client.outbox.preview({ intents: [{ kind: 'internal-note', ticketId, body: 'Back.' }] })
  const orders = previews.map(({ intent, stamp }) => ({ intent, stamp }))
  await client.returnWrapUps.transfer({ coverageId, orders })
  await app.stop()
  const db = openDatabase(join(app.dataDir, 'sample', databaseName))
  transaction(db, () => db.exec('UPDATE return_orders SET entry_id = NULL'))
  db.close()

  const next = await runningService({ dataDir: app.dataDir, connect: false })
  const entries = async () => {
    const { transfers } = await next.service.client.returnWrapUps.get({ coverageId })
    return transfers.flatMap((transfer) => transfer.entries.map(({ intent }) => intent))
  }
  expect(await entries()).toEqual([])
  next.service.start()
  expect(await entries()).toEqual([{ kind: 'internal-note', ticketId, body: 'Back.' }])
  expect(next.events).toContainEqual(expect.objectContaining({ kind: 'returns', ids: [meetingId] }))
}, 60_000)
