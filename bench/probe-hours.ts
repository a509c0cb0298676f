import { openDatabase } from '#service/db/open-database.ts'
import { createSimulator } from '#simulator/create-simulator.ts'
import { runDay } from '#test/support/day/run-day.ts'
const [file = '', seed = '3'] = process.argv.slice(2)
const h = 3_600_000
const at = Date.UTC(2026, 10, 18, 9)
const simulator = await createSimulator({ anchor: at, now: at, speed: 0, seed: Number(seed) })
const o = await runDay(simulator, () => openDatabase(file), {
  seed: Number(seed),
  lengthMs: 3 * h,
  trouble: [0.4 * h, 2 * h],
  misbehavesEveryMs: 120_000,
  nightMs: 0,
})
console.log(JSON.stringify(o.faults), JSON.stringify(o.met), o.events, o.alerts, JSON.stringify(o.outbox))
for (const x of simulator.record())
  if (x.number > 235 && x.number < 262)
    console.log(
      new Date(x.simulatedAt).toISOString(),
      x.method,
      x.path,
      x.status,
      x.misbehaviour ?? '',
      x.responseHeaders['retry-after'] ?? '',
      x.responseHeaders['x-rate-limit-remaining'] ?? '',
      x.number,
    )
console.log(JSON.stringify(simulator.truth().tickets.filter((t) => [715288, 714230].includes(t.id))))
await simulator.stop()
