import Database from 'better-sqlite3'
import { describeSimulator } from './bench-service.ts'

/**
 * The least any program must do with the pages that the last sync read: fetch each again, parse it, and insert each row
 * once, without an index, a comparison or an event. Arguments: control address of the simulator, database file.
 */
const [controlUrl = '', file = ''] = process.argv.slice(2)
const { zendesk, gitlab } = await describeSimulator(controlUrl)
const record = (await (await fetch(new URL('/record', controlUrl))).json()) as {
  exchanges: { target: 'zendesk' | 'gitlab'; path: string; status: number }[]
}
const pages = record.exchanges.filter((exchange) => exchange.status === 200)
const signIn = {
  zendesk: {
    url: zendesk.url,
    headers: { authorization: `Basic ${Buffer.from(`${zendesk.email}/token:${zendesk.token}`).toString('base64')}` },
  },
  gitlab: { url: gitlab.url, headers: { 'private-token': gitlab.token } },
}

interface Row {
  readonly id: number
  readonly updated_at?: string
  readonly [field: string]: unknown
}

const db = new Database(file)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = NORMAL')
db.exec(
  'CREATE TABLE tickets (id INTEGER PRIMARY KEY, organization_id, subject, status, priority, assignee_id, updated_at)',
)
db.exec('CREATE TABLE others (id INTEGER PRIMARY KEY, body, updated_at)')
const insertTicket = db.prepare('INSERT OR REPLACE INTO tickets VALUES (?, ?, ?, ?, ?, ?, ?)')
const insertOther = db.prepare('INSERT OR REPLACE INTO others VALUES (?, ?, ?)')
const insertPage = db.transaction((tickets: readonly Row[], others: readonly Row[]) => {
  for (const row of tickets) {
    insertTicket.run(
      row.id,
      row['organization_id'],
      row['subject'],
      row['status'],
      row['priority'],
      row['assignee_id'],
      Date.parse(row.updated_at ?? ''),
    )
  }
  for (const row of others) insertOther.run(row.id, row['body'] ?? row['title'] ?? null, row.updated_at ?? null)
})

const cpuBefore = process.cpuUsage()
const startedAt = performance.now()
for (const page of pages) {
  const { url, headers } = signIn[page.target]
  const answer = await fetch(`${url}${page.path}`, { headers })
  const body = JSON.parse(await answer.text()) as Row[] | { tickets?: Row[]; comments?: Row[] }
  if (Array.isArray(body)) insertPage([], body)
  else insertPage(body.tickets ?? [], body.comments ?? [])
}
const ms = performance.now() - startedAt
const cpu = process.cpuUsage(cpuBefore)
const { n } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM tickets').get() ?? { n: 0 }
db.close()
process.stdout.write(JSON.stringify({ ms, cpuMs: (cpu.user + cpu.system) / 1000, tickets: n }))
