import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { putLine, putReviewed } from '#core/handoff/change-handoff.ts'
import { openDatabase } from '#service/db/open-database.ts'
import { readHandoff, readHandoffs, storeHandoffs } from '#service/db/handoffs.ts'
import { transaction } from '#service/db/sql.ts'
import { storeComments } from '#service/db/store-comments.ts'
import { storeTicket } from '#service/db/store-tickets.ts'
import { readRoster, storeUsers, storeWorkspace } from '#service/db/workspace.ts'
import { beginHandoffs, saveLine } from '#service/handoffs/edit-handoffs.ts'
import type { HandoffDesk } from '#service/handoffs/handoff-desk.ts'
import { detailOf, packetsOf } from '#service/handoffs/read-handoffs.ts'
import { aLine, someFacts } from '#test/support/handoff-values.ts'
import { aComment, aSighting, aWorkspace, dayMs, hourMs, wednesday } from '#test/support/work-values.ts'

/**
 * Measures a packet of ten accounts with forty tickets each, every line written and gone over: listing it, opening one account, and storing
 * a line as it is typed, beside the least that any program must do for each: read and parse what is stored, and write one document that
 * survives a power cut. Argument: folder for the database.
 */
const [folder = ''] = process.argv.slice(2)
const accounts = 10
const ticketsEach = 40
const messagesEach = 12
const rounds = 100
mkdirSync(folder, { recursive: true })
const db = openDatabase(join(folder, 'handoff.db'))
const accountIds = Array.from({ length: accounts }, (_, index) => index + 1)
const sample = aWorkspace()
const window = { startsAt: wednesday + dayMs, endsAt: wednesday + 8 * dayMs }
storeWorkspace(
  db,
  aWorkspace({
    meId: 12,
    accounts: accountIds.map((id) => ({
      ...{ id, name: `Account ${id}`, aseId: 12, aseSince: null, label: null, gitlabGroup: null },
    })),
    absences: [{ id: 'away', personId: 12, ...window }],
    coverages: accountIds.map((accountId) => ({
      ...{ id: `cover-${accountId}`, absenceId: 'away', accountId, coverId: 11, ...window },
    })),
  }),
)
const text =
  'We looked at the logs and saw that the queue grows every night. We will send the patch by Friday. '.repeat(12)
transaction(db, () => {
  storeUsers(db, [
    ...sample.people.map(({ id, name }) => ({ id, name, role: 'agent' })),
    { id: 501, name: 'Carla', role: 'end-user' },
  ])
  for (const organizationId of accountIds) {
    for (let nth = 0; nth < ticketsEach; nth += 1) {
      const id = organizationId * 1000 + nth
      const clocks = [{ metric: 'next_reply_time', stage: 'active', breachAt: wednesday + (nth + 1) * hourMs }]
      storeTicket(db, aSighting({ id, organizationId, ccIds: [11, 501] }, { clocks }), wednesday)
      const messages = Array.from({ length: messagesEach }, (_, index) =>
        aComment({
          ...{ id: id * 100 + index, ticketId: id, text, createdAt: wednesday - (messagesEach - index) * hourMs },
          ...{ authorId: index % 3 === 0 ? 501 : 12, public: index % 3 !== 2 },
        }),
      )
      storeComments(db, messages)
    }
  }
})
const deskNow = (): HandoffDesk => ({
  ...{ db, roster: readRoster(db), now: wednesday },
  emergencyMark: { by: 'tag', value: 'emergency' },
})
beginHandoffs(deskNow(), 'away')
const writing = { author: 'bench', by: 'Anna', at: wednesday }
const written = readHandoffs(db).map(({ document, author }) => {
  let filled = document
  for (let nth = 0; nth < ticketsEach; nth += 1) {
    const id = document.accountId * 1000 + nth
    filled = putReviewed(putLine(filled, id, aLine(), writing), id, someFacts(), writing)
  }
  return { document: filled, author }
})
storeHandoffs(db, written, wednesday)

function medianMs(work: (round: number) => unknown): number {
  const taken = Array.from({ length: rounds }, (_, round) => {
    const startedAt = performance.now()
    work(round)
    return performance.now() - startedAt
  })
  return taken.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
}

const listMs = medianMs(() => packetsOf(deskNow()))
const getMs = medianMs(() => detailOf(deskNow(), 'away--5'))
let base = detailOf(deskNow(), 'away--5').lines.find(({ ticketId }) => ticketId === 5007)?.lineBase ?? ''
const line = { ...aLine(), contingencies: [...aLine().contingencies] }
const saveMs = medianMs((round) => {
  base = saveLine(deskNow(), { handoffId: 'away--5', ticketId: 5007, line: { ...line, story: `Typed ${round}` }, base })
})

const [packet] = packetsOf(deskNow())
const shown = packet?.accounts.reduce((sum, { tickets }) => sum + tickets, 0)
if (shown !== accounts * ticketsEach) throw new Error(`The packet has ${shown} tickets; nothing was measured.`)

const bare = new Database(join(folder, 'bare.db'))
bare.pragma('journal_mode = WAL')
bare.pragma('synchronous = FULL')
bare.exec('CREATE TABLE documents (id INTEGER PRIMARY KEY, text TEXT)')
const documents = db.prepare('SELECT document FROM handoffs')
const tickets = db.prepare(
  'SELECT t.*, c.* FROM tickets t LEFT JOIN sla_clocks c ON c.ticket_id = t.id WHERE t.organization_id = ?',
)
const comments = db.prepare(
  `SELECT c.public, c.author_id, max(c.created_at), substr(c.text, 1, 8000) FROM comments c JOIN tickets t ON t.id = c.ticket_id
   WHERE t.organization_id = ? GROUP BY c.ticket_id, c.public, c.author_id`,
)
const bareListMs = medianMs(() => {
  for (const row of documents.all() as { document: string }[]) JSON.parse(row.document)
  for (const id of accountIds) {
    tickets.all(id)
    comments.all(id)
  }
})
const document = JSON.stringify(readHandoff(db, 'away--5')?.document)
const write = bare.prepare('INSERT OR REPLACE INTO documents (id, text) VALUES (1, ?)')
const bareSaveMs = medianMs(() => write.run(JSON.stringify(JSON.parse(document))))
process.stdout.write(
  JSON.stringify({
    accounts,
    tickets: shown,
    documentKb: document.length / 1024,
    listMs,
    bareListMs,
    getMs,
    saveMs,
    bareSaveMs,
  }),
)
db.close()
