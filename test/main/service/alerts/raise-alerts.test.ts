import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { settingsSchema, type Settings } from '#contract/settings.ts'
import type { Coverage } from '#core/people/people.ts'
import { raiseAlerts } from '#service/alerts/raise-alerts.ts'
import { countUnopened, listAlerts, unshownAlerts } from '#service/db/alerts.ts'
import { organizationScope, writeCursor } from '#service/db/cursors.ts'
import { openDatabase } from '#service/db/open-database.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import type { Notice, Notifier } from '#service/ports.ts'
import { memoryDatabase } from '#test/support/memory-database.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { aSighting, aWorkspace, dayMs, wednesday } from '#test/support/work-values.ts'

interface Shown extends Notice {
  follow(): void
}

/** A person's screen in front of a database: what was shown, opened and told. */
function screen(
  db: WriteDb,
  more: { native?: boolean; settings?: Partial<Settings>; coverages?: readonly Coverage[] } = {},
) {
  const shown: Shown[] = []
  const opened: number[] = []
  const changes: number[][] = []
  const notifier: Notifier = {
    native: more.native ?? true,
    show: (notice, onOpen) => shown.push({ ...notice, follow: onOpen }),
  }
  const raise = (settings: Partial<Settings> = more.settings ?? {}) =>
    raiseAlerts({
      db,
      now: () => wednesday,
      notifier,
      settings: () => settingsSchema.parse(settings),
      myCoverages: () => more.coverages ?? aWorkspace().coverages,
      openTicket: (ticketId) => opened.push(ticketId),
      onChange: (ids) => changes.push([...ids]),
    })
  return { shown, opened, changes, raise }
}

/** Notes that the tickets of an account have been read to the end. */
const markRead = (db: WriteDb, accountId: number, at: number) =>
  writeCursor(db, 'zendesk', organizationScope(accountId), { completedAt: at })

/** A workspace whose accounts have been read long before anything in these tests happens. */
function prepare(db: WriteDb): WriteDb {
  storeWorkspace(db, aWorkspace())
  markRead(db, 1, wednesday - 30 * dayMs)
  markRead(db, 2, wednesday - 30 * dayMs)
  return db
}

const covered = () => prepare(memoryDatabase())

const add = (db: WriteDb, id: number, more: Parameters<typeof aSighting>[0] = {}) =>
  storeTicket(db, aSighting({ id, createdAt: wednesday + id, ...more }), wednesday)

const titles = (shown: readonly Notice[]) => shown.map((notice) => notice.title)

describe('a new ticket of a covered account', () => {
  test('is shown once with account, number, priority and subject', () => {
    const db = covered()
    const { raise, shown, changes } = screen(db)
    add(db, 101, { priority: 'urgent', subject: 'Everything is down' })
    raise()
    raise()
    expect(shown).toMatchObject([
      { tag: 'alert-1', title: 'Acme: new ticket #101, urgent', body: 'Everything is down' },
    ])
    expect(changes).toEqual([[1]])
  })

  test('has no priority in its words when it has none', () => {
    const db = covered()
    const { raise, shown } = screen(db)
    add(db, 101, { priority: null })
    raise()
    expect(titles(shown)).toEqual(['Acme: new ticket #101'])
  })

  test('counts from the first second of the coverage to the last', () => {
    const db = covered()
    const { raise, shown } = screen(db)
    const [coverage] = aWorkspace().coverages
    const { startsAt, endsAt } = coverage ?? { startsAt: 0, endsAt: 0 }
    add(db, 1, { createdAt: startsAt - 1000 })
    add(db, 2, { createdAt: startsAt })
    add(db, 3, { createdAt: endsAt - 1000 })
    add(db, 4, { createdAt: endsAt })
    add(db, 5, { createdAt: startsAt + 1000, organizationId: 2 })
    raise()
    expect(titles(shown)).toEqual(['Acme: new ticket #2, normal', 'Acme: new ticket #3, normal'])
  })

  test('is not announced again by changing, by being read anew or by a second coverage of the account', () => {
    const db = covered()
    const [coverage] = aWorkspace().coverages
    const coverages = coverage ? [coverage, { ...coverage, id: 'again', endsAt: wednesday + 9 * dayMs }] : []
    const { raise, shown } = screen(db, { coverages })
    add(db, 101)
    raise()
    add(db, 101, { status: 'pending', updatedAt: wednesday + 5000 })
    raise()
    expect(shown).toHaveLength(1)
  })

  test('is announced to nobody who covers nothing', () => {
    const db = covered()
    const { raise, shown, changes } = screen(db, { coverages: [] })
    add(db, 101)
    raise()
    expect([shown, changes]).toEqual([[], []])
  })

  test('leads to its ticket when it is followed, and is then no longer unopened', () => {
    const db = covered()
    const { raise, shown, opened, changes } = screen(db)
    add(db, 101)
    raise()
    expect(countUnopened(db)).toBe(1)
    shown[0]?.follow()
    expect(opened).toEqual([101])
    expect(countUnopened(db)).toBe(0)
    expect(changes).toEqual([[1], [1]])
  })
})

describe('the first complete reading of an account', () => {
  function unread(): WriteDb {
    const db = memoryDatabase()
    storeWorkspace(db, aWorkspace())
    return db
  }

  test('lists without a word what was there before it began, and announces what came since', () => {
    const db = unread()
    const { raise, shown } = screen(db)
    add(db, 1, { createdAt: wednesday - 1 })
    add(db, 2, { createdAt: wednesday })
    markRead(db, 1, wednesday)
    raise()
    markRead(db, 1, wednesday + 60_000)
    raise()
    expect(titles(shown)).toEqual(['Acme: new ticket #2, normal'])
    expect(listAlerts(db, 10)).toHaveLength(2)
    expect(countUnopened(db)).toBe(1)
  })

  test('announces a ticket of the very second it began in, because Zendesk tells no milliseconds', () => {
    const db = unread()
    const { raise, shown } = screen(db)
    add(db, 1, { createdAt: wednesday })
    markRead(db, 1, wednesday + 999)
    raise()
    expect(titles(shown)).toEqual(['Acme: new ticket #1, normal'])
  })

  test('is waited for: a reading that ended halfway announces nothing of what it found', () => {
    const db = unread()
    const { raise, shown } = screen(db)
    add(db, 1, { createdAt: wednesday - 1 })
    writeCursor(db, 'zendesk', organizationScope(1), { problem: 'Zendesk cannot be reached.' })
    raise()
    expect(shown).toEqual([])
    markRead(db, 1, wednesday)
    raise()
    expect(shown).toEqual([])
    expect(listAlerts(db, 10)).toHaveLength(1)
  })

  test('counts also when it was made by a command that raises no alerts', () => {
    const db = unread()
    add(db, 1, { createdAt: wednesday - 1 })
    markRead(db, 1, wednesday)
    markRead(db, 1, wednesday + 60_000)
    const { raise, shown } = screen(db)
    raise()
    expect(shown).toEqual([])
  })
})

describe('over restarts', () => {
  test('nothing is announced twice', () => {
    const file = join(temporaryFolder(), 'understudy.db')
    const all: string[] = []
    for (let start = 0; start < 3; start += 1) {
      const db = prepare(openDatabase(file))
      const { raise, shown } = screen(db)
      add(db, 101)
      add(db, 200 + start)
      raise()
      all.push(...titles(shown))
      db.close()
    }
    expect(all).toEqual([101, 200, 201, 202].map((id) => `Acme: new ticket #${id}, normal`))
  })

  test('what a crash kept from being shown is shown by the next run, under the same tag', () => {
    const db = covered()
    const crashing = screen(db)
    const { raise, shown } = screen(db)
    add(db, 101)
    expect(() =>
      raiseAlerts({
        db,
        now: () => wednesday,
        notifier: {
          native: true,
          show: () => {
            throw new Error('crash')
          },
        },
        settings: () => settingsSchema.parse({}),
        myCoverages: () => aWorkspace().coverages,
        openTicket: (id) => crashing.opened.push(id),
        onChange: () => undefined,
      }),
    ).toThrow('crash')
    expect(unshownAlerts(db)).toHaveLength(1)
    raise()
    raise()
    expect(shown.map((notice) => notice.tag)).toEqual(['alert-1'])
    expect(listAlerts(db, 10)).toHaveLength(1)
  })
})

describe('many at once', () => {
  test('are shown one by one up to three', () => {
    const db = covered()
    const { raise, shown } = screen(db)
    for (const id of [1, 2, 3]) add(db, id)
    raise()
    expect(shown.map((notice) => notice.tag)).toEqual(['alert-1', 'alert-2', 'alert-3'])
  })

  test('are one notice from four on, which counts them and leads to the first', () => {
    const db = covered()
    const { raise, shown, opened, changes } = screen(db)
    for (const id of [4, 1, 3, 2]) add(db, id)
    raise()
    raise()
    expect(shown).toMatchObject([{ tag: 'alerts-1', title: '4 new tickets on accounts you cover' }])
    expect(shown[0]?.body.split('\n')).toEqual([1, 2, 3, 4].map((id) => `Acme: new ticket #${id}, normal`))
    expect(changes).toEqual([[1, 2, 3, 4]])
    shown[0]?.follow()
    expect(opened).toEqual([1])
  })
})

describe('what the person set', () => {
  test('keeps customers’ words out of notifications, and out of the ledger', () => {
    const db = covered()
    const { raise, shown } = screen(db, { settings: { customerTextInNotifications: false } })
    add(db, 101, { subject: 'Our secret project' })
    raise()
    expect(shown).toMatchObject([{ title: 'Acme: new ticket #101, normal', body: 'Open it to see what it is about.' }])
    expect(JSON.stringify([shown, listAlerts(db, 10)])).not.toContain('secret')
  })

  test('keeps new tickets silent while they are switched off, also after they are switched on again', () => {
    const db = covered()
    const { raise, shown } = screen(db)
    add(db, 101)
    raise({ notifyNewTickets: false })
    expect(shown).toEqual([])
    expect(listAlerts(db, 10)).toHaveLength(1)
    raise({ notifyNewTickets: true })
    expect(shown).toEqual([])
    add(db, 102)
    raise({ notifyNewTickets: true })
    expect(titles(shown)).toEqual(['Acme: new ticket #102, normal'])
  })
})

test('a door without notifications of its own leaves alerts for a window to show', () => {
  const db = covered()
  const { raise, shown, changes } = screen(db, { native: false })
  add(db, 101)
  raise()
  expect(shown).toEqual([])
  expect(unshownAlerts(db)).toHaveLength(1)
  expect(changes).toEqual([[1]])
})
