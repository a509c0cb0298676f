import { describe, expect, test } from 'vitest'
import {
  claimAlerts,
  countUnopened,
  listAlerts,
  markOpened,
  markShown,
  readAlert,
  unraisedTickets,
  unshownAlerts,
} from '#service/db/alerts.ts'
import { organizationScope, writeCursor } from '#service/db/cursors.ts'
import { openDatabase } from '#service/db/open-database.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { aSighting, aWorkspace, wednesday } from '#test/support/work-values.ts'
import { join } from 'node:path'

const alert = (ticketId: number, more: { silent?: boolean; instance?: string } = {}) => ({
  kind: 'new-ticket' as const,
  ticketId,
  instance: 'created',
  title: `Ticket ${ticketId}`,
  body: '',
  raisedAt: wednesday + ticketId,
  silent: false,
  ...more,
})

/** Claims one alert; its id, or undefined when it was claimed before. */
const claim = (db: WriteDb, one: ReturnType<typeof alert>) => claimAlerts(db, [one])[0]

describe('the ledger', () => {
  test('claims one event of a subject once', () => {
    const db = memoryDatabase()
    expect(claimAlerts(db, [alert(1), alert(1)])).toEqual([1])
    expect(readAlert(db, 1)).toMatchObject({ ticketId: 1, title: 'Ticket 1', shownAt: null, openedAt: null })
    expect(claim(db, alert(1))).toBeUndefined()
    expect(claimAlerts(db, [alert(1, { instance: 'other' }), alert(1), alert(2)])).toHaveLength(2)
    expect(claimAlerts(db, [])).toEqual([])
    expect(listAlerts(db, 10).map((row) => row.ticketId)).toEqual([2, 1, 1])
    expect(listAlerts(db, 1)).toHaveLength(1)
  })

  test('knows after a crash what was claimed and not shown', () => {
    const file = join(temporaryFolder(), 'understudy.db')
    const before = openDatabase(file)
    claim(before, alert(1))
    const shown = claim(before, alert(2))
    markShown(before, [shown ?? 0], wednesday)
    before.close()
    const after = openDatabase(file)
    expect(unshownAlerts(after).map((row) => row.ticketId)).toEqual([1])
    expect(claim(after, alert(1))).toBeUndefined()
    after.close()
  })

  test('never puts a silent one forward and does not count it, and lists it all the same', () => {
    const db = memoryDatabase()
    claim(db, alert(1, { silent: true }))
    expect(unshownAlerts(db)).toEqual([])
    expect(listAlerts(db, 10)).toHaveLength(1)
    expect(countUnopened(db)).toBe(0)
  })

  test('keeps when an alert was first shown and first opened', () => {
    const db = memoryDatabase()
    const id = claim(db, alert(1)) ?? 0
    markShown(db, [id], 10)
    markShown(db, [id], 20)
    expect(markOpened(db, id, 30)).toBe(true)
    expect(markOpened(db, id, 40)).toBe(true)
    expect(readAlert(db, id)).toMatchObject({ shownAt: 10, openedAt: 30 })
    expect(countUnopened(db)).toBe(0)
    expect(markOpened(db, 999, 40)).toBe(false)
    expect(readAlert(db, 999)).toBeUndefined()
  })

  test('does not put an alert forward that was followed from the list already', () => {
    const db = memoryDatabase()
    markOpened(db, claim(db, alert(1)) ?? 0, 30)
    expect(unshownAlerts(db)).toEqual([])
  })
})

test('tickets without an alert are those created inside a coverage of their account, oldest first over all of them', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  for (const id of [1, 2, 3]) writeCursor(db, 'zendesk', organizationScope(id), { completedAt: wednesday })
  const window = (accountId: number) => ({ accountId, startsAt: wednesday, endsAt: wednesday + 1000 })
  const created = [
    [1, 1, wednesday + 500],
    [2, 2, wednesday + 100],
    [3, 1, wednesday],
    [4, 1, wednesday - 1],
    [5, 1, wednesday + 1000],
    [6, 3, wednesday + 5],
    [7, 2, wednesday + 999],
  ] as const
  for (const [id, organizationId, createdAt] of created) {
    storeTicket(db, aSighting({ id, organizationId, createdAt }), wednesday)
  }
  const unraised = () => unraisedTickets(db, [window(1), window(2), window(1)]).map((ticket) => ticket.ticketId)
  expect(unraised()).toEqual([3, 2, 1, 7])
  claim(db, alert(2))
  expect(unraised()).toEqual([3, 1, 7])
  expect(unraisedTickets(db, [])).toEqual([])
})
