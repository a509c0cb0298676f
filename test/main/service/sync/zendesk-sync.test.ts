import { expect, test } from 'vitest'
import { isFollowed } from '#service/db/accounts.ts'
import { beginRemoval, endRemoval } from '#service/db/data-removals.ts'
import { readComments, userNames } from '#service/db/read-tickets.ts'
import { transaction, type WriteDb } from '#service/db/sql.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readConversation } from '#service/sync/read-details.ts'
import { assertFollowed, storeSightings } from '#service/sync/zendesk-sync.ts'
import { lastPage } from '#test/support/scripted-sources.ts'
import { aComment, aSighting, aWorkspace, dayMs, wednesday } from '#test/support/work-values.ts'
import { zendeskSetting } from '#test/support/zendesk-setting.ts'

/** Acme (1) was covered by me (11) and its data removed since. */
function afterRemoval(db: WriteDb): void {
  const at = wednesday + 20 * dayMs
  transaction(db, () => beginRemoval(db, { accountId: 1, accountName: 'Acme', endedAt: wednesday + dayMs }, [], at))
  endRemoval(db, 1, 0)
}

const ids = (db: WriteDb) => db.prepare('SELECT id FROM tickets ORDER BY id').pluck().all()
const customers = [501, 502, 503].map((id) => ({ id, name: `Customer ${id}`, role: 'end-user' }))

test('of an account whose data was removed nothing comes back because I am on Cc or follow, and no customer’s name', () => {
  const { db, sync } = zendeskSetting()
  afterRemoval(db)
  const rows = [
    aSighting({ id: 101, ccIds: [11], requesterId: 501 }),
    aSighting({ id: 102, followerIds: [11], requesterId: 501 }),
    aSighting({ id: 103, assigneeId: 11, status: 'solved', requesterId: 501 }),
    aSighting({ id: 104, assigneeId: 11, requesterId: 502 }),
    aSighting({ id: 105, organizationId: 2, requesterId: 503 }),
    aSighting({ id: 106, organizationId: null, requesterId: 503 }),
  ]
  transaction(db, () => storeSightings(sync, { rows, users: customers }, 'list'))
  expect(ids(db)).toEqual([104, 105, 106])
  expect(userNames(db, [501, 502, 503])).toEqual(['Customer 502', 'Customer 503'])
})

test('a ticket of it that is stored, because I worked on it, is seen to be solved', () => {
  const { db, sync } = zendeskSetting()
  storeTicket(db, aSighting({ id: 104, assigneeId: 11 }), wednesday)
  afterRemoval(db)
  const solved = aSighting({ id: 104, assigneeId: 12, status: 'solved', updatedAt: wednesday + 1 })
  transaction(db, () => storeSightings(sync, { rows: [solved], users: [] }, 'list'))
  expect(db.prepare('SELECT status FROM tickets').pluck().all()).toEqual(['solved'])
})

test('nothing is asked of it, and a page that was on its way is not stored', async () => {
  const { db, jobs } = zendeskSetting()
  const scopes = () => jobs().filter(({ scope }) => scope.endsWith(':1'))
  expect(scopes()).not.toEqual([])
  afterRemoval(db)
  expect(scopes()).toEqual([])
  expect([isFollowed(db, 1), isFollowed(db, 2)]).toEqual([false, true])
  expect(() => assertFollowed(db, { id: 1, name: 'Acme' })).toThrow('Acme is no longer followed.')
})

test('a conversation of a ticket that was deleted while it was read leaves nothing', async () => {
  const setting = zendeskSetting(
    {
      comments: async () => {
        setting.db.prepare('DELETE FROM tickets').run()
        return { ...lastPage(aComment()), users: customers }
      },
    },
    aWorkspace(),
  )
  storeTicket(setting.db, aSighting(), wednesday)
  await readConversation(setting.sync, { id: 101, updatedAt: wednesday })
  expect(readComments(setting.db, 101)).toEqual([])
  expect(userNames(setting.db, [501])).toEqual([])
})
