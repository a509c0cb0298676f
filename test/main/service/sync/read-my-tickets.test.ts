import { expect, test } from 'vitest'
import { readCursor } from '#service/db/cursors.ts'
import { createMyTickets } from '#service/sync/read-my-tickets.ts'
import { lastPage } from '#test/support/scripted-sources.ts'
import { aSighting, hourMs, wednesday } from '#test/support/work-values.ts'
import { runDue, zendeskSetting } from '#test/support/zendesk-setting.ts'

test('my tickets are those assigned to me, with me on Cc and followed by me: read at a start, and every hour', async () => {
  const { sync, state, calls, roster } = zendeskSetting()
  const run = async (mine: ReturnType<typeof createMyTickets>) => {
    calls.length = 0
    await runDue(() => mine.jobs(roster()), sync.now)
    return [...calls]
  }
  const lists = ['ticketsAssignedTo 11', 'ticketsWithCc 11', 'ticketsFollowedBy 11']
  const mine = createMyTickets(sync, () => 0)
  expect(await run(mine)).toEqual(lists)
  state.now += hourMs - 1
  expect(await run(mine)).toEqual([])
  expect(await run(createMyTickets(sync, () => 0))).toEqual(lists)
  state.now += 1
  expect(await run(mine)).toEqual([])
  state.now += hourMs
  expect(await run(mine)).toEqual(lists)
})

test('the first reading goes back as far as is wanted, in slices that let others have their turn', async () => {
  const { db, sync, roster } = zendeskSetting({
    ticketsAssignedTo: async (_, cursor) => {
      const page = Number(cursor ?? 0)
      return { ...lastPage(aSighting({ id: 1 + page, updatedAt: wednesday - page * hourMs })), next: String(page + 1) }
    },
  })
  const job = () => createMyTickets(sync, () => wednesday - 4 * hourMs).jobs(roster())[0]
  expect(await job()?.run()).toBe('more')
  expect(readCursor(db, 'zendesk', 'assigned-to-me')).toMatchObject({ passCursor: '3', completedAt: null })
  expect(await job()?.run()).toBe('done')
  expect(readCursor(db, 'zendesk', 'assigned-to-me')).toMatchObject({ passCursor: null, completedAt: wednesday })
  expect(db.prepare('SELECT id FROM tickets ORDER BY id').pluck().all()).toEqual([1, 2, 3, 4, 5, 6])
})

test('nobody in particular has no tickets', () => {
  const { sync, roster } = zendeskSetting()
  expect(createMyTickets(sync, () => 0).jobs({ ...roster(), me: null })).toEqual([])
})
