import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import { databaseName } from '#service/session.ts'
import { benchService, describeSimulator } from './bench-service.ts'

/** Measures one first sync from an empty database. Arguments: control address of the simulator, data folder. */
const [controlUrl = '', dataDir = ''] = process.argv.slice(2)
const simulator = await describeSimulator(controlUrl)
await fetch(new URL('/record/clear', controlUrl), { method: 'POST' })
const service = benchService(dataDir, simulator)
const delay = monitorEventLoopDelay({ resolution: 1 })
const cpuBefore = process.cpuUsage()
const startedAt = performance.now()
// As a door that stays does it: the schedule's first run, joined.
service.start()
delay.enable()
// How much of a turn is the app's own work, whatever else runs on the machine.
const turnsCpuMs: number[] = []
let cpuOfThread = process.threadCpuUsage()
const turns = setInterval(() => {
  const { user, system } = process.threadCpuUsage(cpuOfThread)
  cpuOfThread = process.threadCpuUsage()
  turnsCpuMs.push((user + system) / 1000)
}, 1)
const result = await service.syncOnce()
const ms = performance.now() - startedAt
const cpu = process.cpuUsage(cpuBefore)
delay.disable()
clearInterval(turns)
if (result.problems.length > 0) throw new Error(JSON.stringify(result.problems))
await service.stop()
const db = new Database(join(dataDir, databaseName), { readonly: true })
const { n: tickets } = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM tickets').get() ?? { n: 0 }
process.stdout.write(
  JSON.stringify({
    ms,
    cpuMs: (cpu.user + cpu.system) / 1000,
    tickets,
    delayP99Ms: delay.percentile(99) / 1e6,
    turnCpuP99Ms: turnsCpuMs.toSorted((a, b) => a - b)[Math.floor(turnsCpuMs.length * 0.99)],
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
)
