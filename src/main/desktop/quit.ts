import type { App } from 'electron'
import type { Log } from '#service/ports.ts'
import type { Delay } from './keep-tray-current.ts'

/** A service that does not stop by then is left behind; its database is safe at every moment. */
const patienceMs = 5_000

/**
 * Lets the app outlive its window and makes quitting orderly: on Quit, `stop` runs to its end (or out of patience) before the process
 * goes.
 */
export function quitInOrder(
  app: Pick<App, 'on' | 'exit'>,
  deps: { readonly stop: () => Promise<void>; readonly log: Log; readonly delay: Delay },
): void {
  let quitting = false
  // Without a listener Electron ends the app with its last window; this one stays in the tray.
  app.on('window-all-closed', () => undefined)
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (quitting) return
    quitting = true
    const cancel = deps.delay(patienceMs, () => app.exit(0))
    deps.stop().then(
      () => {
        cancel()
        app.exit(0)
      },
      (error: unknown) => {
        cancel()
        deps.log.error({ err: error }, 'stopping failed')
        app.exit(1)
      },
    )
  })
}
