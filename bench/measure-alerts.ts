import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { putLine, putReviewed } from '#core/handoff/change-handoff.ts'
import { settingsSchema } from '#contract/settings.ts'
import { createAlerts } from '#service/alerts/create-alerts.ts'
import { openJournal } from '#service/alerts/journal.ts'
import { storeHandoffs } from '#service/db/handoffs.ts'
import { openDatabase } from '#service/db/open-database.ts'
import { transaction } from '#service/db/sql.ts'
import { markCommentsRead } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { storeWorkspace } from '#service/db/workspace.ts'
import { openPolicies } from '#service/policy/policies.ts'
import { markRead } from '#test/support/alert-desk.ts'
import { aHandoff, aLine, anIf, someFacts } from '#test/support/handoff-values.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSteppedClock } from '#test/support/stepped-clock.ts'
import { aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

/**
 * Measures what it takes to hold many deadlines and a handoff: the memory that alerts add, and the time of a wake at which one of them falls
 * due, beside the least that any program must do for it: find the clock, and write one row that survives a power cut. Argument: folder for
 * the database.
 */
const [folder = ''] = process.argv.slice(2)
const held = 100_000
const wakes = 300
mkdirSync(folder, { recursive: true })
const db = openDatabase(join(folder, 'alerts.db'))
storeWorkspace(
  db,
  aWorkspace({
    absences: [{ id: 'away', personId: 12, startsAt: 0, endsAt: wednesday + 400 * dayMs }],
    coverages: [
      {
        id: 'cover',
        absenceId: 'away',
        accountId: 1,
        coverId: 11,
        startsAt: wednesday - dayMs,
        endsAt: wednesday + 300 * dayMs,
      },
    ],
  }),
)
for (const id of [1, 2, 3]) markRead(db, id, wednesday - 30 * dayMs)
for (let from = 0; from < held; from += 1000) {
  transaction(db, () => {
    for (let id = from + 1; id <= from + 1000; id += 1) {
      const clocks = [{ metric: 'first_reply_time', stage: 'active', breachAt: wednesday + 3 * hourMs + id * 60_000 }]
      storeTicket(
        db,
        aSighting({ id, organizationId: 1 + (id % 2), createdAt: wednesday - 10 * dayMs }, { clocks }),
        wednesday,
      )
    }
  })
}
// What was handed over is held beside them: forty tickets that were gone over, each to be answered by some time.
const document = Array.from({ length: 40 }, (_, index) => 2 * (index + 1)).reduce((handoff, id) => {
  const by = { author: 'bench', by: null, at: wednesday - 2 * dayMs }
  const trigger = { on: 'no-reply-by', at: wednesday + 200 * dayMs + id } as const
  const line = putLine(handoff, id, aLine({ contingencies: [anIf({ trigger })] }), by)
  return putReviewed(line, id, someFacts(), by)
}, aHandoff())
storeHandoffs(db, [{ document: { ...document, id: 'away--1' }, author: 'bench' }], wednesday)
for (const id of Object.keys(document.tickets)) markCommentsRead(db, Number(id), wednesday)
const clock = createSteppedClock(wednesday)
const shown: string[] = []
const settings = settingsSchema.parse({})
const policy = openPolicies().of('2025-04')
const heapMb = () => {
  globalThis.gc?.()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return (heapUsed + external + arrayBuffers) / 2 ** 20
}
const before = heapMb()
const alerts = createAlerts({
  db,
  clock,
  log: createSilentLog(),
  notifier: {
    native: true,
    state: () => ({ allowed: 'yes', problem: null }),
    show: ({ tag }) => void shown.push(tag),
    close: () => undefined,
  },
  journal: openJournal(join(folder, 'alerts.jsonl')),
  settings: () => settings,
  policy: () => policy,
  signIns: () => [],
  open: () => undefined,
  onChange: () => undefined,
})
alerts.start()
await alerts.settled()
const addedMb = heapMb() - before

/** Processor time of this process, in ms: what the disk takes to be sure is the disk's. */
const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const idle: number[] = []
for (let index = 0; index < wakes; index += 1) {
  const startedAt = performance.now()
  alerts.look()
  await alerts.settled()
  idle.push(performance.now() - startedAt)
}
const cpuBefore = cpuMs()
const due: number[] = []
const shownBefore = shown.length
for (let index = 0; index < wakes; index += 1) {
  const next = Math.min(...clock.waitingFor)
  const startedAt = performance.now()
  clock.step(next - clock.now())
  await alerts.settled()
  due.push(performance.now() - startedAt)
}
const dueCpuMs = (cpuMs() - cpuBefore) / wakes
await alerts.stop()

const bare = new Database(join(folder, 'bare.db'))
bare.pragma('journal_mode = WAL')
bare.pragma('synchronous = FULL')
bare.exec('CREATE TABLE told (id INTEGER PRIMARY KEY, at INTEGER)')
const find = db.prepare(
  'SELECT min(breach_at) AS at FROM sla_clocks INDEXED BY sla_clocks_end WHERE breach_at IS NOT NULL AND breach_at > ?',
)
const write = bare.prepare('INSERT INTO told (at) VALUES (?)')
const floors: number[] = []
for (let index = 0; index < wakes; index += 1) {
  const startedAt = performance.now()
  find.get(wednesday + index)
  write.run(index)
  floors.push(performance.now() - startedAt)
}
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
process.stdout.write(
  JSON.stringify({
    held,
    addedMb,
    idleMs: median(idle),
    dueMs: median(due),
    dueCpuMs,
    floorMs: median(floors),
    shown: shown.length - shownBefore,
  }),
)
db.close()
