import { describe, expect, test } from 'vitest'
import type { Workspace } from '#contract/workspace.ts'
import { createCustomerData } from '#service/customer-data/create-customer-data.ts'
import { insertAccount } from '#service/db/accounts.ts'
import { insertOutboxRows } from '#service/db/outbox.ts'
import { storeDesk } from '#service/db/desks.ts'
import { readStoredMeeting, storeHandedBack } from '#service/db/return-meetings.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { storeComments } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeWorkspace } from '#service/db/workspace.ts'
import { openPolicies } from '#service/policy/policies.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'
import { aComment, aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

const acme = 1
/** When the coverage of Acme ends; its data is due fourteen days later. */
const endsAt = wednesday + dayMs
const due = endsAt + 14 * dayMs

function handBack(db: WriteDb, at: number): void {
  const meeting = readStoredMeeting(db, { id: `anna-away--${acme}`, accountId: acme })
  storeHandedBack(db, meeting, readRoster(db).plannedCoverages, at)
}

/** I covered Acme, which has a ticket with a message; handed back unless said otherwise. */
function setting(
  parts: { readonly now?: number; readonly handedBack?: boolean; readonly rewrite?: () => Promise<void> } = {},
) {
  const db = memoryDatabase()
  storeWorkspace(db, aWorkspace())
  storeTicket(db, aSighting({ id: 101, ccIds: [11] }), wednesday)
  storeTicket(db, aSighting({ id: 201, organizationId: 2 }), wednesday)
  storeComments(db, [aComment({ ticketId: 101 })])
  if (parts.handedBack !== false) handBack(db, endsAt)
  const clock = createSteppedClock(parts.now ?? endsAt + dayMs)
  const changes: string[] = []
  const stopping = new AbortController()
  const customerData = createCustomerData({
    ...{ db, clock, log: createSilentLog(), stopping: stopping.signal },
    policy: () => openPolicies().of('2025-04'),
    isQuiet: () => true,
    checkpointer: () => ({ committed: () => undefined, rewrite: parts.rewrite ?? (async () => undefined) }),
    forgetAlerts: async () => undefined,
    onChange: (id, what) => void changes.push(`${what} ${id}`),
  })
  return { db, clock, customerData, changes, stop: () => stopping.abort() }
}

const tickets = (db: WriteDb) => db.prepare('SELECT id FROM tickets ORDER BY id').pluck().all()

/** Steps the clock and lets what it woke come to its end. */
async function stepTo(at: number, { clock, customerData }: ReturnType<typeof setting>): Promise<void> {
  clock.step(at - clock.now())
  await customerData.settled()
}

describe('what is due', () => {
  test('is removed when its time has come, and not a moment before', async () => {
    const s = setting()
    s.customerData.start()
    expect(s.customerData.list()).toMatchObject([{ accountName: 'Acme', endedAt: endsAt, dueAt: due, state: 'kept' }])
    await stepTo(due - 1, s)
    expect(tickets(s.db)).toEqual([101, 201])
    await stepTo(due, s)
    expect(tickets(s.db)).toEqual([201])
    expect(s.customerData.list()).toMatchObject([{ state: 'removed', proof: { removedAt: due, left: 0 } }])
    expect(s.changes).toEqual(['removed 1', 'removed 1'])
  })

  test('wakes the clock when it falls due, and looks every hour for what else may have come', async () => {
    for (const [now, next] of [
      [due - hourMs / 2, due],
      [due - 5 * hourMs, due - 4 * hourMs],
    ] as const) {
      const { clock, customerData } = setting({ now })
      customerData.start()
      await customerData.settled()
      expect(clock.waitingFor).toEqual([next])
    }
  })

  test('after days without Understudy it is removed at the start', async () => {
    const s = setting({ now: due + 30 * dayMs })
    s.customerData.start()
    await s.customerData.settled()
    expect(tickets(s.db)).toEqual([201])
  })

  test('waits for the return meeting, and says so', async () => {
    const s = setting({ now: due + dayMs, handedBack: false })
    s.customerData.start()
    await s.customerData.settled()
    expect(tickets(s.db)).toEqual([101, 201])
    const waitsFor = 'Acme is not handed back yet. Hand it back under Return, or remove its data now.'
    expect(s.customerData.list()).toMatchObject([{ state: 'waits', waitsFor, proof: null }])
    handBack(s.db, due + dayMs)
    expect(s.customerData.list()).toMatchObject([{ state: 'kept', dueAt: due }])
  })

  test('waits for a change that is on its way out, which refuses a removal by hand, too', async () => {
    const s = setting({ now: due + dayMs })
    insertOutboxRows(s.db, [
      {
        ...{
          host: 'zendesk',
          wish: { kind: 'add-cc', ticketId: 101, userId: 11 },
          subject: 'Runners',
          words: 'Follow',
        },
        ...{ byId: 11, stamp: 1, before: {}, createdAt: 1 },
      },
    ])
    s.customerData.start()
    await s.customerData.settled()
    const words = 'A change to ticket #101 of this account is not settled. Wait until it is sent, or discard it.'
    expect(s.customerData.list()).toMatchObject([{ state: 'waits', waitsFor: words }])
    await expect(s.customerData.remove(acme)).rejects.toMatchObject({ kind: 'refused', message: words })
    s.db.prepare(`UPDATE outbox SET state = 'verified'`).run()
    expect(await s.customerData.remove(acme)).toMatchObject({ state: 'removed' })
  })
})

describe('by hand', () => {
  test('it is kept longer than it would be, and than now where it is due', () => {
    const s = setting()
    expect(s.customerData.keepLonger(acme, 14)).toMatchObject({ state: 'kept', dueAt: due + 14 * dayMs })
    expect(s.customerData.keepLonger(acme, 1).dueAt).toBe(due + 15 * dayMs)
    s.clock.step(60 * dayMs)
    expect(s.customerData.keepLonger(acme, 3).dueAt).toBe(s.clock.now() + 3 * dayMs)
    expect(s.changes).toEqual(['kept 1', 'kept 1', 'kept 1'])
  })

  test('it is removed before its time, also without a return meeting', async () => {
    const s = setting({ handedBack: false })
    const removed = await s.customerData.remove(acme)
    expect(removed.proof?.words).toBe(
      'Removed on 20 Nov 2026: 1 ticket, 1 message, 0 people. Looked for afterwards: nothing was left.',
    )
    expect(await s.customerData.remove(acme)).toEqual(removed)
    expect(() => s.customerData.keepLonger(acme, 14)).toThrow('Acme: its data was removed.')
  })

  test('neither what is mine, nor what I cover, nor what I never covered', async () => {
    const s = setting({ now: wednesday, handedBack: false })
    for (const id of [1, 2, 3, 4]) {
      await expect(s.customerData.remove(id)).rejects.toMatchObject({ kind: 'not-found' })
      expect(() => s.customerData.keepLonger(id, 14)).toThrow('Nothing is kept here of this account')
    }
    expect(tickets(s.db)).toEqual([101, 201])
  })

  test('a file that cannot be written anew is said, and tried again', async () => {
    let isFull = true
    const s = setting({
      rewrite: async () => {
        if (isFull) throw new Error('database or disk is full')
      },
    })
    const problem =
      'It could not be removed to its end: database or disk is full. Understudy tries again every hour; the log says more.'
    await expect(s.customerData.remove(acme)).rejects.toMatchObject({ message: problem })
    expect(s.customerData.list()).toMatchObject([{ state: 'waits', waitsFor: problem, proof: null }])
    expect(() => s.customerData.keepLonger(acme, 14)).toThrow('Acme: it is being removed.')
    isFull = false
    s.customerData.start()
    await s.customerData.settled()
    expect(s.customerData.list()).toMatchObject([{ state: 'removed', proof: { left: 0 } }])
  })
})

describe('after it was removed', () => {
  const coveredAgain = (): Workspace => {
    const { absences, coverages } = aWorkspace()
    const again = { startsAt: due + 40 * dayMs, endsAt: due + 50 * dayMs }
    return aWorkspace({
      absences: [...absences, { id: 'anna-again', personId: 12, ...again }],
      coverages: [...coverages, { id: 'again', absenceId: 'anna-again', accountId: acme, coverId: 11, ...again }],
    })
  }

  async function removed() {
    const s = setting()
    storeDesk(s.db, acme, { document: {} as never, restricted: false }, 1)
    await s.customerData.remove(acme)
    return s
  }

  test('a workspace that tells of it brings nothing of it back at the next start', async () => {
    const { db, customerData } = await removed()
    const desks = [{ accountId: acme, document: {} as never, updatedAt: 1 }]
    storeWorkspace(db, aWorkspace({ desks }))
    expect(readRoster(db)).toMatchObject({ accounts: [{ id: 2 }, { id: 3 }], formerAccounts: [{ id: acme }] })
    expect(db.prepare('SELECT count(*) FROM account_desks').pluck().get()).toBe(0)
    expect(customerData.list()).toMatchObject([{ state: 'removed' }])
  })

  test('covered again it is followed again, kept anew and removed anew, with another proof', async () => {
    const s = await removed()
    storeWorkspace(s.db, coveredAgain())
    expect(readRoster(s.db).accounts.map(({ id }) => id)).toContain(acme)
    expect(s.customerData.list()).toEqual([])
    storeTicket(s.db, aSighting({ id: 102 }), due + 41 * dayMs)
    storeTicket(s.db, aSighting({ id: 103 }), due + 41 * dayMs)
    s.clock.step(due + 51 * dayMs - s.clock.now())
    expect(s.customerData.list()).toMatchObject([{ state: 'kept', dueAt: due + 64 * dayMs }])
    const again = await s.customerData.remove(acme)
    expect(again.proof?.removed).toContainEqual({ what: 'tickets', count: 2 })
    expect(s.customerData.list()).toHaveLength(1)
    expect(readRoster(s.db).formerAccounts.map(({ id }) => id)).toEqual([acme])
  })

  test('followed again by choice it stays, until it is covered once more', async () => {
    const s = await removed()
    insertAccount(s.db, { id: acme, name: 'Acme' })
    expect(readRoster(s.db).accounts.map(({ id }) => id)).toContain(acme)
    storeTicket(s.db, aSighting({ id: 102 }), due)
    s.clock.step(200 * dayMs)
    s.customerData.start()
    await s.customerData.settled()
    expect(s.customerData.list()).toEqual([])
    expect(tickets(s.db)).toEqual([102, 201])
    storeWorkspace(s.db, coveredAgain())
    await s.customerData.remove(acme)
    expect(tickets(s.db)).toEqual([201])
    expect(readRoster(s.db).formerAccounts.map(({ id }) => id)).toEqual([acme])
  })

  test('what was found when it was looked for is said, and can be removed again', async () => {
    const s = await removed()
    // A call that was begun in the very moment.
    s.db
      .prepare(`INSERT INTO calls (id, account_id, document, created_at, updated_at) VALUES ('c', 1, '{}', 1, 1)`)
      .run()
    s.db.prepare('UPDATE data_removals SET remains = 1').run()
    expect(s.customerData.list()[0]?.proof?.words).toContain('Looked for afterwards: 1 trace was left.')
    expect((await s.customerData.remove(acme)).proof?.left).toBe(0)
    expect(s.db.prepare('SELECT count(*) FROM calls').pluck().get()).toBe(0)
  })

  test('a ticket that I worked on goes as well once it is solved', async () => {
    const s = setting()
    storeTicket(s.db, aSighting({ id: 102, assigneeId: 11 }), wednesday)
    expect((await s.customerData.remove(acme)).proof?.words).toContain('1 ticket that is assigned to you stays')
    s.customerData.start()
    await s.customerData.settled()
    expect(tickets(s.db)).toEqual([102, 201])
    storeTicket(s.db, aSighting({ id: 102, assigneeId: 11, status: 'solved', updatedAt: due }), due)
    s.customerData.wake()
    await s.customerData.settled()
    expect(tickets(s.db)).toEqual([201])
    expect(s.customerData.list()[0]?.proof?.removed).toContainEqual({ what: 'tickets', count: 2 })
  })
})
