import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { simulatorDescriptionSchema, type SimulatorDescription } from '#contract/workspace.ts'
import { createClock } from './clock.ts'
import type { GitlabRecord, ZendeskRecord } from './connections/connection-record.ts'
import type { Clock } from './ports.ts'
import { Problem } from './problem.ts'

/** Starts a simulator of its own; doors bring it, because the service does not know the simulator. */
export type LaunchSimulator = (options: {
  readonly seed: number
  readonly anchor: number
  readonly now: number
}) => Promise<{ readonly description: unknown; stop(): Promise<void> }>

/**
 * Which workspace a service is for: made-up customers served by a simulator, or a person's own Zendesk. Without a simulator,
 * or with `online` false, only what is stored is read.
 */
export type WorkspaceSource =
  | { readonly kind: 'sample'; readonly simulator: SimulatorDescription | null }
  | {
      readonly kind: 'real'
      readonly zendesk: ZendeskRecord
      /** The GitLab that was added to it, or null. */
      readonly gitlab: GitlabRecord | null
      readonly online: boolean
    }

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
  /** True for the sample even where a Zendesk is connected. */
  readonly sample?: boolean | undefined
  /** Control address of a running simulator to use instead of anything else. */
  readonly simulatorUrl?: string | undefined
  /** The person's own Zendesk, or null while none is connected. */
  readonly connected: ZendeskRecord | null
  /** The GitLab that is connected beside it; it counts only where it was added to that Zendesk's workspace. */
  readonly gitlab?: GitlabRecord | null
  /** False for commands that only read what is stored: then nobody is asked and no simulator is started. */
  readonly connect: boolean
  readonly launchSimulator: LaunchSimulator
  /** Told the sample's own tokens, so that they stay out of the log. */
  readonly hide: (secret: string) => void
}

const seed = 1

/** Opens the person's own workspace where one is connected, and the sample otherwise or where it is asked for. */
export async function openWorkspace(options: OpenWorkspaceOptions): Promise<OpenWorkspace> {
  const { dataDir, simulatorUrl, connected, gitlab } = options
  if (simulatorUrl !== undefined) {
    const simulator = await askSimulator(simulatorUrl)
    return sample(options, folderIn(dataDir, 'simulator'), simulator, createClock(simulator.clock), done)
  }
  if (connected && !options.sample) {
    return {
      source: {
        kind: 'real',
        zendesk: connected,
        gitlab: gitlab?.zendeskUrl === connected.url ? gitlab : null,
        online: options.connect,
      },
      clock: createClock(),
      folder: folderIn(dataDir, zendeskFolder(connected.url)),
      close: done,
    }
  }
  return openSample(options)
}

/** Name of the folder of a Zendesk's workspace. Another company's is another workspace: ids mean other tickets there. */
export function zendeskFolder(url: string): string {
  return `zendesk-${new URL(url).host.replaceAll(/[^a-z0-9.-]+/gi, '-')}`
}

const done = async () => undefined

/**
 * The sample belongs to the day it was made on, so that its absences start today and end tomorrow; on another day it is
 * made anew.
 */
async function openSample(options: OpenWorkspaceOptions): Promise<OpenWorkspace> {
  const folder = folderIn(options.dataDir, 'sample')
  if (!options.connect) return sample(options, folder, null, createClock(), done)
  const now = Date.now()
  const anchor = anchorOf(folder, now)
  const { description, stop } = await options.launchSimulator({ seed, anchor, now })
  return sample(options, folder, simulatorDescriptionSchema.parse(description), createClock(), stop)
}

function sample(
  { hide }: OpenWorkspaceOptions,
  folder: string,
  simulator: SimulatorDescription | null,
  clock: Clock,
  close: () => Promise<void>,
): OpenWorkspace {
  // SECURITY: these tokens come from outside the vault and must not be logged either.
  if (simulator) for (const { token } of [simulator.zendesk, simulator.gitlab]) hide(token)
  return { source: { kind: 'sample', simulator }, clock, folder, close }
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
