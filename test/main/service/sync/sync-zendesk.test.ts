import { describe, expect, test } from 'vitest'
import { listCursors, readCursor } from '#service/db/cursors.ts'
import { listEvents } from '#service/db/events.ts'
import { readComments, readTicket, userNames } from '#service/db/read-tickets.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { zendeskSteps } from '#service/sync/sync-zendesk.ts'
import { RemoteFailure } from '#service/transport/remote-failure.ts'
import type { ZendeskApi } from '#service/zendesk/zendesk-api.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { lastPage, scriptedSources } from '#test/support/scripted-sources.ts'
import { aComment, aSighting, aWorkspace, wednesday } from '#test/support/work-values.ts'

function setUp(zendesk: Partial<ZendeskApi>, workspace = aWorkspace()) {
  const db = memoryDatabase()
  storeWorkspace(db, workspace)
  const { sources, calls } = scriptedSources({ zendesk })
  const progress = { tickets: 0, comments: 0, issues: 0 }
  const steps = () =>
    zendeskSteps(
      { db, api: sources.zendesk.api, now: () => wednesday, progress, onPage: () => undefined },
      readRoster(db),
      77,
    )
  const run = async () => {
    for (const step of steps()) await step.run()
  }
  return { db, calls, progress, steps, run }
}

test('accounts come first, then my own work, then org notes, each named for a person', () => {
  expect(
    setUp({})
      .steps()
      .map((step) => `${step.scope}: ${step.name}`),
  ).toEqual([
    'organization:1: Tickets of Acme',
    'organization:2: Tickets of Borealis',
    'organization:3: Tickets of Cormorant',
    'assigned-to-me: Tickets assigned to me',
    'organization-record:1: Org note of Acme',
    'organization-record:2: Org note of Borealis',
    'organization-record:3: Org note of Cormorant',
  ])
  expect(
    setUp({}, aWorkspace({ meId: 999 }))
      .steps()
      .map((step) => step.scope),
  ).not.toContain('assigned-to-me')
})

test('names of users come with the tickets and messages they are met on', async () => {
  const { db, run } = setUp({
    ticketsOfOrganization: async (id) => ({
      ...lastPage(...(id === 1 ? [aSighting()] : [])),
      users: [{ id: 501, name: 'Carla', role: 'end-user' }],
    }),
    comments: async () => ({ ...lastPage(aComment()), users: [{ id: 502, name: 'Dan', role: 'agent' }] }),
  })
  await run()
  expect(userNames(db, [501, 502])).toEqual(['Carla', 'Dan'])
  expect(readTicket(db, 101)?.requesterName).toBe('Carla')
})

test('an account’s org note and name are stored, and when that was', async () => {
  const { db, run } = setUp({
    organization: async (id) => ({ id, name: `Renamed ${id}`, notes: 'Ask Anna.', tags: ['vip'], updatedAt: 5 }),
  })
  await run()
  expect(db.prepare('SELECT name, org_note, tags, org_updated_at FROM accounts WHERE id = 1').get()).toEqual({
    name: 'Renamed 1',
    org_note: 'Ask Anna.',
    tags: '["vip"]',
    org_updated_at: 5,
  })
  expect(readCursor(db, 'zendesk', 'organization-record:1')).toMatchObject({ watermark: 5, completedAt: wednesday })
  expect(listCursors(db)).toHaveLength(7)
})

describe('conversations', () => {
  test('are read for live tickets that changed, all their pages, and not again', async () => {
    const asked: string[] = []
    const { db, run, progress } = setUp({
      ticketsOfOrganization: async (id) =>
        id === 1 ? lastPage(aSighting(), aSighting({ id: 102, status: 'solved' })) : lastPage(),
      comments: async (ticketId, cursor) => {
        asked.push(`${ticketId} ${cursor}`)
        return cursor === null
          ? { ...lastPage(aComment({ id: 1 })), next: 'second' }
          : lastPage(aComment({ id: 2, createdAt: wednesday + 1 }))
      },
    })
    await run()
    await run()
    expect(asked).toEqual(['101 null', '101 second'])
    expect(readComments(db, 101).map((comment) => comment.id)).toEqual([1, 2])
    expect(progress).toMatchObject({ tickets: 2, comments: 2 })
  })

  test('that were interrupted are complete only after all was read, and no message is recorded twice', async () => {
    let fails = true
    const { db, run } = setUp({
      ticketsOfOrganization: async (id) => (id === 1 ? lastPage(aSighting()) : lastPage()),
      comments: async (_ticketId, cursor) => {
        if (cursor !== null && fails) throw new RemoteFailure('offline', 'Zendesk cannot be reached.')
        return cursor === null ? { ...lastPage(aComment({ id: 1 })), next: 'second' } : lastPage(aComment({ id: 2 }))
      },
    })
    await expect(run()).rejects.toMatchObject({ kind: 'offline' })
    expect(readTicket(db, 101)?.commentsAsOf).toBeNull()
    expect(readComments(db, 101)).toHaveLength(1)
    fails = false
    await run()
    expect(readTicket(db, 101)?.commentsAsOf).toBe(wednesday)
    expect(listEvents(db, 0, 100).filter((event) => event.kind === 'comment-added')).toHaveLength(2)
  })
})

test('a ticket read for its account and again as mine is one ticket, created once', async () => {
  const { db, run } = setUp({
    ticketsOfOrganization: async (id) => (id === 1 ? lastPage(aSighting({ assigneeId: 11 })) : lastPage()),
    ticketsAssignedTo: async () => lastPage(aSighting({ assigneeId: 11 }, { takenAt: 99 })),
  })
  await run()
  await run()
  expect(db.prepare('SELECT count(*) AS n, max(taken_at) AS taken FROM tickets').get()).toEqual({ n: 1, taken: 99 })
  expect(listEvents(db, 0, 100).map((event) => event.kind)).toEqual(['ticket-created'])
})
