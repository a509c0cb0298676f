import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { ActivityEvent } from '#contract/activity.ts'
import { isLive } from '#core/tickets/ticket.ts'
import { listEvents } from '#service/db/events.ts'
import { writeFact } from '#service/db/facts.ts'
import { transaction, type ReadDb, type WriteDb } from '#service/db/sql.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { createSync, type Sync } from '#service/sync/create-sync.ts'
import { nextNight } from '#service/sync/next-night.ts'
import { share } from '#service/sync/poll-pace.ts'
import { RemoteFailure, type RemoteFailureKind } from '#service/transport/remote-failure.ts'
import type { SlaPath } from '#service/zendesk/probe.ts'
import { withMemoryDatabase } from '#test/support/memory-database.ts'
import { createModelZendesk, type ModelTicket, type ModelZendesk } from '#test/support/model-zendesk.ts'
import { scriptedSources } from '#test/support/scripted-sources.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSteppedClock, type SteppedClock } from '#test/support/stepped-clock.ts'
import { aWorkspace, hourMs, wednesday } from '#test/support/work-values.ts'

/** Acme, Borealis and Cormorant are followed; nobody here has anything to do with the fourth. */
const followed = [1, 2, 3]
const strangers = 9
const organizations = [...followed, strangers]
const minuteMs = 60_000

/** Something that happens in Zendesk. Numbers are taken modulo what there is. */
const deed = fc.record({
  what: fc.constantFrom(
    ...(['open', 'open', 'status', 'status', 'subject', 'comment', 'retarget', 'move', 'close'] as const),
    ...(['merge', 'delete', 'archive', 'restrict', 'restore', 'join'] as const),
  ),
  which: fc.nat({ max: 40 }),
  other: fc.nat({ max: 40 }),
  lagMs: fc.constantFrom(0, 0, 0, 1000, 60_000, 110_000),
})
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never

/** What happens before one request is answered, or while its answer is on its way, and what becomes of that. */
const happening = fc.record({
  isUnderWay: fc.boolean(),
  deeds: fc.array(deed, { maxLength: 3 }),
  passesMs: fc.constantFrom<number>(0, 10, 900, 30_000, 200_000),
  fails: fc.constantFrom<RemoteFailureKind | 'bug' | 'kill' | null>(
    ...Array.from({ length: 24 }, () => null),
    ...(['kill', 'kill', 'kill'] as const),
    ...(['offline', 'server', 'rate-limited', 'malformed', 'rejected', 'timeout', 'bug', 'unauthorized'] as const),
  ),
})

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never

function act(zendesk: ModelZendesk, { what, which, other, lagMs }: Deed): void {
  const ids = [...zendesk.tickets.keys()]
  const id = ids[which % Math.max(1, ids.length)] ?? 0
  const organizationId = organizations[other % organizations.length] ?? 1
  const statuses = ['open', 'pending', 'hold', 'solved']
  const deeds: Record<Deed['what'], () => unknown> = {
    open: () => zendesk.open(organizationId),
    status: () => zendesk.change(id, { status: statuses[other % statuses.length] ?? 'open' }, lagMs),
    subject: () => zendesk.change(id, { subject: `About ${other}` }, lagMs),
    comment: () => zendesk.comment(id, `Words ${other}`),
    retarget: () => zendesk.retarget(id, wednesday + other * 1000),
    move: () => zendesk.change(id, { organizationId }, lagMs),
    close: () => zendesk.change(id, { status: 'closed' }, lagMs),
    merge: () => zendesk.merge(id, ids[other % Math.max(1, ids.length)] ?? 0),
    delete: () => zendesk.hide(id, 'deleted', lagMs),
    archive: () => zendesk.hide(id, 'archived', lagMs),
    restrict: () => zendesk.hide(id, 'restricted', lagMs),
    restore: () => zendesk.restore(id),
    join: () => zendesk.change(id, other % 2 === 0 ? { ccIds: [11] } : { followerIds: [11], assigneeId: 11 }, lagMs),
  }
  deeds[what]()
}

/** An Understudy that is killed and started again over the same database. */
function createLife(db: WriteDb, clock: SteppedClock, zendesk: ModelZendesk, slaPath: SlaPath) {
  const log = createSilentLog()
  let stopping = new AbortController()
  let sync = begin()
  let everySeconds = 60

  function begin(): Sync {
    stopping = new AbortController()
    const { sources } = scriptedSources({ zendesk: zendesk.api, gitlab: null, slaPath })
    const begun = createSync({
      db,
      sources,
      clock,
      log,
      stopping: stopping.signal,
      everySeconds: () => everySeconds,
      workSince: () => 0,
      onPage: () => undefined,
      onStep: () => undefined,
      onState: () => undefined,
    })
    begun.start()
    return begun
  }

  return {
    kill: () => stopping.abort(),
    pollEvery: (seconds: number) => void (everySeconds = seconds),
    stop: () => {
      stopping.abort()
      return sync.stop()
    },
    /** Moves on, and waits until what that led to is over. */
    async step(ms: number): Promise<void> {
      clock.step(ms)
      while (sync.state === 'syncing') await new Promise((resolve) => setImmediate(resolve))
      if (!stopping.signal.aborted) return
      await sync.stop()
      sync = begin()
    },
  }
}

interface StoredTicket {
  readonly id: number
  readonly organization_id: number
  readonly subject: string
  readonly status: string
  readonly fate: string | null
  readonly merged_into: number | null
  readonly next_breach_at: number | null
  /** 1 where it is not known to be solved or closed. */
  readonly live: number
}

const fates = { deleted: 'deleted', archived: 'archived', restricted: 'forbidden' } as const

function storedTickets(db: ReadDb): Map<number, StoredTicket> {
  const rows = db.prepare<[], StoredTicket>('SELECT * FROM tickets').all()
  return new Map(rows.map((row) => [row.id, row]))
}

const idsOf = (db: ReadDb, table: 'comments' | 'audits', ticketId: number) =>
  db
    .prepare<[number], { id: number }>(`SELECT id FROM ${table} WHERE ticket_id = ? ORDER BY id`)
    .all(ticketId)
    .map(({ id }) => id)

/**
 * What is stored is what there is. A stranger's ticket is looked at as long as it is not known to be solved, or is mine: that one
 * which went to a stranger and was solved is open again, no list of ours tells. And what a ticket became right before it was hidden
 * nobody here could know.
 */
function expectTruth(db: ReadDb, zendesk: ModelZendesk): void {
  const stored = storedTickets(db)
  for (const truth of zendesk.tickets.values()) {
    const row = stored.get(truth.ticket.id)
    const isOurs = followed.includes(truth.ticket.organizationId ?? 0)
    if (isOurs && truth.fate === null) expect([...stored.keys()]).toContain(truth.ticket.id)
    if (!row) continue
    const isLookedAt =
      truth.fate === null
        ? isOurs || row.live === 1 || isMine(truth)
        : followed.includes(row.organization_id) || row.live === 1
    if (!isLookedAt) continue
    expect({ id: row.id, fate: row.fate, mergedInto: row.merged_into }).toEqual({
      id: row.id,
      fate: truth.mergedInto !== null ? 'merged' : truth.fate && fates[truth.fate],
      mergedInto: truth.mergedInto,
    })
    if (truth.fate !== null) continue
    expectSame(row, truth)
    if (!isLive(truth.ticket)) continue
    expect(row.next_breach_at).toBe(truth.clocks[0]?.breachAt)
    if (isOurs) expectDetails(db, truth)
  }
}

const isMine = ({ ticket: { assigneeId, ccIds, followerIds } }: ModelTicket) =>
  assigneeId === 11 || ccIds.includes(11) || followerIds.includes(11)

/** What the lists of changes tell by themselves is stored long before everything is looked through at night. */
function expectChangesSeen(db: ReadDb, zendesk: ModelZendesk): void {
  const stored = storedTickets(db)
  for (const truth of zendesk.tickets.values()) {
    const { id, organizationId } = truth.ticket
    if (zendesk.hidings(id) || !followed.includes(organizationId ?? 0)) continue
    expect([...stored.keys()]).toContain(id)
    const row = stored.get(id)
    if (row) expectSame(row, truth)
    if (isLive(truth.ticket)) expectDetails(db, truth)
  }
}

function expectSame(row: StoredTicket, { ticket: { id, organizationId, subject, status } }: ModelTicket): void {
  expect({ id, organizationId: row.organization_id, subject: row.subject, status: row.status }).toEqual({
    id,
    organizationId,
    subject,
    status,
  })
}

function expectDetails(db: ReadDb, { ticket, comments, audits }: ModelTicket): void {
  expect(idsOf(db, 'comments', ticket.id)).toEqual(comments.map(({ id }) => id))
  expect(idsOf(db, 'audits', ticket.id)).toEqual(audits.map(({ id }) => id))
}

/** Fields of a ticket whose every change is an event. */
const watched = ['organization_id', 'subject', 'status', 'assignee_id', 'cc_ids', 'follower_ids', 'fate'] as const

/** Has the database itself note what is stored, for comparing that with the events. */
function watchDatabase(db: WriteDb): void {
  db.exec('CREATE TEMP TABLE noted (what TEXT NOT NULL)')
  const note = (name: string, when: string, row: string) =>
    db.exec(`CREATE TEMP TRIGGER note_${name} AFTER ${when} BEGIN INSERT INTO noted SELECT 'ticket:' || ${row}; END`)
  note('ticket', 'INSERT ON main.tickets', `new.id || ' created'`)
  note('comment', 'INSERT ON main.comments', `new.ticket_id || ' comment ' || new.id`)
  for (const field of watched) {
    const row = `new.id || ' ${field} ' || json_array(old.${field}, new.${field})`
    note(field, `UPDATE OF ${field} ON main.tickets`, `${row} WHERE old.${field} IS NOT new.${field}`)
  }
}

const noted = (db: ReadDb) =>
  db
    .prepare<[], { what: string }>('SELECT what FROM noted')
    .all()
    .map(({ what }) => what)

/** Events in the words in which the database notes what is stored. */
function notesOf(event: ActivityEvent): string[] {
  if (event.kind === 'ticket-created') return [`${event.subject} created`]
  if (event.kind === 'comment-added') return [`${event.subject} comment ${commentOf(event).id}`]
  expect('organization_id' in event.changes).toBe(event.kind === 'ticket-moved')
  expect(Object.keys(event.changes)).not.toEqual([])
  return watched.flatMap((field) => {
    const change = event.changes[field]
    return change ? [`${event.subject} ${field} ${JSON.stringify([change.from, change.to])}`] : []
  })
}

const commentOf = ({ changes }: ActivityEvent) => z.object({ id: z.number() }).parse(changes['comment']?.to)

/** Whatever was stored is one event, and no event is without it; what is older than what was stored is not stored again. */
function expectEachEventOnce(db: ReadDb): void {
  const changedAt = new Map<string, number>()
  for (const { kind, subject, at } of listEvents(db, 0, 100_000)) {
    if (kind !== 'ticket-changed' && kind !== 'ticket-moved') continue
    expect(at).toBeGreaterThan(changedAt.get(subject) ?? 0)
    changedAt.set(subject, at)
  }
  expect(listEvents(db, 0, 100_000).flatMap(notesOf).toSorted()).toEqual(noted(db).toSorted())
}

/** Nothing is said to have gone that did not, and nothing more often than it went. */
function expectFatesTrue(db: ReadDb, zendesk: ModelZendesk): void {
  const gone = new Map<string, number>()
  for (const { subject, changes } of listEvents(db, 0, 100_000)) {
    const fate = changes['fate']?.to
    const name = `${subject} ${typeof fate === 'string' ? fate : ''}`
    if (fate) gone.set(name, (gone.get(name) ?? 0) + 1)
  }
  for (const [name, times] of gone) {
    const [, id = '', fate = ''] = /^ticket:(\d+) (.*)$/.exec(name) ?? []
    const hidings = zendesk.hidings(Number(id))
    const mergings = zendesk.tickets.get(Number(id))?.mergedInto === null ? 0 : 1
    const atMost = fate === 'merged' ? mergings : hidings?.fate && fates[hidings.fate] === fate ? hidings.times : 0
    expect({ name, isTrue: times <= atMost }).toEqual({ name, isTrue: true })
  }
}

async function live(db: WriteDb, plan: Plan): Promise<void> {
  storeWorkspace(db, aWorkspace())
  watchDatabase(db)
  transaction(db, () => writeFact(db, 'zendesk', 'poll-seed', plan.seed, wednesday))
  const night = nextNight(wednesday, 'Europe/Berlin', Math.round(share(plan.seed, 3) * hourMs))
  const clock = createSteppedClock(plan.isNight ? night - 5 * minuteMs : wednesday)
  let happened = 0
  let isQuiet = false
  const zendesk = createModelZendesk(
    () => clock.now(),
    () => {
      const next = isQuiet ? undefined : plan.happenings[happened++]
      // What is under way is not so for long.
      if (next?.isUnderWay) return () => happen({ ...next, passesMs: Math.min(next.passesMs, 5000) })
      if (next) happen(next)
      return undefined
    },
  )
  function happen({ passesMs, deeds, fails }: Happening): void {
    clock.step(passesMs)
    for (const each of deeds) act(zendesk, each)
    if (fails === 'bug') throw new TypeError('x is not a function')
    if (fails === 'kill') life.kill()
    if (fails) throw new RemoteFailure(fails === 'kill' ? 'aborted' : fails, 'It did not work.')
  }
  for (let count = 0; count < plan.opened; count += 1) zendesk.open(organizations[count % organizations.length] ?? 1)
  for (const each of plan.before) act(zendesk, each)
  Object.assign(zendesk, { pageSize: plan.pageSize, repeatsRows: plan.repeatsRows, listsAll: plan.listsAll })
  const life = createLife(db, clock, zendesk, plan.slaPath)
  for (let steps = 0; steps < 100 && happened < plan.happenings.length; steps += 1) await life.step(67_000)
  isQuiet = true
  life.pollEvery(300)
  // Long enough for every pause after a failure; then past the night in which everything is looked through.
  for (let steps = 0; steps < 8; steps += 1) await life.step(16 * minuteMs)
  expectChangesSeen(db, zendesk)
  await life.step(20 * hourMs)
  for (let steps = 0; steps < 30; steps += 1) await life.step(10 * minuteMs)
  expectTruth(db, zendesk)
  expectEachEventOnce(db)
  expectFatesTrue(db, zendesk)
  const events = listEvents(db, 0, 100_000).length
  for (let steps = 0; steps < 3; steps += 1) await life.step(70 * minuteMs)
  expect(listEvents(db, 0, 100_000)).toHaveLength(events)
  await life.stop()
}

const plan = fc.record({
  seed: fc.nat(),
  // True: right before everything is looked through, so that this meets what happens.
  isNight: fc.boolean(),
  opened: fc.integer({ min: 0, max: 16 }),
  before: fc.array(deed, { maxLength: 20, size: 'max' }),
  happenings: fc.array(happening, { minLength: 20, maxLength: 120, size: 'max' }),
  pageSize: fc.integer({ min: 1, max: 5 }),
  repeatsRows: fc.boolean(),
  listsAll: fc.boolean(),
  slaPath: fc.constantFrom<SlaPath>('show-many', 'show-many', 'organization-list', 'search', 'single'),
})
type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never

test('whatever moves, goes, comes back, lags, fails or is killed: in the end what there is is stored, and each thing that happened is one event', async () => {
  await fc.assert(
    fc.asyncProperty(plan, (each) => withMemoryDatabase((db) => live(db, each))),
    { numRuns: Number(process.env['SYNC_RUNS'] ?? 40), endOnFailure: true },
  )
}, 600_000)
