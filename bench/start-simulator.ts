import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants, setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { simulatorDescriptionSchema } from '#contract/workspace.ts'

/** A simulator in a process of its own. */
export interface BenchSimulator {
  readonly controlUrl: string
  /**
   * From now on it takes a processor only when the measured process leaves one: a vendor's servers do not take turns with
   * the app on the same machine, and what the app's event loop waits for is to be its own work.
   */
  giveWay(): void
  stop(): Promise<void>
}

/** Starts a simulator of that many tickets whose clock stands still. */
export async function startSimulator(scale: number): Promise<BenchSimulator> {
  const entry = fileURLToPath(new URL('../src/main/cli/index.ts', import.meta.url))
  const child = spawn(process.execPath, [entry, 'simulator', '--speed', '0', '--scale', String(scale)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return {
    controlUrl: simulatorDescriptionSchema.parse(JSON.parse(line)).control.url,
    giveWay: () => setPriority(child.pid ?? 0, constants.priority.PRIORITY_LOW),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
