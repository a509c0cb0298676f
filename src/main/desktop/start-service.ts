import type { HidingLog } from '#service/log/log.ts'
import { createService } from '#service/service.ts'
import { openWorkspace, type LaunchSimulator } from '#service/workspace.ts'
import type { StartService } from './open-desktop.ts'

/** What the service of the desktop app is started with. */
export interface StartServiceOptions {
  readonly dataDir: string
  readonly simulatorUrl: string | undefined
  readonly launchSimulator: LaunchSimulator
  readonly log: HidingLog
}

/** A function that opens the workspace and the service on it. */
export function createStartService(options: StartServiceOptions): StartService {
  return async (ports) => {
    const workspace = await openWorkspace({ ...options, connect: true })
    const { simulator } = workspace.source
    // SECURITY: these tokens come from outside the vault and must not be logged either.
    if (simulator) for (const { token } of [simulator.zendesk, simulator.gitlab]) options.log.hide(token)
    try {
      const service = createService({ ...ports, clock: workspace.clock, dataDir: workspace.folder }, workspace.source)
      return {
        service,
        async stop() {
          try {
            await service.stop()
          } finally {
            await workspace.close()
          }
        },
      }
    } catch (error) {
      await workspace.close()
      throw error
    }
  }
}
