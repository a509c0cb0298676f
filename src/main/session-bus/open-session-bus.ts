import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '#service/ports.ts'
import { openBusNotifier, type BusNotifier } from './bus-notifier.ts'

/**
 * The notifier of a host without Electron: the Linux desktop's own, over the session bus that `DBUS_SESSION_BUS_ADDRESS` names. Undefined where
 * there is none, and on other systems; alerts then wait for a window.
 */
export async function openSessionBus(options: {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly report: (sentence: string) => void
  readonly log: Log
}): Promise<BusNotifier | undefined> {
  const address = options.env['DBUS_SESSION_BUS_ADDRESS']
  if (options.platform !== 'linux' || !address) return undefined
  // Only here: most starts have no use for the library.
  const { connectNotificationBus, isNoServer } = await import('./notification-bus.ts')
  return openBusNotifier({
    connect: (listener) => connectNotificationBus(address, listener),
    isNoServer,
    report: options.report,
    log: options.log,
    wait: (ms) => wait(ms, undefined, { ref: false }),
  })
}
