import { expect, test } from 'vitest'
import { listEvents } from '#service/db/events.ts'
import { readComments } from '#service/db/read-tickets.ts'
import { markCommentsRead, storeComments, ticketsWithUnreadComments } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
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
  const unread = () => ticketsWithUnreadComments(db, [1]).map((ticket) => ticket.id)
  expect(unread()).toEqual([2, 1])
  markCommentsRead(db, 1, wednesday)
  expect(unread()).toEqual([2])
  storeTicket(db, aSighting({ id: 1, updatedAt: wednesday + 20 }), wednesday)
  expect(unread()).toEqual([1, 2])
  expect(ticketsWithUnreadComments(db, [])).toEqual([])
})
