import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  alertsOfTicket,
  alertsUnderTag,
  claimHeld,
  countHeld,
  countUnopened,
  dismissAlerts,
  firstWaiting,
  hasWaiting,
  holdInstead,
  insertAlerts,
  isInLedger,
  keepIdsAbove,
  listAlerts,
  listInstead,
  markOpened,
  markShown,
  putUnderTag,
  readAlert,
  shownBetween,
  undismissAlerts,
  waitingAlerts,
  waitingOfAccount,
  waitingSql,
  type NewAlert,
} from '#service/db/alerts.ts'
import { openDatabase } from '#service/db/open-database.ts'
import { durably, type WriteDb } from '#service/db/sql.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { wednesday } from '#test/support/work-values.ts'

const alert = (ticketId: number, more: Partial<NewAlert> = {}): NewAlert => ({
  kind: 'new-ticket',
  subject: `ticket ${ticketId}`,
  instance: 'created',
  ticketId,
  accountId: 1,
  title: `Ticket ${ticketId}`,
  body: '',
  why: 'You cover Acme.',
  urgent: false,
  state: 'claimed',
  heldBy: null,
  dueAt: wednesday,
  raisedAt: wednesday + ticketId,
  ...more,
})

const claim = (db: WriteDb, ...alerts: NewAlert[]) => durably(db, () => insertAlerts(db, alerts))
const stateOf = (db: WriteDb, id: number) => readAlert(db, id)?.state

describe('the ledger', () => {
  test('has one row for one occasion of a subject', () => {
    const db = memoryDatabase()
    expect(claim(db, alert(1), alert(1))).toEqual([1])
    expect(claim(db, alert(1, { title: 'Another' }), alert(1, { instance: 'again' }), alert(2))).toHaveLength(2)
    expect(readAlert(db, 1)).toMatchObject({ title: 'Ticket 1', state: 'claimed', shownAt: null, urgent: false })
    expect(isInLedger(db, alert(1))).toBe(true)
    expect(isInLedger(db, alert(1, { kind: 'emergency' }))).toBe(false)
    expect(alertsOfTicket(db, 1)).toHaveLength(2)
  })

  test('knows after a crash what was claimed and not shown', () => {
    const file = join(temporaryFolder(), 'understudy.db')
    const before = openDatabase(file)
    const [shown = 0] = claim(before, alert(1))
    claim(before, alert(2))
    markShown(before, [shown], wednesday)
    before.close()
    const after = openDatabase(file)
    expect(waitingAlerts(after, 'claimed', firstWaiting, 10).map(({ ticketId }) => ticketId)).toEqual([2])
    expect(claim(after, alert(2))).toEqual([])
    after.close()
  })

  test('gives what waits page by page, in the order it was raised, by index', () => {
    const db = memoryDatabase()
    claim(db, alert(3), alert(1), alert(2), alert(4, { state: 'held', heldBy: 'Quiet.' }))
    const [first] = waitingAlerts(db, 'claimed', firstWaiting, 1)
    expect(first?.ticketId).toBe(1)
    const rest = waitingAlerts(db, 'claimed', first ?? firstWaiting, 10)
    expect(rest.map(({ ticketId }) => ticketId)).toEqual([2, 3])
    expect([countHeld(db), hasWaiting(db, 'held')]).toEqual([1, true])
    expect(waitingOfAccount(db, 1)).toHaveLength(4)
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${waitingSql}`).all('held', 0, 0, 1) as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join()).toMatch(/USING INDEX alerts_waiting/)
    expect(plan.map(({ detail }) => detail).join()).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  test('moves an alert from held to claimed to shown to opened, and counts it while it is shown', () => {
    const db = memoryDatabase()
    const [id = 0] = claim(db, alert(1, { state: 'held', heldBy: 'Quiet.' }))
    expect(countUnopened(db)).toBe(0)
    claimHeld(db, id, { title: 'Now', body: 'b', why: 'w', urgent: true })
    putUnderTag(db, [id], 'alert-1')
    expect(readAlert(db, id)).toMatchObject({ state: 'claimed', title: 'Now', urgent: true, tag: 'alert-1' })
    // What may have been shown is not held back any more.
    holdInstead(db, id, 'Quiet.')
    expect(stateOf(db, id)).toBe('claimed')
    markShown(db, [id], wednesday)
    expect(countUnopened(db)).toBe(1)
    expect(shownBetween(db, wednesday - 1, wednesday)).toHaveLength(1)
    expect(alertsUnderTag(db, 'alert-1', 0)).toHaveLength(1)
    expect(markOpened(db, id, 30)).toBe(true)
    markOpened(db, id, 40)
    expect(readAlert(db, id)).toMatchObject({ state: 'opened', openedAt: 30, shownAt: wednesday })
    expect(countUnopened(db)).toBe(0)
    expect(markOpened(db, 999, 40)).toBe(false)
  })

  test('lists what waits and nothing else, with the reason', () => {
    const db = memoryDatabase()
    const [id = 0, shown = 0] = claim(db, alert(1), alert(2))
    markShown(db, [shown], wednesday)
    for (const one of [id, shown]) listInstead(db, one, 'Muted.')
    expect(readAlert(db, id)).toMatchObject({ state: 'listed', heldBy: 'Muted.' })
    expect(stateOf(db, shown)).toBe('shown')
  })

  test('dismisses, and takes that back: what was never announced waits again', () => {
    const db = memoryDatabase()
    const [shown = 0, opened = 0, waiting = 0, listed = 0] = claim(
      db,
      alert(1),
      alert(2),
      alert(3),
      alert(4, { state: 'listed' }),
    )
    markShown(db, [shown, opened], wednesday)
    markOpened(db, opened, wednesday)
    const ids = [shown, opened, waiting, listed]
    expect(dismissAlerts(db, ids, wednesday)).toEqual([shown, opened, waiting])
    expect(ids.map((id) => stateOf(db, id))).toEqual(['dismissed', 'dismissed', 'dismissed', 'listed'])
    expect(undismissAlerts(db, ids)).toEqual([shown, opened, waiting])
    expect(ids.map((id) => stateOf(db, id))).toEqual(['shown', 'opened', 'held', 'listed'])
  })

  test('is listed newest first, filtered and page by page', () => {
    const db = memoryDatabase()
    claim(db, alert(1), alert(2, { kind: 'emergency', accountId: 2 }), alert(3, { state: 'listed' }))
    const ids = (filter: object) => listAlerts(db, { limit: 10, open: false, ...filter }).map(({ id }) => id)
    expect(ids({})).toEqual([3, 2, 1])
    expect(ids({ limit: 1 })).toEqual([3])
    expect(ids({ beforeId: 3 })).toEqual([2, 1])
    expect(ids({ kinds: ['emergency'] })).toEqual([2])
    expect(ids({ accountId: 1 })).toEqual([3, 1])
    expect(ids({ ticketId: 2 })).toEqual([2])
    expect(ids({ open: true })).toEqual([2, 1])
  })

  test('gives no alert an id that one had before the database was restored', () => {
    const db = memoryDatabase()
    keepIdsAbove(db, 41)
    expect(claim(db, alert(1))).toEqual([42])
    keepIdsAbove(db, 10)
    expect(claim(db, alert(2))).toEqual([43])
  })
})
