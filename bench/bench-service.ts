import { mkdirSync } from 'node:fs'
import { simulatorDescriptionSchema, type SimulatorDescription } from '#contract/workspace.ts'
import { createClock } from '#service/clock.ts'
import type { ServicePorts } from '#service/ports.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { createService, type Service } from '#service/service.ts'
import type { OpenWorkspace } from '#service/workspace.ts'

/** Asks a running simulator what it is. */
export async function describeSimulator(controlUrl: string): Promise<SimulatorDescription> {
  const answer = await fetch(new URL('/description', controlUrl))
  return simulatorDescriptionSchema.parse(await answer.json())
}

/** The service with ports that do nothing, so that only the service is measured. */
export function benchService(dataDir: string, simulator: SimulatorDescription): Service {
  mkdirSync(dataDir, { recursive: true })
  const ignore = () => undefined
  const ports: ServicePorts = {
    host: 'cli',
    version: '0.0.0',
    notifier: { native: true, state: () => ({ allowed: 'yes', problem: null }), show: ignore, close: ignore },
    vault: createMemoryVault(),
    settings: { read: () => ({}), write: ignore },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    tray: false,
    openExternal: async () => undefined,
    report: ignore,
    openTicket: ignore,
  }
  const workspace: OpenWorkspace = {
    source: { kind: 'sample', simulator },
    clock: createClock(simulator.clock),
    folder: dataDir,
    close: async () => undefined,
  }
  return createService(ports, workspace, null)
}
