import { Worker } from 'node:worker_threads'
import type { SimulatorDescription } from './description.ts'
import type { SimulatorOptions } from './options.ts'
import { resolveOptions } from './options.ts'

export type { SimulatorDescription } from './description.ts'
export type { SimulatorOptions } from './options.ts'

export interface LaunchOptions extends SimulatorOptions {
  /** Where the simulator's thread begins; a bundled build keeps it elsewhere than beside this file. */
  readonly workerUrl?: URL
}

/** A simulator in a thread of its own. */
export interface LaunchedSimulator {
  readonly description: SimulatorDescription
  stop(): Promise<void>
}

/**
 * Starts the simulator in a thread, so that it never delays the caller and ends with the process. Resolves when its
 * servers listen. Rejects with a sentence when an option cannot be used or the thread fails.
 *
 * @example
 * const { description, stop } = await launchSimulator({ seed: 1, speed: 60 })
 */
export async function launchSimulator(options: LaunchOptions = {}): Promise<LaunchedSimulator> {
  const { workerUrl, ...simulator } = options
  resolveOptions(simulator)
  const worker = new Worker(workerUrl ?? new URL('./worker.ts', import.meta.url), { workerData: simulator })
  const description = await new Promise<SimulatorDescription>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the simulator ended with code ${code} before it was ready`)))
  })
  return {
    description,
    stop: async () => {
      await worker.terminate()
    },
  }
}
