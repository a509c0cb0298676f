import Database from 'better-sqlite3'
import { settingsSchema, type Settings } from '#contract/settings.ts'
import { createHandoff } from '#core/handoff/change-handoff.ts'
import type { HandoffDocument, TicketFacts } from '#core/handoff/handoff-document.ts'
import { createAlerts, type Alerts } from '#service/alerts/create-alerts.ts'
import type { Journal } from '#service/alerts/journal.ts'
import { readHandoff, storeHandoffs } from '#service/db/handoffs.ts'
import { openDatabase } from '#service/db/open-database.ts'
import type { WriteDb } from '#service/db/sql.ts'
import { markCommentsRead, storeComments } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { ticketFactsHere } from '#service/handoffs/handoff-facts.ts'
import type { Clock } from '#service/ports.ts'
import { markRead } from './alert-desk.ts'
import type { ModelTicket } from './alert-oracle.ts'
import { createMemoryJournal } from './memory-journal.ts'
import { policyOf } from './policy-of.ts'
import { createSilentLog } from './silent-log.ts'
import { createSteppedClock, type SteppedClock } from './stepped-clock.ts'
import { aComment, aTicket, aWorkspace, dayMs } from './work-values.ts'

/** One thing that a person saw: which alerts, under which tag. */
export interface Sighting {
  readonly tag: string
  readonly keys: readonly string[]
  /** In which life of the app. */
  readonly life: number
}

/** An app that raises alerts and can crash anywhere, over a database that can be restored from a backup. */
export interface AlertWorld {
  readonly clock: SteppedClock
  readonly sightings: Sighting[]
  readonly errors: () => readonly string[]
  alerts(): Alerts
  /** Something that a person does: the process does not end before it is done. */
  order<Result>(work: (alerts: Alerts) => Result): Result
  db(): WriteDb
  /** The process ends at the so-many-th place from here: before and after it stores, before it shows, before and after it remembers. */
  crashAfter(handings: number): void
  /** Whether it ended; it has to be started again. */
  isDead(): boolean
  /** Starts the app again over what the database was when it ended; a live one is killed where it is. */
  restart(): Promise<void>
  backup(): Buffer
  /** Starts the app over a backup; the journal stays. `synced` reads tickets before alerts are looked for. */
  restore(backup: Buffer, synced?: () => void): Promise<void>
  settle(): Promise<void>
  set(settings: Partial<Settings>): void
  cover(spans: readonly { readonly from: number; readonly to: number }[]): void
  /** Writes in the handoff of the covered account. */
  hand(write: (handoff: HandoffDocument, author: string) => HandoffDocument): void
  /** What a review of a ticket would take down. */
  facts(ticketId: number): TicketFacts | undefined
  /** Stores a ticket as a page tells it at some instant of the vendor's. */
  page(ticket: ModelTicket, at: number): void
  stop(): Promise<void>
}

/** Starts an app whose accounts were read long before. */
export async function anAlertWorld(start: number): Promise<AlertWorld> {
  const clock = createSteppedClock(start)
  const journal = createMemoryJournal()
  const log = createSilentLog()
  const sightings: Sighting[] = []
  let settings = settingsSchema.parse({})
  let spans: readonly { readonly from: number; readonly to: number }[] = []
  let handingsLeft = Number.POSITIVE_INFINITY
  let life = 0
  let isOrdering = false
  let image: Buffer | null = null
  let db = openDatabase(':memory:')
  // Only the looking at what was shown needs it.
  db.exec('CREATE INDEX alerts_tag ON alerts (tag)')
  let present: { readonly alerts: Alerts; end(): void }

  const tellWorkspace = () =>
    storeWorkspace(db, {
      ...aWorkspace(),
      absences: [{ id: 'away', personId: 12, startsAt: 0, endsAt: start + 400 * dayMs }],
      coverages: spans.map(({ from, to }, index) => ({
        id: `cover-${index}`,
        absenceId: 'away',
        accountId: 1,
        coverId: 11,
        startsAt: from,
        endsAt: to,
      })),
    })

  function begin() {
    const mine = life
    const own = db
    const isOver = () => mine !== life || image !== null
    /** A place at which the process may end: what is on disk then is what the next one finds. */
    const mayEnd = () => {
      if (isOver()) return true
      if (isOrdering) return false
      handingsLeft -= 1
      if (handingsLeft > 0) return false
      handingsLeft = Number.POSITIVE_INFINITY
      image = own.serialize()
      return true
    }
    const pragma = own.pragma.bind(own)
    // Every durable transaction begins and ends with one.
    own.pragma = (...args) => {
      const answer = pragma(...args)
      if (!own.inTransaction) mayEnd()
      return answer
    }
    const timers = new Set<() => void>()
    const ownClock: Clock = {
      speed: 0,
      now: clock.now,
      wakeAt(at, wake) {
        const cancel = clock.wakeAt(at, () => {
          if (!isOver()) wake()
        })
        timers.add(cancel)
        return cancel
      },
    }
    const ownJournal: Journal = {
      read: journal.read,
      async append(lines) {
        if (mayEnd()) return
        await journal.append(lines)
        mayEnd()
      },
      forget: journal.forget,
      close: journal.close,
    }
    const alerts = createAlerts({
      db: own,
      clock: ownClock,
      log: { ...log, error: (fields, message) => (isOver() ? undefined : log.error(fields, message)) },
      journal: ownJournal,
      notifier: {
        native: true,
        state: () => ({ allowed: 'yes', problem: null }),
        show({ tag }) {
          if (mayEnd()) return
          sightings.push({ tag, keys: keysUnder(own, tag), life: mine })
        },
        close: () => undefined,
      },
      settings: () => settings,
      policy: () => policyOf('2025-04'),
      signIns: () => [],
      open: () => undefined,
      onChange: () => undefined,
    })
    alerts.start()
    return {
      alerts,
      end() {
        for (const cancel of timers) cancel()
      },
    }
  }

  async function over(next: Buffer, synced?: () => void): Promise<void> {
    life += 1
    present.end()
    image = null
    const former = { db, alerts: present.alerts }
    await former.alerts.stop()
    former.db.close()
    db = reopen(next)
    tellWorkspace()
    synced?.()
    present = begin()
    await present.alerts.settled()
  }

  storeUsers(db, [
    { id: 501, name: 'Carla', role: 'end-user' },
    { id: 12, name: 'Anna', role: 'agent' },
  ])
  tellWorkspace()
  for (const account of [1, 2, 3]) markRead(db, account, start - 30 * dayMs)
  present = begin()
  await present.alerts.settled()

  return {
    clock,
    sightings,
    errors: () =>
      log.lines
        .filter(({ level }) => level === 'error')
        .map(({ message, fields }) => `${message} ${String((fields as { err?: unknown }).err)}`),
    alerts: () => present.alerts,
    order(work) {
      isOrdering = true
      try {
        return work(present.alerts)
      } finally {
        isOrdering = false
      }
    },
    db: () => db,
    crashAfter: (handings) => void (handingsLeft = handings),
    isDead: () => image !== null,
    async restart() {
      handingsLeft = Number.POSITIVE_INFINITY
      await over(image ?? db.serialize())
    },
    backup: () => db.serialize(),
    restore: over,
    settle: () => present.alerts.settled(),
    set: (next) => void (settings = settingsSchema.parse(next)),
    cover(next) {
      spans = next
      tellWorkspace()
    },
    hand(write) {
      isOrdering = true
      const stored = readHandoff(db, 'away--1') ?? { document: emptyHandoff(start), author: 'here' }
      storeHandoffs(db, [{ ...stored, document: write(stored.document, stored.author) }], clock.now())
      isOrdering = false
    },
    facts(ticketId) {
      const emergencyMark = { by: 'tag', value: 'emergency' } as const
      return ticketFactsHere(db, ticketId, { accountId: 1, emergencyMark, withIssues: false })
    },
    page(model, at) {
      const { id, account, live, createdAt, emergencyAt, messages } = model
      const ticket = aTicket({
        id,
        organizationId: account,
        status: live ? (model.pending ? 'pending' : 'open') : 'solved',
        tags: emergencyAt === null ? [] : ['emergency'],
        priority: model.urgentAt ? 'urgent' : 'normal',
        assigneeId: 11,
        createdAt,
        updatedAt: at,
        generatedAt: at,
      })
      const clocks = [...model.clocks].map(([metric, breachAt]) => ({
        metric,
        stage: breachAt === null ? 'paused' : 'active',
        breachAt,
      }))
      storeTicket(db, { ticket, clocks, takenAt: null }, at)
      storeComments(
        db,
        [{ id: id * 1000, at: createdAt, customer: true }, ...messages].map((message) =>
          aComment({ id: message.id, ticketId: id, createdAt: message.at, authorId: message.customer ? 501 : 12 }),
        ),
      )
      markCommentsRead(db, id, at)
    },
    async stop() {
      await present.alerts.stop()
      db.close()
    },
  }
}

function emptyHandoff(start: number): HandoffDocument {
  const names = { ase: 'Anna', aseTimeZone: 'Europe/Berlin', account: 'Acme', covers: {} }
  const window = { startsAt: 0, endsAt: start + 400 * dayMs }
  const writing = { author: 'here', by: null, at: start }
  return createHandoff({ planOrAbsenceId: 'away', aseId: 12, accountId: 1, names, window }, writing)
}

function reopen(image: Buffer): WriteDb {
  const db = new Database(image) as unknown as WriteDb
  db.pragma('foreign_keys = ON')
  return db
}

function keysUnder(db: WriteDb, tag: string): string[] {
  type Row = { readonly subject: string; readonly kind: string; readonly instance: string }
  return db
    .prepare<[string], Row>(`SELECT subject, kind, instance FROM alerts WHERE tag = ? ORDER BY id`)
    .all(tag)
    .map(({ subject, kind, instance }) => `${subject.replace('ticket ', '')} ${kind} ${instance}`)
}
