import { expect, test } from 'vitest'
import { listEvents } from '#service/db/events.ts'
import { readComments } from '#service/db/read-tickets.ts'
import { markAuditsRead } from '#service/db/store-audits.ts'
import { markCommentsRead, storeComments, unreadSql, unreadTickets } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { settleFate } from '#service/db/ticket-fates.ts'
import { storeUsers } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aComment, aSighting, wednesday } from '#test/support/work-values.ts'

test('a message is stored once and recorded once, however often it is read', () => {
  const db = memoryDatabase()
  storeTicket(db, aSighting(), wednesday)
  const note = aComment({ id: 9002, public: false, authorId: null, createdAt: wednesday + 1 })
  expect(storeComments(db, [aComment()])).toBe(1)
  expect(storeComments(db, [aComment(), note, note])).toBe(1)
  expect(storeComments(db, [aComment(), note])).toBe(0)
  expect(listEvents(db, 1, 10).map(({ kind, subject, at, changes }) => ({ kind, subject, at, changes }))).toEqual([
    {
      kind: 'comment-added',
      subject: 'ticket:101',
      at: wednesday,
      changes: { comment: { from: null, to: { id: 9001, public: true, authorId: 501 } } },
    },
    {
      kind: 'comment-added',
      subject: 'ticket:101',
      at: wednesday + 1,
      changes: { comment: { from: null, to: { id: 9002, public: false, authorId: null } } },
    },
  ])
})

test('a conversation reads from its oldest message on, with the names of those we have met', () => {
  const db = memoryDatabase()
  storeTicket(db, aSighting(), wednesday)
  storeUsers(db, [{ id: 501, name: 'Carla Customer', role: 'end-user' }])
  storeComments(db, [
    aComment({ id: 2, createdAt: wednesday + 5, authorId: 77, public: false }),
    aComment({ id: 9, createdAt: wednesday }),
  ])
  expect(readComments(db, 101)).toMatchObject([
    { id: 9, authorName: 'Carla Customer', authorRole: 'end-user', public: true },
    { id: 2, authorName: null, authorRole: null, public: false },
  ])
})

test('a conversation is unread until it was read for the ticket’s present state', () => {
  const db = memoryDatabase()
  storeTicket(db, aSighting({ id: 1 }), wednesday)
  storeTicket(db, aSighting({ id: 2, updatedAt: wednesday + 9 }), wednesday)
  storeTicket(db, aSighting({ id: 3, status: 'solved' }), wednesday)
  storeTicket(db, aSighting({ id: 4, organizationId: 2 }), wednesday)
  for (const id of [1, 2, 3, 4]) markAuditsRead(db, id, wednesday + 100, null)
  const unread = () => unreadTickets(db, [1]).map((ticket) => ticket.id)
  expect(unread()).toEqual([2, 1])
  markCommentsRead(db, 1, wednesday)
  expect(unread()).toEqual([2])
  storeTicket(db, aSighting({ id: 1, updatedAt: wednesday + 20 }), wednesday)
  expect(unread()).toEqual([1, 2])
  expect(unreadTickets(db, [])).toEqual([])
})

test('what is unread of a ticket is its messages, its history from where that ended, or both', () => {
  const db = memoryDatabase()
  for (const id of [1, 2, 3]) storeTicket(db, aSighting({ id }), wednesday)
  markCommentsRead(db, 2, wednesday)
  markAuditsRead(db, 2, wednesday - 1, 'place')
  markAuditsRead(db, 3, wednesday, 'end')
  expect(unreadTickets(db, [1])).toEqual([
    { id: 1, updatedAt: wednesday, comments: true, audits: true, auditsCursor: null },
    { id: 2, updatedAt: wednesday, comments: false, audits: true, auditsCursor: 'place' },
    { id: 3, updatedAt: wednesday, comments: true, audits: false, auditsCursor: 'end' },
  ])
})

test('what breaches first is read first; a solved ticket only for the last words of a conversation that was read', () => {
  const db = memoryDatabase()
  const clocks = (breachAt: number) => ({ clocks: [{ metric: 'next_reply_time', stage: 'active', breachAt }] })
  storeTicket(db, aSighting({ id: 1, updatedAt: wednesday + 5 }), wednesday)
  storeTicket(db, aSighting({ id: 2 }, clocks(wednesday + 900)), wednesday)
  storeTicket(db, aSighting({ id: 3 }, clocks(wednesday + 100)), wednesday)
  for (const id of [4, 5]) storeTicket(db, aSighting({ id }), wednesday)
  markCommentsRead(db, 4, wednesday)
  for (const id of [4, 5]) storeTicket(db, aSighting({ id, status: 'solved', updatedAt: wednesday + 50 }), wednesday)
  expect(unreadTickets(db, [1]).map(({ id }) => id)).toEqual([3, 2, 1, 4])
  settleFate(db, 3, 'deleted', wednesday)
  expect(unreadTickets(db, [1]).map(({ id }) => id)).toEqual([2, 1, 4])
})

test('is found by index, however many tickets there are', () => {
  const plan = memoryDatabase()
    .prepare<[string, string], { detail: string }>(`EXPLAIN QUERY PLAN ${unreadSql}`)
    .all('[{"organizationId":1,"since":0}]', '[1]')
    .map(({ detail }) => detail)
    .join('; ')
  expect(plan).not.toMatch(/SCAN tickets(?! USING)/)
})

test('a ticket that ended unseen is unread where its account is wanted whole, from when on it is', () => {
  const db = memoryDatabase()
  storeTicket(db, aSighting({ id: 1, status: 'closed', updatedAt: wednesday + 5 }), wednesday)
  storeTicket(db, aSighting({ id: 2, status: 'solved', updatedAt: wednesday + 1 }), wednesday)
  storeTicket(db, aSighting({ id: 3, status: 'closed', organizationId: 2, updatedAt: wednesday + 9 }), wednesday)
  const unread = (since: number) =>
    unreadTickets(db, [1, 2], [{ organizationId: 1, since }]).map(({ id, comments, audits }) => [id, comments, audits])
  expect(unreadTickets(db, [1, 2])).toEqual([])
  expect(unread(wednesday + 2)).toEqual([[1, true, true]])
  expect(unread(wednesday + 1)).toHaveLength(2)
  markCommentsRead(db, 1, wednesday + 5)
  expect(unread(wednesday + 2)).toEqual([[1, false, true]])
  markAuditsRead(db, 1, wednesday + 5, null)
  expect(unread(wednesday + 2)).toEqual([])
})
