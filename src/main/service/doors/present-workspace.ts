import { openConnectionRecords } from '../connections/connection-record.ts'
import type { SettingsFile } from '../ports.ts'
import { openWorkspace, type LaunchSimulator, type OpenWorkspace } from '../workspace.ts'

/** What decides which workspace a door shows. */
export interface PresentWorkspaceOptions {
  /** The data folder: exists and is writable. */
  readonly dataDir: string
  /** True for the sample also where a Zendesk is connected. */
  readonly sample?: boolean | undefined
  /** Control address of a running simulator to use instead of anything else. */
  readonly simulatorUrl?: string | undefined
  /** False to read only what is stored. */
  readonly connect: boolean
  readonly settings: SettingsFile
  readonly launchSimulator: LaunchSimulator
  readonly log: { hide(secret: string): void }
  readonly report: (sentence: string) => void
}

/** The workspace a door shows, and how the service comes to the one that is right after something was connected or signed out. */
export interface PresentWorkspace {
  open(): Promise<OpenWorkspace>
  /** Null where the door was told to show this one and no other. */
  readonly reopen: (() => Promise<OpenWorkspace>) | null
}

/** Finds out by the settings file, each time anew, which workspace is the person's. */
export function presentWorkspace(options: PresentWorkspaceOptions): PresentWorkspace {
  const records = openConnectionRecords(options.settings, options.report)
  const open = (isReopened: boolean) => {
    const { zendesk: connected, gitlab } = records.read()
    return openWorkspace({
      ...options,
      connected,
      gitlab,
      // A Zendesk that was just connected is asked what it offers. A simulator is not started only to show the sample.
      connect: options.connect || (isReopened && connected !== null),
      hide: (secret) => options.log.hide(secret),
    })
  }
  const isFixed = options.sample === true || options.simulatorUrl !== undefined
  return { open: () => open(false), reopen: isFixed ? null : () => open(true) }
}
