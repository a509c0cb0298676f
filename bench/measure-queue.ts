import { join } from 'node:path'
import Database from 'better-sqlite3'
import { databaseName } from '#service/session.ts'
import { benchService, describeSimulator } from './bench-service.ts'

/** Measures the Today query and the load of any week on a synced database. Arguments: control address of the simulator, data folder. */
const [controlUrl = '', dataDir = ''] = process.argv.slice(2)
const times = 200
const screenful = 50

async function medianMs(work: () => unknown, rounds = times): Promise<number> {
  const taken: number[] = []
  for (let index = 0; index < rounds; index += 1) {
    const startedAt = performance.now()
    await work()
    taken.push(performance.now() - startedAt)
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN
}

/** Every week from two years before to one year after another one. */
function weeksAround(week: string): string[] {
  const year = Number(week.slice(0, 4))
  return [-2, -1, 0, 1].flatMap((years) =>
    Array.from({ length: 52 }, (_, index) => `${year + years}-W${String(index + 1).padStart(2, '0')}`),
  )
}

const service = benchService(dataDir, await describeSimulator(controlUrl))
const queueMs = await medianMs(() => service.client.tickets.queue({ limit: screenful }))
const { rows } = await service.client.tickets.queue({ limit: screenful })
const present = await service.client.workload.week({})
let loadMs = 0
for (const week of weeksAround(present.week)) {
  loadMs = Math.max(loadMs, await medianMs(() => service.client.workload.week({ week }), 15))
}
const { me } = await service.client.app.status({})
await service.stop()
if (present.baseline.origin !== 'measured') throw new Error('Nothing was taken; no load was measured.')
if (rows.length === 0) throw new Error('The queue is empty; nothing was measured.')

const db = new Database(join(dataDir, databaseName), { readonly: true })
const bare = db.prepare(`SELECT * FROM tickets WHERE id IN (${rows.map((row) => row.id).join(',')})`)
const bareMs = await medianMs(() => bare.all())
const taken = db.prepare('SELECT taken_at FROM tickets WHERE assignee_id = ? AND taken_at >= ?')
const halfYearMs = 182 * 24 * 3_600_000
const bareLoadMs = await medianMs(() => taken.all(me?.id, present.startsAt - halfYearMs))
process.stdout.write(JSON.stringify({ queueMs, bareMs, loadMs, bareLoadMs }))
