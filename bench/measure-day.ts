import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '#service/db/open-database.ts'
import { createSimulator } from '#simulator/create-simulator.ts'
import { runDay } from '#test/support/day/run-day.ts'

/**
 * Measures a simulated day in which Zendesk misbehaves in every way it knows. Arguments: folder for the database, seed. What
 * is wrong at the end is printed to stderr.
 */
const [folder = '', seed = '1'] = process.argv.slice(2)
const hourMs = 3_600_000
const anchor = Date.UTC(2026, 10, 18, 8)
const hours = 24
mkdirSync(folder, { recursive: true })
const simulator = await createSimulator({ anchor, now: anchor, speed: 0, seed: Number(seed) })
const {
  faults,
  notes: _notes,
  unseenMs,
  ...figures
} = await runDay(simulator, () => openDatabase(join(folder, 'day.db')), {
  seed: Number(seed),
  lengthMs: hours * hourMs,
  trouble: [1.5 * hourMs, 22.25 * hourMs],
  misbehavesEveryMs: 5 * 60_000,
  // Three o'clock in Berlin.
  nightMs: 18 * hourMs,
})
await simulator.stop()
for (const [kind, lines] of Object.entries(faults)) {
  for (const line of lines.slice(0, 20)) process.stderr.write(`${kind}: ${line}\n`)
}
process.stdout.write(
  JSON.stringify({
    ...figures,
    hours,
    faults: Object.fromEntries(Object.entries(faults).map(([kind, lines]) => [kind, lines.length])),
    unseenP50Ms: unseenMs[Math.floor(unseenMs.length / 2)],
    unseenMaxMs: unseenMs.at(-1),
  }),
)
