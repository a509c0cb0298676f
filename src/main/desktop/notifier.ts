import { randomBytes } from 'node:crypto'
import type { Notification, NotificationConstructorOptions } from 'electron'
import type { Log, Notice, NoticeHandlers, Notifier, NotifierState } from '#service/ports.ts'
import type { LinkPlace } from './deep-link.ts'
import { toastXml } from './toast-xml.ts'

/** Notifications that can still be clicked. The oldest is let go beyond this, so that a long absence does not fill the memory. */
const heldNotifications = 200

/** The system's notifications, with what only the desktop app can do with them. */
export interface DesktopNotifier extends Notifier {
  /** Does what the link of a notification or of its button says. False when this run did not show it. */
  follow(link: Extract<LinkPlace, { kind: 'notice' }>): boolean
  /** Makes what an earlier run left in the Notification Center lead somewhere again (macOS). */
  recall(open: (tag: string) => void): Promise<void>
}

/** What notifications depend on. */
export interface NotifierFacts {
  readonly platform: NodeJS.Platform
  /** Whether the system hands links to this app, which is then found by them also after a restart. */
  readonly takesLinks: boolean
}

interface Held {
  readonly notification: Notification
  readonly notice: Notice
  readonly handlers: NoticeHandlers
}

/**
 * Shows notices as the system's notifications. A notice replaces the one with the same tag. Each is held on to until it is closed: a
 * collected one could no longer be clicked.
 *
 * Whether the system lets them through is known only by what happens: it says so when it refuses one.
 */
export function createNotifier(
  electron: Pick<typeof import('electron'), 'Notification'>,
  facts: NotifierFacts,
  log: Log,
): DesktopNotifier {
  const { platform } = facts
  const held = new Map<string, Held>()
  const proof = randomBytes(16).toString('base64url')
  const supported = electron.Notification.isSupported()
  let state: NotifierState = supported
    ? { allowed: 'unknown', problem: null }
    : { allowed: 'no', problem: unsupported[platform] ?? unsupportedHere }
  const forget = (tag: string, notification: Notification) => {
    if (held.get(tag)?.notification === notification) held.delete(tag)
  }
  const listen = (one: Held) => {
    const { notification, notice, handlers } = one
    notification.on('click', () => {
      forget(notice.tag, notification)
      handlers.onOpen()
    })
    notification.on('action', ({ actionIndex }) => {
      const action = notice.actions[actionIndex]
      forget(notice.tag, notification)
      if (action) handlers.onAction(action.id)
    })
    notification.on('close', ({ reason }) => {
      // In the Action Center it lives on, and can be clicked there.
      if (reason !== 'timedOut' && reason !== 'applicationHidden') forget(notice.tag, notification)
    })
    notification.on('show', () => (state = { allowed: 'yes', problem: null }))
    notification.on('failed', (_event, error) => {
      forget(notice.tag, notification)
      state = { allowed: 'no', problem: refused[platform] ?? refusedHere }
      log.warn({ reason: error }, 'the system did not show a notification')
    })
  }
  return {
    native: supported,
    state: () => state,
    show(notice, handlers) {
      held.get(notice.tag)?.notification.close()
      const one: Held = { notification: new electron.Notification(optionsFor(notice, facts, proof)), notice, handlers }
      listen(one)
      held.delete(notice.tag)
      held.set(notice.tag, one)
      const [oldest] = held.keys()
      if (held.size > heldNotifications && oldest !== undefined) held.delete(oldest)
      one.notification.show()
    },
    close(tag) {
      held.get(tag)?.notification.close()
      if (platform === 'darwin') electron.Notification.remove(tag)
      held.delete(tag)
    },
    follow({ tag, button }) {
      const one = held.get(tag)
      if (!one) return false
      // SECURITY: whoever does not know the proof gets what every link does: it shows what the notification is about.
      const action = button?.proof === proof ? one.notice.actions.find(({ id }) => id === button.id) : undefined
      held.delete(tag)
      if (action) one.handlers.onAction(action.id)
      else one.handlers.onOpen()
      return true
    },
    async recall(open) {
      if (platform !== 'darwin') return
      for (const left of await electron.Notification.getHistory()) {
        if (!held.has(left.id)) left.on('click', () => open(left.id))
      }
    },
  }
}

function optionsFor(notice: Notice, facts: NotifierFacts, proof: string): NotificationConstructorOptions {
  const { tag, title, body, urgent, actions } = notice
  return {
    id: tag,
    title,
    body,
    actions: actions.map(({ words }) => ({ type: 'button', text: words })),
    ...(urgent ? { urgency: 'critical', timeoutType: 'never' } : {}),
    ...(facts.platform === 'win32' && facts.takesLinks ? { toastXml: toastXml(notice, proof) } : {}),
  }
}

const unsupported: Partial<Record<NodeJS.Platform, string>> = {
  linux:
    'No program of this desktop shows notifications. Start one, like dunst or your desktop’s own, then start Understudy again; until then look at Alerts.',
}
const unsupportedHere = 'This system shows no notifications. Look at Alerts instead.'
const refused: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS does not show Understudy’s notifications. Allow them in System Settings, Notifications, Understudy.',
  win32:
    'Windows does not show Understudy’s notifications. Turn them on in Settings, System, Notifications, Understudy.',
}
const refusedHere = 'The system does not show Understudy’s notifications. Allow them in its settings.'
