import { cleanup, render } from '@testing-library/react'
import { createMemoryHistory } from '@tanstack/react-router'
import { onTestFinished } from 'vitest'
import type { BrowserNotifications } from '#renderer/api/browser-notifications.ts'
import type { DraftStorage } from '#renderer/api/drafts.ts'
import { App } from '#renderer/app/app.tsx'
import { type AppWindow, createAppWindow } from '#renderer/app/app-window.ts'
import '#renderer/styles/tokens.css'
import '#renderer/styles/base.css'
import { memoryStorage } from './memory-storage.ts'
import { createStandIn, type StandIn } from './stand-in.ts'
import type { StandInState } from './stand-in-state.ts'

/** The browser's notifications as a test sees and changes them. */
export interface CountedNotifications {
  permission: NotificationPermission
  /** Titles. */
  readonly shown: string[]
  /** Tags. */
  readonly closed: string[]
  /** What clicking the notification of a tag does. */
  readonly click: Map<string, () => void>
  /** As when the permission is changed in the browser's own settings. */
  set(permission: NotificationPermission): void
}

/** An open window with the service behind it. */
export interface OpenedWindow {
  readonly standIn: StandIn
  readonly appWindow: AppWindow
  readonly notifications: CountedNotifications
  path(): string
  /** Ends the window as the host does when it is hidden; the end of the test does it otherwise. */
  close(): void
}

/** Opens a window on a stand-in, over a real message channel, and closes it after the test. */
export async function openWindow(
  changes: Partial<StandInState> = {},
  path = '/',
  draftStorage: DraftStorage = memoryStorage(),
): Promise<OpenedWindow> {
  const standIn = createStandIn(changes)
  const [notifications, browser] = countedNotifications()
  const history = createMemoryHistory({ initialEntries: [path] })
  const appWindow = createAppWindow({
    door: standIn.door,
    history,
    notifications: browser,
    draftStorage: () => draftStorage,
    delay: (ms, run) => {
      const timer = setTimeout(run, Math.min(ms, 10))
      return () => clearTimeout(timer)
    },
  })
  appWindow.start()
  const holder = document.createElement('div')
  holder.id = 'root'
  document.body.append(holder)
  render(<App appWindow={appWindow} />, { container: holder })
  let open = true
  const close = () => {
    if (!open) return
    open = false
    appWindow.stop()
    cleanup()
    holder.remove()
    delete document.documentElement.dataset['theme']
  }
  onTestFinished(close)
  await standIn.listening()
  return { standIn, appWindow, notifications, path: () => history.location.href, close }
}

function countedNotifications(): readonly [CountedNotifications, BrowserNotifications] {
  const listeners = new Set<() => void>()
  const counted: CountedNotifications = {
    permission: 'default',
    shown: [],
    closed: [],
    click: new Map(),
    set(permission) {
      counted.permission = permission
      for (const listener of listeners) listener()
    },
  }
  const browser: BrowserNotifications = {
    permission: () => counted.permission,
    request: () => {
      counted.set('granted')
      return Promise.resolve(counted.permission)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show(notice, onOpen) {
      counted.shown.push(notice.title)
      counted.click.set(notice.tag, onOpen)
    },
    close: (tag) => void counted.closed.push(tag),
  }
  return [counted, browser]
}
