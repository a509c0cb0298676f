import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Simulator } from '#simulator/create-simulator.ts'
import type { SimulatorOptions } from '#simulator/options.ts'
import { outboxAt, type OutboxSetting, type SettingParts } from './outbox-setting.ts'
import { createSimulator } from './simulator.ts'
import { wednesday } from './work-values.ts'

/** A simulator for all tests of a file, and outboxes at it. */
export interface OutboxSimulator {
  /** Known from `beforeAll` on. */
  readonly simulator: Simulator
  /** Puts an outbox at it, with a database and a clock of its own. */
  at(parts?: SettingParts): OutboxSetting
}

/** Starts a simulator before the tests of the calling file, ends it after them, and puts it right after each. */
export function simulatorForOutboxes(options: SimulatorOptions = {}): OutboxSimulator {
  let running: Simulator | undefined
  const simulator = () => {
    if (!running) throw new Error('the simulator is started before the tests, not before the file')
    return running
  }
  beforeAll(async () => {
    running = await createSimulator({ anchor: wednesday, now: wednesday, speed: 0, ...options })
  })
  afterAll(() => running?.stop())
  afterEach(() => putRight(outboxAt(simulator())))
  return {
    get simulator() {
      return simulator()
    },
    at: (parts) => outboxAt(simulator(), parts),
  }
}

/** Ends everything that a test had Zendesk do wrong. */
export async function putRight({ ask }: Pick<OutboxSetting, 'ask'>): Promise<void> {
  await ask.order('/misbehave/clear')
  await ask.order('/port', { target: 'zendesk', open: true })
  await ask.order('/port', { target: 'gitlab', open: true })
  await ask.order('/gitlab', { licence: 'premium' })
  await ask.order('/zendesk', { ccs_and_followers: true, jobs: { held: false, failing: 'none', others: 0 } })
}
