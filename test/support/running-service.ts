import { noNotifications } from './no-notifications.ts'
import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ChangeEvent } from '#contract/events.ts'
import { openConnectionRecords } from '#service/connections/connection-record.ts'
import { createLog } from '#service/log/log.ts'
import type { SecretVault, ServicePorts, SignInWindow } from '#service/ports.ts'
import { hideSecretsOf } from '#service/secrets/hidden-vault.ts'
import { createMemoryVault } from '#service/secrets/memory-vault.ts'
import { createService, type Service } from '#service/service.ts'
import { createConfSettingsFile } from '#service/settings/conf-settings-file.ts'
import { openWorkspace, type LaunchSimulator } from '#service/workspace.ts'
import { createSimulator } from './simulator.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** What can be different about a service. */
export interface RunningServiceParts {
  readonly dataDir?: string
  readonly vault?: SecretVault
  readonly signInWindow?: SignInWindow
  readonly launchSimulator?: LaunchSimulator
  /** True for a service that shows the sample and nothing else. */
  readonly fixed?: boolean
  /** False to read only what is stored. */
  readonly connect?: boolean
  readonly requestsPerMinute?: number
  readonly openExternal?: (url: string) => Promise<void>
  readonly carryOut?: NonNullable<ServicePorts['carryOut']>
}

/** A service over a folder of its own, and what a test looks at of it. */
export interface RunningService {
  readonly service: Service
  readonly dataDir: string
  readonly vault: SecretVault
  readonly events: readonly ChangeEvent[]
  /** Lines of the log. */
  readonly log: readonly string[]
  /** Sentences the person was told. */
  readonly told: readonly string[]
  /** Addresses the person's browser was sent to. */
  readonly opened: readonly string[]
  /** Simulators of the sample that run. */
  samples(): number
  /** The settings file as it lies there. */
  settingsFile(): string
  stop(): Promise<void>
}

/** Starts a service as doors do, with a small sample; stopped when the running test is over. */
export async function runningService(parts: RunningServiceParts = {}): Promise<RunningService> {
  const dataDir = parts.dataDir ?? temporaryFolder()
  const kept = parts.vault ?? createMemoryVault()
  const lines: string[] = []
  const told: string[] = []
  const opened: string[] = []
  const events: ChangeEvent[] = []
  const log = createLog({ write: (line) => lines.push(line) }, 'debug')
  let samples = 0
  const launchSmall: LaunchSimulator = async (options) => {
    const simulator = await createSimulator({ ...options, speed: 0, scale: 20 })
    samples += 1
    const stop = async () => {
      await simulator.stop()
      samples -= 1
    }
    return { description: simulator.description, stop }
  }
  const settings = createConfSettingsFile(dataDir, Date.now)
  settings.write({ ...settings.read(), requestsPerMinute: parts.requestsPerMinute ?? 200 })
  const report = (sentence: string) => void told.push(sentence)
  const open = (connect: boolean) => {
    const { zendesk: connected, gitlab } = openConnectionRecords(settings, report).read()
    return openWorkspace({
      dataDir,
      connect,
      connected,
      gitlab,
      launchSimulator: parts.launchSimulator ?? launchSmall,
      hide: (secret) => log.hide(secret),
    })
  }
  const ports: ServicePorts = {
    host: 'desktop',
    version: '0.0.0',
    notifier: noNotifications,
    vault: hideSecretsOf(kept, (secret) => log.hide(secret)),
    settings,
    log,
    tray: false,
    ...(parts.signInWindow ? { signInWindow: parts.signInWindow } : {}),
    ...(parts.carryOut ? { carryOut: parts.carryOut } : {}),
    async openExternal(url) {
      opened.push(url)
      await parts.openExternal?.(url)
    },
    report,
    openTicket: () => undefined,
  }
  const service = createService(ports, await open(parts.connect ?? true), parts.fixed ? null : () => open(true))
  service.onChange((event) => events.push(event))
  let stopping: Promise<void> | null = null
  const stop = () => (stopping ??= service.stop())
  onTestFinished(stop)
  return {
    service,
    dataDir,
    vault: kept,
    events,
    log: lines,
    told,
    opened,
    samples: () => samples,
    settingsFile: () => {
      const path = join(dataDir, 'config.json')
      return existsSync(path) ? readFileSync(path, 'utf8') : ''
    },
    stop,
  }
}
