import { describe, expect, test } from 'vitest'
import { listCursors, readCursor } from '#service/db/cursors.ts'
import { listEvents } from '#service/db/events.ts'
import { readComments, readTicket, userNames } from '#service/db/read-tickets.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import { lastPage } from '#test/support/scripted-sources.ts'
import { aComment, aSighting, aWorkspace, wednesday } from '#test/support/work-values.ts'
import { zendeskSetting } from '#test/support/zendesk-setting.ts'

test('accounts come first, then clocks, my own work, conversations and org notes, each named for a person', () => {
  const { jobs, db } = zendeskSetting()
  expect(jobs().map((job) => `${job.scope}: ${job.name}`)).toEqual([
    'organization:1: Tickets of Acme',
    'organization:2: Tickets of Borealis',
    'organization:3: Tickets of Cormorant',
    'look-ups: Tickets looked up one by one',
    'clocks: SLA clocks',
    'assigned-to-me: Tickets assigned to me',
    'with-me-on-cc: Tickets with me on Cc',
    'followed-by-me: Tickets I follow',
    'conversations: Conversations and histories',
    'organization-record:1: Org note of Acme',
    'organization-record:2: Org note of Borealis',
    'organization-record:3: Org note of Cormorant',
  ])
  storeWorkspace(db, aWorkspace({ meId: 999 }))
  expect(jobs().map((job) => job.scope)).not.toContain('assigned-to-me')
})

test('names of users come with the tickets and messages they are met on', async () => {
  const { db, runAll } = zendeskSetting({
    ticketsOfOrganization: async (id) => ({
      ...lastPage(...(id === 1 ? [aSighting()] : [])),
      users: [{ id: 501, name: 'Carla', role: 'end-user' }],
    }),
    comments: async () => ({ ...lastPage(aComment()), users: [{ id: 502, name: 'Dan', role: 'agent' }] }),
  })
  await runAll()
  expect(userNames(db, [501, 502])).toEqual(['Carla', 'Dan'])
  expect(readTicket(db, 101)?.requesterName).toBe('Carla')
})

test('everything that was read has a stream of its own, and is read as of now', async () => {
  const { db, runAll } = zendeskSetting({ ticketsOfOrganization: async () => lastPage(aSighting()) })
  await runAll()
  const cursors = listCursors(db)
  expect(cursors.map(({ scope }) => scope)).toEqual([
    ...['assigned-to-me', 'clocks', 'conversations', 'followed-by-me'],
    ...['organization-record:1', 'organization-record:2', 'organization-record:3'],
    ...['organization:1', 'organization:2', 'organization:3', 'with-me-on-cc'],
  ])
  for (const { problem, completedAt } of cursors) expect([problem, completedAt]).toEqual([null, wednesday])
})

describe('conversations', () => {
  test('are read for tickets that changed and are live, or of an account that is covered: all their pages, and not again', async () => {
    const asked: string[] = []
    const { db, runAll, counts } = zendeskSetting({
      ticketsOfOrganization: async (id) =>
        id === 1
          ? lastPage(aSighting(), aSighting({ id: 102, status: 'solved' }))
          : lastPage(aSighting({ id: 100 + id * 10, organizationId: id, status: 'solved' })),
      comments: async (ticketId, cursor) => {
        asked.push(`${ticketId} ${cursor}`)
        return cursor === null
          ? { ...lastPage(aComment({ id: 1 })), next: 'second' }
          : lastPage(aComment({ id: 2, createdAt: wednesday + 1 }))
      },
    })
    await runAll()
    await runAll()
    expect(asked.toSorted()).toEqual(['101 null', '101 second', '102 null', '102 second'])
    expect(readComments(db, 101).map((comment) => comment.id)).toEqual([1, 2])
    expect(counts).toMatchObject({ tickets: 4, comments: 2 })
  })

  test('that were interrupted are complete only after all was read, and no message is recorded twice', async () => {
    let fails = true
    const { db, runAll } = zendeskSetting({
      ticketsOfOrganization: async (id) => (id === 1 ? lastPage(aSighting()) : lastPage()),
      comments: async (_ticketId, cursor) => {
        if (cursor !== null && fails) throw new RemoteFailure('offline', 'Zendesk cannot be reached.')
        return cursor === null ? { ...lastPage(aComment({ id: 1 })), next: 'second' } : lastPage(aComment({ id: 2 }))
      },
    })
    await expect(runAll()).rejects.toMatchObject({ kind: 'offline' })
    expect(readTicket(db, 101)?.commentsAsOf).toBeNull()
    expect(readComments(db, 101)).toHaveLength(1)
    fails = false
    await runAll()
    expect(readTicket(db, 101)?.commentsAsOf).toBe(wednesday)
    expect(listEvents(db, 0, 100).filter((event) => event.kind === 'comment-added')).toHaveLength(2)
  })
})

test('a ticket read for its account and again as mine is one ticket, created once', async () => {
  const { db, runAll } = zendeskSetting({
    ticketsOfOrganization: async (id) => (id === 1 ? lastPage(aSighting({ assigneeId: 11 })) : lastPage()),
    ticketsAssignedTo: async () => lastPage(aSighting({ assigneeId: 11 }, { takenAt: 99 })),
  })
  await runAll()
  await runAll()
  expect(db.prepare('SELECT count(*) AS n, max(taken_at) AS taken FROM tickets').get()).toEqual({ n: 1, taken: 99 })
  expect(listEvents(db, 0, 100).map((event) => event.kind)).toEqual(['ticket-created'])
  expect(readCursor(db, 'zendesk', 'assigned-to-me').completedAt).toBe(wednesday)
})
