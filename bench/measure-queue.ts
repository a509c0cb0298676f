import { join } from 'node:path'
import Database from 'better-sqlite3'
import { databaseName } from '#service/session.ts'
import { benchService, describeSimulator } from './bench-service.ts'

/** Measures the Today query on a synced database. Arguments: control address of the simulator, data folder. */
const [controlUrl = '', dataDir = ''] = process.argv.slice(2)
const times = 200
const screenful = 50

async function medianMs(work: () => unknown): Promise<number> {
  const taken: number[] = []
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now()
    await work()
    taken.push(performance.now() - startedAt)
  }
  return taken.toSorted((a, b) => a - b)[times / 2] ?? Number.NaN
}

const service = benchService(dataDir, await describeSimulator(controlUrl))
const queueMs = await medianMs(() => service.client.tickets.queue({ limit: screenful }))
const { rows } = await service.client.tickets.queue({ limit: screenful })
await service.stop()
if (rows.length === 0) throw new Error('The queue is empty; nothing was measured.')

const db = new Database(join(dataDir, databaseName), { readonly: true })
const bare = db.prepare(`SELECT * FROM tickets WHERE id IN (${rows.map((row) => row.id).join(',')})`)
const bareMs = await medianMs(() => bare.all())
process.stdout.write(JSON.stringify({ queueMs, bareMs }))
