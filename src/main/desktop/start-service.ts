import { presentWorkspace } from '#service/doors/present-workspace.ts'
import type { HidingLog } from '#service/log/log.ts'
import { createService } from '#service/service.ts'
import type { LaunchSimulator } from '#service/workspace.ts'
import type { StartService } from './open-desktop.ts'

/** What the service of the desktop app is started with. */
export interface StartServiceOptions {
  readonly dataDir: string
  readonly sample: boolean
  readonly simulatorUrl: string | undefined
  readonly launchSimulator: LaunchSimulator
  readonly log: HidingLog
}

/** A function that opens the workspace and the service on it. */
export function createStartService(options: StartServiceOptions): StartService {
  return async (ports) => {
    const report = (sentence: string) => ports.report(sentence)
    const { open, reopen } = presentWorkspace({ ...options, connect: true, settings: ports.settings, report })
    const workspace = await open()
    try {
      return createService(ports, workspace, reopen)
    } catch (error) {
      await workspace.close()
      throw error
    }
  }
}
