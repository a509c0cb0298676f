import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { simulatorDescriptionSchema, type SimulatorDescription } from '#contract/workspace.ts'
import { createClock } from './clock.ts'
import type { Clock } from './ports.ts'
import { Problem } from './problem.ts'
import type { WorkspaceSource } from './service.ts'

/** Starts a simulator of its own; doors bring it, because the service does not know the simulator. */
export type LaunchSimulator = (options: {
  readonly seed: number
  readonly anchor: number
  readonly now: number
}) => Promise<{ readonly description: unknown; stop(): Promise<void> }>

/** A workspace ready to be served. */
export interface OpenWorkspace {
  readonly source: WorkspaceSource
  readonly clock: Clock
  /** Folder of the workspace's database. */
  readonly folder: string
  /** Stops a simulator that was started for it. */
  close(): Promise<void>
}

/** What to open. */
export interface OpenWorkspaceOptions {
  /** The data folder; the workspace gets a folder of its own inside. */
  readonly dataDir: string
  /** Control address of a running simulator to use instead of an own one. */
  readonly simulatorUrl?: string | undefined
  /** False for commands that only read what is stored: then no simulator is started. */
  readonly connect: boolean
  readonly launchSimulator: LaunchSimulator
}

const seed = 1

/**
 * Opens the sample workspace: the one of a running simulator, or one that is started for it. A sample belongs to the day
 * it was made on, so that its absences start today and end tomorrow; on another day it is made anew.
 */
export async function openWorkspace(options: OpenWorkspaceOptions): Promise<OpenWorkspace> {
  const { dataDir, simulatorUrl } = options
  if (simulatorUrl !== undefined) {
    const simulator = await askSimulator(simulatorUrl)
    return {
      source: { kind: 'sample', simulator },
      clock: createClock(simulator.clock),
      folder: folderIn(dataDir, 'simulator'),
      close: async () => undefined,
    }
  }
  const folder = folderIn(dataDir, 'sample')
  if (!options.connect)
    return { source: { kind: 'sample', simulator: null }, clock: createClock(), folder, close: async () => undefined }
  const now = Date.now()
  const anchor = anchorOf(folder, now)
  const { description, stop } = await options.launchSimulator({ seed, anchor, now })
  const simulator = simulatorDescriptionSchema.parse(description)
  return { source: { kind: 'sample', simulator }, clock: createClock(), folder, close: stop }
}

const sampleFile = z.object({ seed: z.literal(seed), anchor: z.number().int() })

/** The instant the sample of today is built around; a sample of another day is removed. */
function anchorOf(folder: string, now: number): number {
  const file = join(folder, 'sample.json')
  try {
    const { anchor } = sampleFile.parse(JSON.parse(readFileSync(file, 'utf8')))
    if (new Date(anchor).toDateString() === new Date(now).toDateString() && anchor <= now) return anchor
  } catch {
    // Never made, or damaged: it is made anew below.
  }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, JSON.stringify({ seed, anchor: now }), { mode: 0o600 })
  return now
}

function folderIn(dataDir: string, name: string): string {
  const folder = join(dataDir, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

async function askSimulator(url: string): Promise<SimulatorDescription> {
  const sentence = `No simulator answers at ${url}. Start one with “understudy simulator” and give its control address.`
  const address = URL.parse('/description', url)
  if (!address) throw new Problem('usage', sentence)
  const answer = await fetch(address).catch((cause: unknown) => {
    throw new Problem('failed', sentence, { cause })
  })
  const read = simulatorDescriptionSchema.safeParse(await answer.json().catch(() => null))
  if (!read.success) throw new Problem('failed', sentence)
  return read.data
}
