import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '#service/db/open-database.ts'
import { runDay } from '#test/support/day/run-day.ts'
import { createSimulator } from '#test/support/simulator.ts'
import { temporaryFolder } from '#test/support/temporary-folder.ts'
import { wednesday } from '#test/support/work-values.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

// A whole day of this is part of the bench.
test(
  'hours in which everything goes wrong that can lose nothing, double nothing and keep the budget',
  { timeout: 180_000 },
  async () => {
    const simulator = await createSimulator({ anchor: wednesday, now: wednesday, speed: 0, seed: 3 })
    const file = join(temporaryFolder(), 'hours.db')
    const { faults, ...figures } = await runDay(simulator, () => openDatabase(file), {
      seed: 3,
      lengthMs: 3 * hourMs,
      trouble: [0.4 * hourMs, 2 * hourMs],
      misbehavesEveryMs: 2 * minuteMs,
      nightMs: 0,
    })
    await simulator.stop()
    expect(faults).toEqual({ lost: [], doubled: [], budget: [], bugs: [], unmet: [] })
    expect(figures.events).toBeGreaterThan(1000)
    expect(figures.outbox['verified']).toBeGreaterThan(10)
    expect(figures.alerts).toBeGreaterThan(0)
    expect(figures.mostInAMinute).toBe(20)
  },
)
