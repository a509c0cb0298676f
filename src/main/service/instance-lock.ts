import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openExclusiveFile } from './db/exclusive-file.ts'
import { Problem } from './problem.ts'

const instanceSchema = z.object({
  pid: z.number().int(),
  host: z.enum(['desktop', 'web', 'cli']),
  /** Where its window is, with the token; null when it has none to open. */
  url: z.string().nullable(),
  port: z.number().int().nullable(),
})
/** What a running instance says of itself to a second one. */
export type Instance = z.infer<typeof instanceSchema>

/** The right to be the one instance that syncs and alerts in a data folder. */
export interface InstanceLock {
  /** Tells later instances where this one is. */
  announce(instance: Instance): void
  release(): void
}

export type InstanceLockResult =
  | { readonly kind: 'acquired'; readonly lock: InstanceLock }
  /** `instance` is null while the other one is still starting. */
  | { readonly kind: 'held'; readonly instance: Instance | null }

/**
 * Takes the data folder for this process. The lock belongs to the process and ends with it, also when it is killed;
 * `instance.json` beside it only says where to find the holder.
 */
export function acquireInstanceLock(dataDir: string): InstanceLockResult {
  const file = join(dataDir, 'instance.json')
  const held = openExclusiveFile(join(dataDir, 'instance.lock'))
  if (!held) return { kind: 'held', instance: readInstance(file) }
  // What a killed instance left behind must not send anyone to a place where nobody is.
  rmSync(file, { force: true })
  return {
    kind: 'acquired',
    lock: {
      announce(instance) {
        // SECURITY: the address carries the token; only this user may read it.
        writeFileSync(file, JSON.stringify(instance), { mode: 0o600 })
        chmodSync(file, 0o600)
      },
      release() {
        rmSync(file, { force: true })
        held.release()
      },
    },
  }
}

/** The instance that runs with this data folder, as far as its own note tells; null when there is none or it has died. */
export function runningInstance(dataDir: string): Instance | null {
  const instance = readInstance(join(dataDir, 'instance.json'))
  return instance && isAlive(instance.pid) ? instance : null
}

/** The sentence for a person who started a second instance. */
export function alreadyRunning(dataDir: string, instance: Instance | null): Problem {
  const where = instance === null ? '' : instance.url !== null ? ` at ${instance.url}` : ` (process ${instance.pid})`
  return new Problem(
    'running',
    `Understudy is already running with the data folder ${dataDir}${where}. ` +
      'Use that one, stop it first, or choose another folder with --data-dir.',
  )
}

function readInstance(file: string): Instance | null {
  try {
    return instanceSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
