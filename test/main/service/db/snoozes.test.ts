import { expect, test } from 'vitest'
import {
  findSnooze,
  mutedAccounts,
  nextSnoozeWake,
  readSnoozes,
  readStillness,
  removeSnooze,
  setMuted,
  snoozesDue,
  storeSnooze,
  storeStillness,
} from '#service/db/snoozes.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

test('a snooze is kept as it was asked for, and the last one of a ticket counts', () => {
  const db = memoryDatabase()
  const since = wednesday
  storeSnooze(db, { ticketId: 1, until: { kind: 'for', minutes: 60 }, wakeAt: since + hourMs, since })
  storeSnooze(db, { ticketId: 2, until: { kind: 'reply' }, wakeAt: null, since: since - 1 })
  expect(nextSnoozeWake(db)).toBe(since + hourMs)
  storeSnooze(db, { ticketId: 1, until: { kind: 'tomorrow' }, wakeAt: since + 2 * hourMs, since })
  expect(readSnoozes(db).map(({ ticketId, until }) => [ticketId, until.kind])).toEqual([
    [1, 'tomorrow'],
    [2, 'reply'],
  ])
  expect(snoozesDue(db, since + hourMs)).toEqual([])
  expect(snoozesDue(db, since + 2 * hourMs).map(({ ticketId }) => ticketId)).toEqual([1])
  expect([removeSnooze(db, 1), removeSnooze(db, 1), findSnooze(db, 1), nextSnoozeWake(db)]).toEqual([
    true,
    false,
    undefined,
    null,
  ])
})

test('a ticket that was snoozed in the future wakes: the clock was set back', () => {
  const db = memoryDatabase()
  storeSnooze(db, { ticketId: 1, until: { kind: 'reply' }, wakeAt: null, since: wednesday })
  expect(snoozesDue(db, wednesday - 1)).toHaveLength(1)
  expect(snoozesDue(db, wednesday)).toEqual([])
})

test('accounts are muted and unmuted, and one that goes away takes that along', () => {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  for (const id of [1, 1, 3]) setMuted(db, id, wednesday)
  expect(mutedAccounts(db)).toEqual([1, 3])
  setMuted(db, 1, null)
  db.exec('DELETE FROM accounts WHERE id = 3')
  expect(mutedAccounts(db)).toEqual([])
})

test('a pause runs from its beginning to its end, and not before it', () => {
  const db = memoryDatabase()
  const pause = { since: wednesday, until: wednesday + hourMs }
  storeStillness(db, 'pause', pause, wednesday)
  const at = (instant: number) => readStillness(db, 'pause', instant)
  expect([at(wednesday - 1), at(wednesday), at(pause.until - 1), at(pause.until)]).toEqual([null, pause, pause, null])
  expect(readStillness(db, 'meeting', wednesday)).toBeNull()
  storeStillness(db, 'pause', null, wednesday)
  expect(at(wednesday)).toBeNull()
})
