import type { Session } from 'electron'
import { isAppUrl } from './app-origin.ts'

type GuardedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>

/** Whether a page may have a permission of the browser: notifications for our own page, nothing else and nobody else. */
export function isPermitted(permission: string, requestingUrl: string): boolean {
  return permission === 'notifications' && isAppUrl(requestingUrl)
}

/** Answers every question for a permission, a device or the screen. */
export function guardPermissions(session: GuardedSession): void {
  // SECURITY: both handlers. The first answers requests, the second the silent checks; either alone leaves a door open.
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(isPermitted(permission, details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isPermitted(permission, requestingOrigin),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
}
