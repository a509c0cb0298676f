import { expect, test } from 'vitest'
import { createBrowserNotifications } from '#renderer/api/browser-notifications.ts'

const notice = { tag: 'alert-1', title: 'Contoso · new ticket', body: '#1', urgent: true }

test('a notification carries its tag, stays while it is urgent, and leads to what it is about', () => {
  const { page, shown, focused } = aPage()
  const notifications = createBrowserNotifications(page)
  let opened = 0
  notifications.show(notice, () => (opened += 1))
  expect(shown[0]?.title).toBe('Contoso · new ticket')
  expect(shown[0]?.options).toMatchObject({ tag: 'alert-1', body: '#1', requireInteraction: true })
  shown[0]?.dispatchEvent(new Event('click'))
  expect([opened, focused(), shown[0]?.closed]).toEqual([1, 1, true])
})

test('one that is taken back is closed by its tag, and only the last under it', () => {
  const { page, shown } = aPage()
  const notifications = createBrowserNotifications(page)
  notifications.show(notice, () => {})
  notifications.show({ ...notice, title: 'Contoso · 2 alerts' }, () => {})
  notifications.close('alert-1')
  notifications.close('alert-7')
  expect(shown.map(({ closed }) => closed)).toEqual([false, true])
})

test('whoever listens hears when the permission is asked for and when it is changed elsewhere', async () => {
  const { page, status } = aPage()
  const notifications = createBrowserNotifications(page)
  let heard = 0
  const stop = notifications.subscribe(() => (heard += 1))
  expect(await notifications.request()).toBe('granted')
  expect(heard).toBe(1)
  status.dispatchEvent(new Event('change'))
  expect(heard).toBe(2)
  stop()
  status.dispatchEvent(new Event('change'))
  expect(heard).toBe(2)
})

test('a browser without notifications says so and shows none', async () => {
  const notifications = createBrowserNotifications({} as Window & typeof globalThis)
  expect(notifications.permission()).toBe('unavailable')
  expect(await notifications.request()).toBe('unavailable')
  notifications.show(notice, () => {})
  notifications.close('alert-1')
})

/** A page whose notifications go nowhere. */
function aPage() {
  const shown: StandInNotification[] = []
  class StandInNotification extends EventTarget {
    static permission = 'default'
    static requestPermission = () => Promise.resolve('granted')
    readonly title: string
    readonly options: object
    closed = false
    constructor(title: string, options: object) {
      super()
      this.title = title
      this.options = options
      shown.push(this)
    }
    close() {
      this.closed = true
    }
  }
  const status = new EventTarget()
  let focused = 0
  const page = {
    Notification: StandInNotification,
    navigator: { permissions: { query: () => Promise.resolve(status) } },
    focus: () => (focused += 1),
  } as unknown as Window & typeof globalThis
  return { page, shown, status, focused: () => focused }
}
