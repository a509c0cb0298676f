import { expect, test } from 'vitest'
import { toCallDetail } from '#service/calls/call-view.ts'
import { startCall } from '#service/calls/edit-calls.ts'
import { storeDesk } from '#service/db/desks.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { emptyDesk } from '#core/desk/desk-document.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { policyOf } from '#test/support/policy-of.ts'
import { aSighting, aWorkspace, wednesday } from '#test/support/work-values.ts'

test('people of the account are suggested: its contacts first, then who writes and is on Cc; of ours me and the ASE first', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  storeUsers(db, [
    { id: 91, name: 'Marcus', role: 'end-user' },
    { id: 92, name: 'Yuki', role: 'end-user' },
    { id: 12, name: 'Anna', role: 'agent' },
    { id: 93, name: 'Elsewhere', role: 'end-user' },
  ])
  storeTicket(db, aSighting({ id: 5, organizationId: 1, requesterId: 91, ccIds: [92, 12] }), wednesday)
  storeTicket(db, aSighting({ id: 6, organizationId: 2, requesterId: 93 }), wednesday)
  const contact = { id: 'a', role: '', reach: '', howToWork: '', important: true }
  const contacts = [
    { ...contact, side: 'customer' as const, name: 'Lena' },
    { ...contact, side: 'customer' as const, name: 'Marcus' },
    { ...contact, side: 'internal' as const, name: 'Tam' },
  ]
  storeDesk(db, 1, { document: { ...emptyDesk, contacts }, restricted: false }, wednesday)
  const desk = { db, policy: policyOf('2025-04'), now: () => wednesday, outbox: null }
  expect(toCallDetail(desk, startCall(desk, { accountId: 1, ticketId: 5 }))).toMatchObject({
    accountName: 'Acme',
    state: 'draft',
    ticketIds: [5],
    people: { customer: ['Lena', 'Marcus', 'Yuki'], ours: ['Ines', 'Anna', 'Ben', 'Tam'] },
    tickets: [{ id: 5, subject: 'Runners time out', status: 'open' }],
  })
})
