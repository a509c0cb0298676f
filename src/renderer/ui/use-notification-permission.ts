import { useSyncExternalStore } from 'react'
import type { NotificationState } from '../api/browser-notifications.ts'
import { useWindow } from '../api/window-context.tsx'

/** What the browser allows at present; follows what is changed in the browser's own settings. */
export function useNotificationPermission(): NotificationState {
  const { notifications } = useWindow()
  return useSyncExternalStore(notifications.subscribe, notifications.permission)
}
