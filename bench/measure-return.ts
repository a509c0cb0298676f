import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '#service/db/open-database.ts'
import { prepared, transaction } from '#service/db/sql.ts'
import { markAuditsRead, storeAudits } from '#service/db/store-audits.ts'
import { markCommentsRead, storeComments } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { buildReturnList } from '#service/returns/build-return-list.ts'
import { aComment, aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

/**
 * Measures the list of a return meeting: 100 tickets with 500 changes and 500 messages in two weeks, among 2,000 older ones of the account.
 * Argument: folder for the database.
 */
const [folder = ''] = process.argv.slice(2)
const rounds = 50
mkdirSync(folder, { recursive: true })
const db = openDatabase(join(folder, 'return.db'))
const window = { startsAt: wednesday, endsAt: wednesday + 14 * dayMs }
storeWorkspace(
  db,
  aWorkspace({
    absences: [{ id: 'away', personId: 12, ...window }],
    coverages: [{ id: 'cover', absenceId: 'away', accountId: 1, coverId: 11, ...window }],
  }),
)
const text =
  'We looked at the logs and saw that the queue grows every night. We will send the patch by Friday. '.repeat(12)
const statuses = ['open', 'pending', 'open', 'solved', 'open', 'pending']
transaction(db, () => {
  storeUsers(db, [{ id: 501, name: 'Carla', role: 'end-user' }])
  for (let id = 1; id <= 2000; id += 1) {
    const at = wednesday - id * hourMs
    storeTicket(db, aSighting({ id, status: 'closed', createdAt: at, updatedAt: at }), wednesday)
  }
  for (let nth = 0; nth < 100; nth += 1) {
    const id = 5000 + nth
    const at = (step: number) => wednesday + nth * hourMs + step * 7 * hourMs
    for (let step = 0; step <= 5; step += 1) {
      const clocks = [{ metric: 'next_reply_time', stage: 'active', breachAt: at(step) + 4 * hourMs }]
      const parts = { id, createdAt: at(0), updatedAt: at(step), status: statuses[step] ?? 'open' }
      storeTicket(db, aSighting(parts, { clocks }), at(step))
      const author = { authorId: step % 2 === 0 ? 501 : 11, createdAt: at(step) }
      storeComments(db, [aComment({ id: id * 100 + step, ticketId: id, text, ...author })])
      if (step === 0) continue
      const change = {
        kind: 'changed',
        field: 'status',
        from: statuses[step - 1],
        to: statuses[step],
        public: null,
      } as const
      storeAudits(db, [{ id: id * 100 + step, ticketId: id, authorId: 11, createdAt: at(step), changes: [change] }])
    }
    markCommentsRead(db, id, at(5))
    markAuditsRead(db, id, at(5), null)
  }
})
const roster = readRoster(db)
const times = Array.from({ length: rounds }, () => {
  const begun = performance.now()
  const { rows } = buildReturnList(
    {
      ...{ db, roster, now: window.endsAt, emergencyMark: { by: 'tag', value: 'emergency' } },
      ticketUrl: (id) => `https://zendesk.example.com/agent/tickets/${id}`,
      openActions: () => [],
    },
    'cover',
  )
  return { ms: performance.now() - begun, rows: rows.length }
}).toSorted((a, b) => a.ms - b.ms)
/** The same rows, read and parsed, and nothing made of them. */
const floor = Array.from({ length: rounds }, () => {
  const begun = performance.now()
  for (const table of ['audits', 'events']) {
    for (const { changes } of prepared<[], { changes: string }>(db, `SELECT changes FROM ${table}`).all()) {
      JSON.parse(changes)
    }
  }
  prepared<[], object>(db, 'SELECT * FROM comments').all()
  prepared<[], object>(db, 'SELECT * FROM tickets WHERE id >= 5000').all()
  return performance.now() - begun
}).toSorted((a, b) => a - b)
db.close()
const at = (share: number) => times[Math.floor(share * (times.length - 1))]?.ms ?? 0
const bareMs = floor[Math.floor(rounds / 2)] ?? 0
console.log(JSON.stringify({ rows: times[0]?.rows, listMs: at(0.5), worstMs: at(1), bareMs }))
