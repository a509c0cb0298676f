/** What the browser allows. `unavailable` where it has no notifications. */
export type NotificationState = NotificationPermission | 'unavailable'

/** One notification of the browser; a later one with the same tag takes its place. */
export interface BrowserNotice {
  readonly tag: string
  readonly title: string
  readonly body: string
  /** Stays until somebody closes it. */
  readonly urgent: boolean
}

/** Notifications of the browser. */
export interface BrowserNotifications {
  permission(): NotificationState
  /** Asks the person; must follow a click. */
  request(): Promise<NotificationState>
  /** Calls back when the permission became another, also in the browser's own settings. Returns a function that ends it. */
  subscribe(listener: () => void): () => void
  show(notice: BrowserNotice, onOpen: () => void): void
  /** Takes back what is still shown under a tag. */
  close(tag: string): void
}

/** Notifications through the Web Notification API. */
export function createBrowserNotifications(page: Window & typeof globalThis): BrowserNotifications {
  if (!('Notification' in page)) {
    return {
      permission: () => 'unavailable',
      request: () => Promise.resolve('unavailable'),
      subscribe: () => () => {},
      show: () => {},
      close: () => {},
    }
  }
  const listeners = new Set<() => void>()
  const shown = new Map<string, Notification>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  watchPermission(page, changed)
  return {
    permission: () => page.Notification.permission,
    async request() {
      const permission = await page.Notification.requestPermission()
      changed()
      return permission
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show({ tag, title, body, urgent }, onOpen) {
      const notification = new page.Notification(title, { body, tag, requireInteraction: urgent, icon: './icon.svg' })
      shown.set(tag, notification)
      notification.addEventListener('click', () => {
        page.focus()
        onOpen()
        notification.close()
      })
      notification.addEventListener('close', () => {
        if (shown.get(tag) === notification) shown.delete(tag)
      })
    },
    close: (tag) => shown.get(tag)?.close(),
  }
}

/** Not every browser tells; then the permission is read again when it is asked for. */
function watchPermission(page: Window, changed: () => void): void {
  page.navigator.permissions
    ?.query({ name: 'notifications' })
    .then((status) => status.addEventListener('change', changed))
    .catch(() => {})
}
