import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextBreach, type SlaClock } from '#core/tickets/ticket.ts'
import { countEvents, listEvents } from '#service/db/events.ts'
import { markCommentsRead } from '#service/db/store-comments.ts'
import { storeTicket, type TicketSighting } from '#service/db/store-tickets.ts'
import type { ReadDb } from '#service/db/sql.ts'
import { memoryDatabase, withMemoryDatabase } from '#test/support/memory-database.ts'
import { aSighting, aTicket, hourMs, wednesday } from '#test/support/work-values.ts'

const clock = (metric: string, stage: string, breachAt: number | null): SlaClock => ({ metric, stage, breachAt })

const ticketRow = (db: ReadDb, id = 101) =>
  db.prepare<[number], Record<string, unknown>>('SELECT * FROM tickets WHERE id = ?').get(id)

const clockRows = (db: ReadDb) =>
  db
    .prepare<[], { metric: string; stage: string; breach_at: number | null; instance: number }>(
      'SELECT metric, stage, breach_at, instance FROM sla_clocks ORDER BY metric',
    )
    .all()

const kinds = (db: ReadDb) => listEvents(db, 0, 1000).map((event) => event.kind)

describe('a ticket seen for the first time', () => {
  test('is stored with everything the page told, and is one event at the time it was created', () => {
    const db = memoryDatabase()
    const sighting = aSighting(
      { ccIds: [11], followerIds: [12, 13], tags: ['ci', 'runner'], priority: null, organizationId: null, groupId: 36 },
      { clocks: [clock('next_reply_time', 'active', wednesday + hourMs)], takenAt: wednesday - 5 },
    )
    expect(storeTicket(db, sighting, wednesday + 7)).toBe(true)
    expect(ticketRow(db)).toMatchObject({
      id: 101,
      organization_id: null,
      priority: null,
      group_id: 36,
      cc_ids: '[11]',
      follower_ids: '[12,13]',
      tags: '["ci","runner"]',
      taken_at: wednesday - 5,
      next_breach_at: wednesday + hourMs,
      fetched_at: wednesday + 7,
      live: 1,
    })
    expect(listEvents(db, 0, 10)).toEqual([
      { seq: 1, kind: 'ticket-created', subject: 'ticket:101', at: wednesday - hourMs, changes: {} },
    ])
  })

  test('is not live when it comes solved or closed', () => {
    const db = memoryDatabase()
    storeTicket(db, aSighting({ id: 1, status: 'solved' }), wednesday)
    storeTicket(db, aSighting({ id: 2, status: 'closed' }), wednesday)
    expect([ticketRow(db, 1)?.['live'], ticketRow(db, 2)?.['live']]).toEqual([0, 0])
  })
})

describe('the same sighting again', () => {
  test('changes nothing and records nothing', () => {
    const db = memoryDatabase()
    const sighting = aSighting({}, { clocks: [clock('next_reply_time', 'active', wednesday)], takenAt: wednesday })
    storeTicket(db, sighting, wednesday)
    const before = ticketRow(db)
    expect(storeTicket(db, sighting, wednesday + hourMs)).toBe(false)
    expect(ticketRow(db)).toEqual(before)
    expect(countEvents(db)).toBe(1)
  })

  test('records nothing either when a page names one metric twice', () => {
    const db = memoryDatabase()
    const twice = aSighting(
      {},
      {
        clocks: [
          clock('next_reply_time', 'active', wednesday + 2 * hourMs),
          clock('next_reply_time', 'active', wednesday + hourMs),
          clock('next_reply_time', 'paused', null),
        ],
      },
    )
    storeTicket(db, twice, wednesday)
    expect(storeTicket(db, twice, wednesday)).toBe(false)
    expect(countEvents(db)).toBe(1)
    expect(clockRows(db)).toEqual([
      { metric: 'next_reply_time', stage: 'active', breach_at: wednesday + hourMs, instance: 1 },
    ])
    expect(ticketRow(db)?.['next_breach_at']).toBe(wednesday + hourMs)
  })
})

describe('an older sighting', () => {
  test('changes nothing, by its time of change or, where that is the same, by when it was generated', () => {
    const db = memoryDatabase()
    storeTicket(db, aSighting({ status: 'pending', generatedAt: wednesday + 5000 }), wednesday)
    const before = ticketRow(db)
    expect(storeTicket(db, aSighting({ status: 'new', updatedAt: wednesday - 1000 }), wednesday)).toBe(false)
    expect(storeTicket(db, aSighting({ status: 'open', generatedAt: wednesday + 4000 }), wednesday)).toBe(false)
    expect(ticketRow(db)).toEqual(before)
    expect(countEvents(db)).toBe(1)
  })
})

describe('a change', () => {
  test('is one event with old and new values, whatever the number of fields', () => {
    const db = memoryDatabase()
    storeTicket(db, aSighting(), wednesday)
    const later = { status: 'pending', priority: 'high', tags: ['vip'], ccIds: [11], updatedAt: wednesday + 1000 }
    expect(storeTicket(db, aSighting(later), wednesday + 2000)).toBe(true)
    expect(listEvents(db, 1, 10)).toEqual([
      {
        seq: 2,
        kind: 'ticket-changed',
        subject: 'ticket:101',
        at: wednesday + 1000,
        changes: {
          status: { from: 'open', to: 'pending' },
          priority: { from: 'normal', to: 'high' },
          tags: { from: '[]', to: '["vip"]' },
          cc_ids: { from: '[]', to: '[11]' },
        },
      },
    ])
  })

  test('of the time alone is stored and is no event', () => {
    const db = memoryDatabase()
    storeTicket(db, aSighting(), wednesday)
    expect(storeTicket(db, aSighting({ updatedAt: wednesday + 1000 }), wednesday + 2000)).toBe(true)
    expect(ticketRow(db)).toMatchObject({ updated_at: wednesday + 1000, fetched_at: wednesday + 2000 })
    expect(countEvents(db)).toBe(1)
  })

  test('of the group is stored and is no event of its own, also where nothing else tells of it', () => {
    const db = memoryDatabase()
    storeTicket(db, aSighting({ groupId: 36 }), wednesday)
    const group = () => ticketRow(db)?.['group_id']
    expect(storeTicket(db, aSighting({ groupId: 37, updatedAt: wednesday + 1 }), wednesday)).toBe(true)
    expect(group()).toBe(37)
    expect(storeTicket(db, aSighting({ groupId: 38, updatedAt: wednesday + 1 }), wednesday)).toBe(true)
    expect(group()).toBe(38)
    expect(storeTicket(db, aSighting({ groupId: 36 }), wednesday)).toBe(false)
    expect(storeTicket(db, aSighting({ groupId: null, updatedAt: wednesday + 2 }), wednesday)).toBe(true)
    expect([group(), countEvents(db)]).toEqual([null, 1])
    const both = aSighting({ groupId: 36, assigneeId: 13, updatedAt: wednesday + 3 })
    expect(storeTicket(db, both, wednesday)).toBe(true)
    expect(listEvents(db, 1, 10).map(({ changes }) => changes)).toEqual([{ assignee_id: { from: 12, to: 13 } }])
  })

  test('of the form is an event, but not where it was stored before forms were read', () => {
    const db = memoryDatabase()
    storeTicket(db, aSighting({ formId: 47 }), wednesday)
    storeTicket(db, aSighting({ formId: 48, updatedAt: wednesday + 1 }), wednesday)
    expect(listEvents(db, 1, 10).map(({ changes }) => changes)).toEqual([{ form_id: { from: 47, to: 48 } }])
    db.exec('UPDATE tickets SET form_id = 0')
    expect(storeTicket(db, aSighting({ formId: 48, updatedAt: wednesday + 1 }), wednesday)).toBe(true)
    expect([ticketRow(db)?.['form_id'], countEvents(db)]).toEqual([48, 2])
    storeTicket(db, aSighting({ formId: null, updatedAt: wednesday + 2 }), wednesday)
    storeTicket(db, aSighting({ formId: 47, updatedAt: wednesday + 3 }), wednesday)
    expect(listEvents(db, 3, 10).map(({ changes }) => changes)).toEqual([{ form_id: { from: null, to: 47 } }])
  })

  test('leaves what was read of the conversation as it was', () => {
    const db = memoryDatabase()
    storeTicket(db, aSighting(), wednesday)
    markCommentsRead(db, 101, wednesday)
    storeTicket(db, aSighting({ status: 'hold', updatedAt: wednesday + 1 }), wednesday)
    expect(ticketRow(db)?.['comments_as_of']).toBe(wednesday)
  })
})

describe('when the assignee got it', () => {
  const takenAt = (db: ReadDb) => ticketRow(db)?.['taken_at']

  test('is kept by pages that do not tell, for as long as the assignee stays the same', () => {
    const db = memoryDatabase()
    storeTicket(db, aSighting({}, { takenAt: 77 }), wednesday)
    storeTicket(db, aSighting({ status: 'hold', updatedAt: wednesday + 1 }), wednesday)
    expect(takenAt(db)).toBe(77)
    storeTicket(db, aSighting({ assigneeId: 13, updatedAt: wednesday + 2 }), wednesday)
    expect(takenAt(db)).toBeNull()
  })

  test('is taken from a page that tells later of the same state', () => {
    const db = memoryDatabase()
    storeTicket(db, aSighting(), wednesday)
    expect(storeTicket(db, aSighting({}, { takenAt: 77 }), wednesday)).toBe(true)
    expect(takenAt(db)).toBe(77)
    expect(countEvents(db)).toBe(1)
  })
})

describe('clocks', () => {
  const later = (ms: number, clocks: readonly SlaClock[] | null) => aSighting({ updatedAt: wednesday + ms }, { clocks })

  test('stay as they are when a page does not tell of them', () => {
    const db = memoryDatabase()
    storeTicket(db, later(0, [clock('next_reply_time', 'active', wednesday)]), wednesday)
    storeTicket(db, later(1, null), wednesday)
    expect(clockRows(db)).toHaveLength(1)
    expect(ticketRow(db)?.['next_breach_at']).toBe(wednesday)
    expect(kinds(db)).toEqual(['ticket-created'])
  })

  test('that change without the ticket are one event with what they were and are', () => {
    const db = memoryDatabase()
    storeTicket(db, later(0, [clock('a', 'active', 100), clock('b', 'paused', null)]), wednesday)
    expect(storeTicket(db, later(0, [clock('a', 'achieved', 100), clock('b', 'active', 300)]), wednesday)).toBe(true)
    expect(listEvents(db, 1, 10)).toEqual([
      {
        seq: 2,
        kind: 'ticket-clock-changed',
        subject: 'ticket:101',
        at: wednesday,
        changes: {
          a: { from: { stage: 'active', breachAt: 100 }, to: { stage: 'achieved', breachAt: 100 } },
          b: { from: { stage: 'paused', breachAt: null }, to: { stage: 'active', breachAt: 300 } },
        },
      },
    ])
    expect(ticketRow(db)?.['next_breach_at']).toBe(300)
  })

  test('with another breach time are another instance, and only then', () => {
    const db = memoryDatabase()
    const steps: [SlaClock, number][] = [
      [clock('a', 'active', 100), 1],
      [clock('a', 'breached', 100), 1],
      [clock('a', 'active', 200), 2],
      [clock('a', 'paused', null), 2],
      [clock('a', 'active', 300), 3],
    ]
    for (const [index, [seen, instance]] of steps.entries()) {
      storeTicket(db, later(index, [seen]), wednesday)
      expect(clockRows(db)).toEqual([{ metric: 'a', stage: seen.stage, breach_at: seen.breachAt, instance }])
    }
  })

  test('that are gone are removed, and nothing breaches any more', () => {
    const db = memoryDatabase()
    storeTicket(db, later(0, [clock('a', 'active', 100), clock('b', 'active', 200)]), wednesday)
    storeTicket(db, later(1, [clock('b', 'active', 200)]), wednesday)
    expect(ticketRow(db)?.['next_breach_at']).toBe(200)
    storeTicket(db, later(2, []), wednesday)
    expect(clockRows(db)).toEqual([])
    expect(ticketRow(db)?.['next_breach_at']).toBeNull()
    expect(listEvents(db, 2, 10)[0]?.changes).toEqual({ b: { from: { stage: 'active', breachAt: 200 }, to: null } })
  })
})

describe('for any sightings', () => {
  const anyClocks = fc.uniqueArray(
    fc.record({
      metric: fc.constantFrom('first_reply_time', 'next_reply_time', 'odd_time'),
      stage: fc.constantFrom('active', 'paused', 'achieved', 'breached', 'odd'),
      breachAt: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 4 }),
    }),
    { selector: (each) => each.metric, maxLength: 3 },
  )

  /** What happens to two tickets, in the order of time; each state differs from the one before it in its time at least. */
  const anyHistory = fc
    .array(
      fc.record({
        id: fc.constantFrom(1, 2),
        status: fc.constantFrom('new', 'open', 'pending', 'solved', 'closed'),
        priority: fc.constantFrom(null, 'normal', 'urgent'),
        assigneeId: fc.constantFrom(null, 11, 12),
        tags: fc.constantFrom<string[]>([], ['a'], ['a', 'b']),
        clocks: anyClocks,
        systemOnly: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((states) => {
      const updated = new Map<number, number>()
      return states.map(({ clocks, systemOnly, ...state }, index): TicketSighting => {
        const generatedAt = wednesday + (index + 1) * 1000
        const updatedAt = systemOnly ? (updated.get(state.id) ?? generatedAt) : generatedAt
        updated.set(state.id, updatedAt)
        return { ticket: aTicket({ ...state, updatedAt, generatedAt }), clocks, takenAt: generatedAt }
      })
    })

  const rowsOf = (db: ReadDb) => ({
    tickets: db.prepare('SELECT * FROM tickets ORDER BY id').all(),
    clocks: db.prepare('SELECT ticket_id, metric, stage, breach_at FROM sla_clocks ORDER BY ticket_id, metric').all(),
  })

  function expectBreachesToAgree(db: ReadDb) {
    const tickets = db
      .prepare<[], { id: number; next_breach_at: number | null }>('SELECT id, next_breach_at FROM tickets')
      .all()
    for (const ticket of tickets) {
      const clocks = db
        .prepare<[number], SlaClock>('SELECT metric, stage, breach_at AS breachAt FROM sla_clocks WHERE ticket_id = ?')
        .all(ticket.id)
      expect(ticket.next_breach_at).toBe(nextBreach(clocks)?.breachAt ?? null)
    }
  }

  test('read in any order and any number of times the same rows stay, and the next breach is that of the stored clocks', () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.func(fc.integer()),
        (history, repeats, rank) => {
          const again = repeats.flatMap((index) => history[index % history.length] ?? [])
          const shuffled = [...history, ...again]
            .map((sighting, index) => ({ sighting, rank: rank(index) }))
            .toSorted((a, b) => a.rank - b.rank)
            .map((entry) => entry.sighting)
          const inOrder = withMemoryDatabase((db) => {
            for (const sighting of history) storeTicket(db, sighting, 1)
            return rowsOf(db)
          })
          withMemoryDatabase((db) => {
            for (const sighting of shuffled) {
              storeTicket(db, sighting, 1)
              expectBreachesToAgree(db)
            }
            expect(rowsOf(db)).toEqual(inOrder)
          })
        },
      ),
      { numRuns: 150 },
    )
  }, 60_000)

  test('each change is recorded exactly once when pages repeat what was read before', () => {
    fc.assert(
      fc.property(anyHistory, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 20 }), (history, repeats) => {
        const once = withMemoryDatabase((db) => {
          for (const sighting of history) storeTicket(db, sighting, 1)
          return listEvents(db, 0, 1000)
        })
        withMemoryDatabase((db) => {
          for (const [index, sighting] of history.entries()) {
            storeTicket(db, sighting, 1)
            for (const [at, back] of repeats) {
              const earlier = history[index - (back % (index + 1))]
              if (at % history.length === index && earlier) expect(storeTicket(db, earlier, 1)).toBe(false)
            }
          }
          expect(listEvents(db, 0, 1000)).toEqual(once)
        })
        const created = once.filter((event) => event.kind === 'ticket-created').map((event) => event.subject)
        expect(new Set(created).size).toBe(created.length)
        for (const event of once) for (const { from, to } of Object.values(event.changes)) expect(from).not.toEqual(to)
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
