import { parentPort, workerData } from 'node:worker_threads'
import { createSimulator } from './create-simulator.ts'
import type { SimulatorOptions } from './options.ts'

/** The simulator's own thread: starts, says where it is, and lives until the thread is ended. */
const simulator = await createSimulator(workerData as SimulatorOptions)
parentPort?.postMessage(simulator.description)
