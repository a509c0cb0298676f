/** Notifications of the browser. `unavailable` where it has none. */
export interface BrowserNotifications {
  permission(): NotificationPermission | 'unavailable'
  /** Asks the person; must follow a click. */
  request(): Promise<NotificationPermission | 'unavailable'>
  show(notice: { readonly tag: string; readonly title: string; readonly body: string }, onOpen: () => void): void
}

/** Notifications through the Web Notification API. */
export function createBrowserNotifications(page: Window & typeof globalThis): BrowserNotifications {
  if (!('Notification' in page)) {
    return { permission: () => 'unavailable', request: () => Promise.resolve('unavailable'), show: () => {} }
  }
  return {
    permission: () => page.Notification.permission,
    request: () => page.Notification.requestPermission(),
    show(notice, onOpen) {
      const shown = new page.Notification(notice.title, { body: notice.body, tag: notice.tag, icon: './icon.svg' })
      shown.addEventListener('click', () => {
        page.focus()
        onOpen()
        shown.close()
      })
    },
  }
}
