import type { Log, Notifier, ServicePorts } from '../ports.ts'
import type { HidingLog } from '../log/log.ts'
import { createDoorVault } from '../secrets/door-vault.ts'
import { hideSecretsOf } from '../secrets/hidden-vault.ts'
import type { Service } from '../service.ts'
import { createConfSettingsFile } from '../settings/conf-settings-file.ts'
import { version } from './version.ts'
import { openWorkspace, type LaunchSimulator } from '../workspace.ts'

/** What a door without Electron opens the app with. */
export interface DoorOptions {
  readonly host: 'web' | 'cli'
  /** The data folder: exists and is writable. */
  readonly dataDir: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: HidingLog
  /** Control address of a running simulator, or undefined for an own one. */
  readonly simulatorUrl: string | undefined
  /** False to read only what is stored. */
  readonly connect: boolean
  readonly launchSimulator: LaunchSimulator
  readonly report: (sentence: string) => void
  readonly openExternal: (url: string) => Promise<void>
}

/** The app, open at a door. */
export interface OpenDoor {
  readonly service: Service
  /** Stops the service, then what was started for it. */
  close(): Promise<void>
}

/** Opens workspace and service the way the web host and the command line share. */
export async function openDoor(options: DoorOptions): Promise<OpenDoor> {
  const { dataDir, log } = options
  // The app is loaded while the simulator, in a thread of its own, builds its world.
  const [workspace, { createService }] = await Promise.all([openWorkspace(options), import('../service.ts')])
  const simulator = workspace.source.simulator
  // SECURITY: these tokens come from outside the vault and must not be logged either.
  if (simulator) for (const { token } of [simulator.zendesk, simulator.gitlab]) log.hide(token)
  const ports: ServicePorts = {
    host: options.host,
    version,
    dataDir: workspace.folder,
    clock: workspace.clock,
    notifier: noNotifier,
    vault: hideSecretsOf(createDoorVault(dataDir, options.env), (secret) => log.hide(secret)),
    settings: createConfSettingsFile(dataDir, Date.now),
    log,
    tray: false,
    report: (sentence) => reportEverywhere(sentence, log, options.report),
    openExternal: options.openExternal,
    openTicket: () => undefined,
  }
  try {
    const service = createService(ports, workspace.source)
    return {
      service,
      async close() {
        await service.stop()
        await workspace.close()
      },
    }
  } catch (error) {
    await workspace.close()
    throw error
  }
}

/** Windows in a browser show alerts themselves. */
const noNotifier: Notifier = { native: false, show: () => undefined }

function reportEverywhere(sentence: string, log: Log, report: (sentence: string) => void): void {
  // Not a warning: where the log is the terminal, the person would read the sentence twice.
  log.info({}, sentence)
  report(sentence)
}
