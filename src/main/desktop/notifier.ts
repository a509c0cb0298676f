import type { Notification } from 'electron'
import type { Log, Notifier } from '#service/ports.ts'

/** Notifications that can still be clicked. The oldest is let go beyond this, so that a long absence does not fill the memory. */
const heldNotifications = 200

/**
 * Shows notices as the system's notifications. A notice replaces the one with the same tag. Each is held on to until it is closed: a
 * collected one could no longer be clicked.
 */
export function createNotifier(electron: Pick<typeof import('electron'), 'Notification'>, log: Log): Notifier {
  const shown = new Map<string, Notification>()
  const forget = (tag: string, notification: Notification) => {
    if (shown.get(tag) === notification) shown.delete(tag)
  }
  return {
    native: electron.Notification.isSupported(),
    show({ tag, title, body }, onOpen) {
      shown.get(tag)?.close()
      const notification = new electron.Notification({ id: tag, title, body })
      notification.on('click', () => {
        forget(tag, notification)
        onOpen()
      })
      notification.on('close', () => forget(tag, notification))
      notification.on('failed', (_event, error) => {
        forget(tag, notification)
        log.warn({ reason: error }, 'the system did not show a notification')
      })
      shown.delete(tag)
      shown.set(tag, notification)
      const [oldest] = shown.keys()
      if (shown.size > heldNotifications && oldest !== undefined) shown.delete(oldest)
      notification.show()
    },
  }
}
