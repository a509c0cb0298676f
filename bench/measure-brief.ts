import { join } from 'node:path'
import Database from 'better-sqlite3'
import { databaseName } from '#service/session.ts'
import { benchService, describeSimulator } from './bench-service.ts'

/** Measures the brief of an emergency on a synced database, with nobody to ask. Arguments: control address of the simulator, data folder. */
const [controlUrl = '', dataDir = ''] = process.argv.slice(2)
const times = 50

async function msOf(work: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

async function medianMs(work: () => unknown): Promise<number> {
  const taken: number[] = []
  for (let index = 0; index < times; index += 1) taken.push(await msOf(work))
  return taken.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN
}

const service = benchService(dataDir, await describeSimulator(controlUrl))
const { rows } = await service.client.tickets.queue({ limit: 100 })
const ticketId = (rows.find(({ emergency }) => emergency) ?? rows[0])?.id
if (ticketId === undefined) throw new Error('The queue is empty; there is nothing to brief on.')
const read = () => service.client.guidance.brief({ ticketId })
// What counts for somebody who was just paged is the first one: nothing is warm yet.
const firstMs = await msOf(read)
const briefMs = await medianMs(read)
const brief = await read()
await service.stop()
if (brief.open.length === 0 || brief.similar.length === 0) throw new Error('The brief is empty; nothing was measured.')

// The least that any brief must read: its own rows, and the subjects among which the similar ones are found.
const db = new Database(join(dataDir, databaseName), { readonly: true })
const ids = [ticketId, ...brief.open.map(({ id }) => id), ...brief.similar.map(({ id }) => id)]
const bare = db.prepare(`SELECT * FROM tickets WHERE id IN (${ids.join(',')})`)
const subjects = db.prepare('SELECT id, subject FROM tickets ORDER BY id DESC LIMIT 20000')
const bareMs = await medianMs(() => [bare.all(), subjects.all()])
process.stdout.write(JSON.stringify({ firstMs, briefMs, bareMs }))
