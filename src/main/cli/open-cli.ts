import { homedir } from 'node:os'
import { defaultDataDir, openDataFolder } from '#service/data-folder.ts'
import { openDoor, type OpenDoor } from '#service/doors/open-door.ts'
import { acquireInstanceLock, alreadyRunning } from '#service/instance-lock.ts'
import { createErrorLog } from '#service/log/log.ts'
import { Problem } from '#service/problem.ts'
import type { Terminal } from '#service/doors/run-command.ts'
import { launchSimulator } from '#simulator/launch.ts'

/** The workspace options as they were typed. */
export interface WorkspaceArguments {
  readonly 'data-dir'?: string
  readonly simulator?: string
}

/** The data folder a command was pointed to. Throws a `Problem` when it cannot be used. */
export function dataFolderOf(given: WorkspaceArguments, terminal: Terminal): string {
  return openDataFolder(given['data-dir'] ?? defaultDataDir(process.platform, terminal.env, homedir()))
}

/** Opens what is stored, also beside a running Understudy, which keeps on syncing. */
export function openToRead(given: WorkspaceArguments, terminal: Terminal): Promise<OpenDoor> {
  return open(given, terminal, dataFolderOf(given, terminal), false)
}

/**
 * Opens the workspace as the only Understudy of its data folder, with its sources.
 * Throws a `Problem` of kind `running` when another one has it.
 */
export async function openToWrite(given: WorkspaceArguments, terminal: Terminal): Promise<OpenDoor> {
  const dataDir = dataFolderOf(given, terminal)
  const acquired = acquireInstanceLock(dataDir)
  if (acquired.kind === 'held') throw alreadyRunning(dataDir, acquired.instance)
  const { lock } = acquired
  try {
    lock.announce({ pid: process.pid, host: 'cli', url: null, port: null })
    const door = await open(given, terminal, dataDir, true)
    return { service: door.service, close: () => door.close().finally(() => lock.release()) }
  } catch (error) {
    lock.release()
    throw error
  }
}

function open(given: WorkspaceArguments, terminal: Terminal, dataDir: string, connect: boolean): Promise<OpenDoor> {
  return openDoor({
    host: 'cli',
    dataDir,
    env: terminal.env,
    log: createErrorLog({ write: (line) => terminal.say(line.trimEnd()) }),
    simulatorUrl: given.simulator,
    connect,
    launchSimulator,
    report: (sentence) => terminal.say(sentence),
    openExternal: async () => {
      throw new Problem('failed', 'The command line opens no browser. Open the address yourself.')
    },
  })
}
