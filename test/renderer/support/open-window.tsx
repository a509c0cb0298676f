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

/** An open window with the service behind it. */
export interface OpenedWindow {
  readonly standIn: StandIn
  readonly appWindow: AppWindow
  readonly notifications: { permission: NotificationPermission; readonly shown: string[] }
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
  const notifications = { permission: 'default' as NotificationPermission, shown: [] as string[] }
  const history = createMemoryHistory({ initialEntries: [path] })
  const appWindow = createAppWindow({
    door: standIn.door,
    history,
    notifications: countingNotifications(notifications),
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

function countingNotifications(state: { permission: NotificationPermission; shown: string[] }): BrowserNotifications {
  return {
    permission: () => state.permission,
    request: () => {
      state.permission = 'granted'
      return Promise.resolve(state.permission)
    },
    show: (notice) => state.shown.push(notice.title),
  }
}
