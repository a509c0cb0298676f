import { homedir } from 'node:os'
import { workspaceOptions } from '#service/doors/command-arguments.ts'
import { defaultDataDir, openDataFolder } from '#service/data-folder.ts'
import { openDoor, type OpenDoor } from '#service/doors/open-door.ts'
import { acquireInstanceLock, alreadyRunning } from '#service/instance-lock.ts'
import { createErrorLog } from '#service/log/log.ts'
import { Problem } from '#service/problem.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { launchSimulator } from '#simulator/launch.ts'

/** The option of commands that are about the person's own workspace only. */
export const dataFolderOption = {
  'data-dir': workspaceOptions['data-dir'],
  help: workspaceOptions.help,
} as const

/** The workspace options as they were typed. */
export interface WorkspaceArguments {
  readonly 'data-dir'?: string
  readonly sample?: boolean
  readonly simulator?: string
}

/** The data folder a command was pointed to. Throws a `Problem` when it cannot be used. */
export function dataFolderOf(given: WorkspaceArguments, terminal: Terminal): string {
  return openDataFolder(given['data-dir'] ?? defaultDataDir(process.platform, terminal.env, homedir()))
}

/** Opens what is stored, also beside a running Understudy, which keeps on syncing. */
export function openToRead(given: WorkspaceArguments, terminal: Terminal): Promise<OpenDoor> {
  return open(given, terminal, dataFolderOf(given, terminal), { connect: false })
}

/** How a command opens the workspace for writing. */
export interface WriteOptions {
  /** False where nobody has to be asked yet. */
  readonly connect?: boolean
  /** True where what is set in the vault has to outlive the command. */
  readonly keepSecrets?: boolean
}

/**
 * Opens the workspace as the only Understudy of its data folder, with its sources.
 * Throws a `Problem` of kind `running` when another one has it.
 */
export async function openToWrite(
  given: WorkspaceArguments,
  terminal: Terminal,
  options: WriteOptions = {},
): Promise<OpenDoor> {
  const dataDir = dataFolderOf(given, terminal)
  const acquired = acquireInstanceLock(dataDir)
  if (acquired.kind === 'held') throw alreadyRunning(dataDir, acquired.instance)
  const { lock } = acquired
  try {
    lock.announce({ pid: process.pid, host: 'cli', url: null, port: null })
    const door = await open(given, terminal, dataDir, { connect: true, ...options })
    return { ...door, close: () => door.close().finally(() => lock.release()) }
  } catch (error) {
    lock.release()
    throw error
  }
}

function open(
  given: WorkspaceArguments,
  terminal: Terminal,
  dataDir: string,
  options: WriteOptions & { readonly connect: boolean },
): Promise<OpenDoor> {
  return openDoor({
    ...options,
    host: 'cli',
    dataDir,
    env: terminal.env,
    log: createErrorLog({ write: (line) => terminal.say(line.trimEnd()) }),
    sample: given.sample,
    simulatorUrl: given.simulator,
    launchSimulator,
    report: (sentence) => terminal.say(sentence),
    openExternal: async () => {
      throw new Problem('failed', 'The command line opens no browser. Open the address yourself.')
    },
  })
}
