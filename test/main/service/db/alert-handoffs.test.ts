import { expect, test } from 'vitest'
import { putAcceptance, putLine, putReviewed } from '#core/handoff/change-handoff.ts'
import type { HandoffDocument, Trigger } from '#core/handoff/handoff-document.ts'
import { merged } from '#core/sharing/versioned.ts'
import {
  contingenciesOf,
  deadlinesEnding,
  deadlinesSql,
  handoffsOfTicket,
  isConversationDue,
  linesOfTicket,
  nextDeadlineAfter,
  nextDeadlineSql,
  readWatchedHandoff,
  readWatchedIssue,
  recordedSince,
  recordedSql,
  ticketsOfHandoff,
  ticketsWatching,
} from '#service/db/alert-handoffs.ts'
import { storeHandoffs } from '#service/db/handoffs.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { markCommentsRead } from '#service/db/store-comments.ts'
import { storeIssue } from '#service/db/store-issues.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { settleFate } from '#service/db/ticket-fates.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { aHandoff, aLine, anIf, annaSpeaks, inesSpeaks, someFacts } from '#test/support/handoff-values.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { anna, ines, monday } from '#test/support/plan-values.ts'
import { anIssue, aSighting, aWorkspace, wednesday } from '#test/support/work-values.ts'

const store = (db: WriteDb, document: HandoffDocument) => storeHandoffs(db, [{ document, author: 'here' }], 1)
const lineWith = (...triggers: readonly (Trigger | null)[]) =>
  aLine({ contingencies: triggers.map((trigger, index) => anIf({ id: `c${index}`, trigger })) })
const by = (at: number) => ({ on: 'no-reply-by', at }) as const
const accepted = { state: 'accepted', hash: 'h', words: '', speaker: inesSpeaks } as const

test('who accepted a handoff is known as long as they did and copies agree on it', () => {
  const db = memoryDatabase()
  expect(readWatchedHandoff(db, 'p1--1')).toBeUndefined()
  const written = aHandoff({ 5: aLine() })
  const acceptedBy = (document: HandoffDocument) => {
    store(db, document)
    return readWatchedHandoff(db, 'p1--1')?.acceptedBy
  }
  expect(acceptedBy(written)).toBeNull()
  const said = putAcceptance(written, accepted, ines)
  expect(acceptedBy(said)).toBe(11)
  const withdrawn = { ...accepted, state: 'withdrawn', speaker: annaSpeaks } as const
  expect(acceptedBy(putAcceptance(said, withdrawn, anna))).toBeNull()
  const other = putAcceptance(written, { ...accepted, state: 'delayed', words: 'Later' }, anna)
  expect(acceptedBy({ ...said, acceptance: merged(said.acceptance, other.acceptance) })).toBeNull()
})

test('what alerts follow from has another name when it is another: a look, a trigger, its words, an acceptance; a story has not', () => {
  const db = memoryDatabase()
  const nameOf = (document: HandoffDocument) => {
    store(db, document)
    return readWatchedHandoff(db, 'p1--1')?.watched
  }
  const quiet = aHandoff({ 5: lineWith(null) })
  const watched = putLine(quiet, 5, lineWith(by(7)), anna)
  const looked = putReviewed(watched, 5, someFacts(), ines)
  const all = [
    quiet,
    watched,
    putLine(quiet, 5, aLine({ contingencies: [anIf({ id: 'c0', trigger: by(7), if: 'it is back' })] }), anna),
    looked,
    putReviewed(looked, 5, someFacts(), ines),
    putAcceptance(quiet, accepted, ines),
  ].map(nameOf)
  expect(new Set(all).size).toBe(all.length)
  expect(nameOf(putLine(quiet, 5, { ...lineWith(null), story: 'Another' }, anna))).toBe(nameOf(quiet))
})

test('no deadline and no event is found by walking through all', () => {
  const db = memoryDatabase()
  const planOf = (sql: string, ...values: unknown[]) =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]).map(({ detail }) => detail).join()
  const plans = [planOf(deadlinesSql, 0, 0, 1, 1), planOf(nextDeadlineSql, 0), planOf(recordedSql, 'ticket:1', 0)]
  expect(plans[0]).toMatch(/SEARCH contingencies USING (?:COVERING )?INDEX contingencies_deadline/)
  expect(plans[1]).toMatch(/SEARCH contingencies USING (?:COVERING )?INDEX contingencies_deadline/)
  expect(plans[2]).toMatch(/SEARCH events USING INDEX events_subject/)
  for (const plan of plans) expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
})

test('deadlines come in the order they end, page by page, and the next one is known', () => {
  const db = memoryDatabase()
  store(db, aHandoff({ 5: lineWith(by(30), by(10)), 6: lineWith(by(20)), 7: lineWith({ on: 'customer-replies' }) }))
  const from = { at: 0, ticketId: 0 }
  expect(deadlinesEnding(db, from, 20, 9)).toEqual([
    { at: 10, ticketId: 5 },
    { at: 20, ticketId: 6 },
  ])
  expect(deadlinesEnding(db, { at: 10, ticketId: 5 }, 99, 1)).toEqual([{ at: 20, ticketId: 6 }])
  expect([nextDeadlineAfter(db, 0), nextDeadlineAfter(db, 10), nextDeadlineAfter(db, 30)]).toEqual([10, 20, null])
})

test('a ticket tells what was gone over and what is watched for, of every handoff that has it', () => {
  const db = memoryDatabase()
  const document = putReviewed(aHandoff({ 5: lineWith(by(7), null), 6: aLine() }), 5, someFacts(), ines)
  store(db, document)
  store(db, { ...aHandoff({ 5: aLine() }), id: 'p2--1' })
  expect(linesOfTicket(db, 5)).toEqual([
    { handoffId: 'p1--1', reviewed: someFacts(), reviewedAt: ines.at },
    { handoffId: 'p2--1', reviewed: null, reviewedAt: null },
  ])
  expect(handoffsOfTicket(db, 6)).toEqual(['p1--1'])
  const words = { foreseen: 'it happens again', advice: 'restart Sidekiq' }
  expect(contingenciesOf(db, 5)).toEqual([{ ...words, handoffId: 'p1--1', id: 'c0', trigger: by(7), since: anna.at }])
})

test('the tickets of a handoff are those of which something is written', () => {
  const db = memoryDatabase()
  store(db, putReviewed(aHandoff({ 6: aLine() }), 5, someFacts(), ines))
  expect(ticketsOfHandoff(db, 'p1--1')).toEqual([5, 6])
  expect(ticketsOfHandoff(db, 'p2--1')).toEqual([])
})

test('an issue is watched by the tickets it fires something of, and by those that were gone over while it was linked', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  storeIssue(db, 1, anIssue(), wednesday)
  const closes = { on: 'issue-closed', projectId: 7, iid: 3 } as const
  const document = putReviewed(aHandoff({ 5: lineWith(closes), 6: aLine() }), 6, someFacts(), ines)
  store(db, putReviewed(document, 7, someFacts({ issues: [] }), ines))
  expect(ticketsWatching(db, 'issue:7/3', ['p1--1'])).toEqual([5, 6])
  expect(ticketsWatching(db, 'issue:7/3', [])).toEqual([5])
  expect(ticketsWatching(db, 'issue:7/4', ['p1--1'])).toEqual([])
  expect(readWatchedIssue(db, 7, 3)).toEqual({ reference: 'customers/acme#3', state: 'opened', updatedAt: wednesday })
  expect(readWatchedIssue(db, 7, 4)).toBeUndefined()
})

test('what changed of a ticket since is read in the order it was recorded, without what it began with', () => {
  const db = memoryDatabase()
  const tell = (after: number, parts: object) => {
    const at = monday + after
    storeTicket(db, aSighting({ id: 5, updatedAt: at, generatedAt: at, ...parts }), at)
  }
  tell(0, {})
  tell(1, { status: 'pending' })
  tell(2, { status: 'pending', priority: 'high' })
  expect(recordedSince(db, 'ticket:5', monday)).toMatchObject([
    { at: monday + 1, changes: { status: { from: 'open', to: 'pending' } } },
    { at: monday + 2, changes: { priority: { from: 'normal', to: 'high' } } },
  ])
  expect(recordedSince(db, 'ticket:5', monday + 1)).toHaveLength(1)
})

test('a conversation is due until it was read to the last change; of a ticket that is gone it is not read', () => {
  const db = memoryDatabase()
  const tell = (at: number, parts: object = {}) =>
    storeTicket(db, aSighting({ id: 5, updatedAt: at, generatedAt: at, ...parts }), at)
  expect(isConversationDue(db, 5)).toBe(false)
  tell(wednesday, {})
  expect(isConversationDue(db, 5)).toBe(true)
  markCommentsRead(db, 5, wednesday)
  expect(isConversationDue(db, 5)).toBe(false)
  tell(wednesday + 1, { status: 'solved' })
  expect(isConversationDue(db, 5)).toBe(true)
  tell(wednesday + 2, { status: 'closed' })
  expect(isConversationDue(db, 5)).toBe(false)
  tell(wednesday + 3, {})
  settleFate(db, 5, 'deleted', wednesday + 4)
  expect(isConversationDue(db, 5)).toBe(false)
})
