import type { Log, Notifier, ServicePorts } from '../ports.ts'
import type { HidingLog } from '../log/log.ts'
import { createDoorVault } from '../secrets/door-vault.ts'
import { hideSecretsOf } from '../secrets/hidden-vault.ts'
import type { Service } from '../service.ts'
import { createConfSettingsFile } from '../settings/conf-settings-file.ts'
import { presentWorkspace } from './present-workspace.ts'
import { version } from './version.ts'
import type { LaunchSimulator } from '../workspace.ts'

/** What a door without Electron opens the app with. */
export interface DoorOptions {
  readonly host: 'web' | 'cli'
  /** The data folder: exists and is writable. */
  readonly dataDir: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: HidingLog
  /** True for the sample also where a Zendesk is connected. */
  readonly sample: boolean | undefined
  /** Control address of a running simulator to use instead of anything else, or undefined. */
  readonly simulatorUrl: string | undefined
  /** False to read only what is stored. */
  readonly connect: boolean
  /** True where the person asked for secrets to be kept: without a keychain they go to a file only this user may read. */
  readonly keepSecrets?: boolean
  readonly launchSimulator: LaunchSimulator
  readonly report: (sentence: string) => void
  readonly openExternal: (url: string) => Promise<void>
  /** The notifications of this machine's desktop; without any, windows in a browser show alerts themselves. */
  readonly notifier?: Promise<Notifier | undefined>
  /** Brings a window up on a screen: a ticket, or the list of alerts. */
  readonly openWindow?: (place: `/today/ticket/${number}` | '/alerts') => void
}

/** The app, open at a door. */
export interface OpenDoor {
  readonly service: Service
  /** Where secrets are kept, and whether they outlive the process. */
  readonly vault: ReturnType<ServicePorts['vault']['describe']>
  /** Stops the service, then what was started for it. */
  close(): Promise<void>
}

/** Opens workspace and service the way the web host and the command line share. */
export async function openDoor(options: DoorOptions): Promise<OpenDoor> {
  const { dataDir, log } = options
  const report = (sentence: string) => reportEverywhere(sentence, log, options.report)
  const settings = createConfSettingsFile(dataDir, Date.now)
  const { open, reopen } = presentWorkspace({ ...options, settings, report })
  // The app is loaded while the simulator, in a thread of its own, builds its world.
  const [workspace, { createService }, notifier] = await Promise.all([
    open(),
    import('../service.ts'),
    options.notifier,
  ])
  const ports: ServicePorts = {
    host: options.host,
    version,
    notifier: notifier ?? noNotifier,
    vault: hideSecretsOf(createDoorVault(dataDir, options.env, options.keepSecrets), (secret) => log.hide(secret)),
    settings,
    log,
    tray: false,
    report,
    openExternal: options.openExternal,
    openTicket: (ticketId) => options.openWindow?.(`/today/ticket/${ticketId}`),
    openAlerts: () => options.openWindow?.('/alerts'),
  }
  try {
    const service = createService(ports, workspace, reopen)
    return { service, vault: ports.vault.describe(), close: () => service.stop() }
  } catch (error) {
    await workspace.close()
    throw error
  }
}

/** Windows in a browser show alerts themselves. */
const noNotifier: Notifier = {
  native: false,
  state: () => ({ allowed: 'unknown', problem: null }),
  show: () => undefined,
  close: () => undefined,
}

function reportEverywhere(sentence: string, log: Log, report: (sentence: string) => void): void {
  // Not a warning: where the log is the terminal, the person would read the sentence twice.
  log.info({}, sentence)
  report(sentence)
}
