import { describe, expect, test } from 'vitest'
import { listEvents } from '#service/db/events.ts'
import { dueLookUps } from '#service/db/look-ups.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readFate, settleFate, type SeenIn, type TicketFate } from '#service/db/ticket-fates.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, wednesday } from '#test/support/work-values.ts'

const minuteMs = 60_000

function withTicket() {
  const db = memoryDatabase()
  storeTicket(db, aSighting(), wednesday)
  const events = () => listEvents(db, 1, 100).map(({ kind, at, changes }) => ({ kind, at, changes }))
  return { db, events, kinds: () => events().map(({ kind }) => kind) }
}

describe('what became of a ticket', () => {
  test.each(['deleted', 'archived', 'forbidden'] as const)(
    'is one event when it is %s, however often it is found out',
    (fate) => {
      const { db, events } = withTicket()
      expect(settleFate(db, 101, fate, wednesday + 5)).toBe(true)
      expect(settleFate(db, 101, fate, wednesday + 9)).toBe(false)
      expect(events()).toEqual([
        { kind: `ticket-${fate}`, at: wednesday + 5, changes: { fate: { from: null, to: fate } } },
      ])
      expect(readFate(db, 101)).toEqual({ fate, mergedInto: null, updatedAt: wednesday })
    },
  )

  test('is one event at the time of its last change when it was merged, also when it is found out later into which', () => {
    const { db, events } = withTicket()
    const changes = { fate: { from: null, to: 'merged' }, mergedInto: { from: null, to: null } }
    expect(settleFate(db, 101, 'merged', wednesday + 5)).toBe(true)
    expect(settleFate(db, 101, 'merged', wednesday + 6, 102)).toBe(true)
    expect(settleFate(db, 101, 'merged', wednesday + 7)).toBe(false)
    expect(events()).toEqual([{ kind: 'ticket-merged', at: wednesday, changes }])
    expect(readFate(db, 101)).toMatchObject({ fate: 'merged', mergedInto: 102 })
  })

  test('may become something else, which is another event', () => {
    const { db, events } = withTicket()
    settleFate(db, 101, 'merged', wednesday, 102)
    expect(settleFate(db, 101, 'deleted', wednesday + 5)).toBe(true)
    expect(events()[1]).toEqual({
      kind: 'ticket-deleted',
      at: wednesday + 5,
      changes: { fate: { from: 'merged', to: 'deleted' } },
    })
    expect(readFate(db, 101)).toMatchObject({ fate: 'deleted', mergedInto: null })
  })

  test('of a ticket that is not stored is nothing to us', () => {
    const { db, events } = withTicket()
    expect(settleFate(db, 999, 'deleted', wednesday)).toBe(false)
    expect(readFate(db, 999)).toBeUndefined()
    expect(events()).toEqual([])
  })
})

describe('a ticket that was gone', () => {
  const seenAgain: [TicketFate, SeenIn, 'the same' | 'changed', number, boolean][] = [
    ['deleted', 'id', 'the same', 1, true],
    ['forbidden', 'id', 'the same', 1, true],
    ['archived', 'id', 'the same', 1, false],
    ['archived', 'id', 'changed', 10 * minuteMs, false],
    ['deleted', 'list', 'the same', 2 * minuteMs - 1, false],
    ['deleted', 'list', 'changed', 1, false],
    ['deleted', 'list', 'the same', 2 * minuteMs, true],
    ['archived', 'list', 'the same', 2 * minuteMs, true],
    ['deleted', 'search', 'changed', 10 * minuteMs, false],
    ['merged', 'list', 'changed', 10 * minuteMs, true],
  ]
  test.each(seenAgain)('%s, seen by %s and %s after %d ms: is it back? %s', (fate, seenIn, how, afterMs, isBack) => {
    const { db, events } = withTicket()
    settleFate(db, 101, fate, wednesday)
    const again = aSighting(how === 'changed' ? { updatedAt: wednesday + 1 } : {})
    for (const ms of [afterMs, afterMs]) storeTicket(db, again, wednesday + ms, seenIn)
    expect(readFate(db, 101)?.fate).toBe(isBack ? null : fate)
    const back = { kind: 'ticket-back', at: wednesday + afterMs, changes: { fate: { from: fate, to: null } } }
    expect(events().slice(1)).toEqual(isBack ? [back] : [])
  })

  test('and is shown changed by a list that may lag behind is looked up: the change may be from before it went', () => {
    const { db } = withTicket()
    settleFate(db, 101, 'deleted', wednesday)
    storeTicket(db, aSighting(), wednesday + 1, 'list')
    expect(dueLookUps(db, wednesday, 9)).toEqual([])
    storeTicket(db, aSighting({ updatedAt: wednesday + 1 }), wednesday + 1, 'list')
    expect(dueLookUps(db, wednesday, 9)).toEqual([{ ticketId: 101, why: 'gone' }])
  })

  test('by a merge stays merged for as long as it is closed', () => {
    const { db, kinds } = withTicket()
    storeTicket(db, aSighting({ status: 'closed', updatedAt: wednesday + 1 }), wednesday)
    settleFate(db, 101, 'merged', wednesday, 102)
    for (const seenIn of ['id', 'list'] as const) {
      storeTicket(db, aSighting({ status: 'closed', updatedAt: wednesday + 1 }), wednesday + 10 * minuteMs, seenIn)
    }
    expect(readFate(db, 101)).toMatchObject({ fate: 'merged', mergedInto: 102 })
    expect(kinds()).toEqual(['ticket-changed', 'ticket-merged'])
  })
})
