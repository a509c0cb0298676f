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

/** Answers every question of our own page for a permission, a device or the screen. */
export function guardPermissions(session: GuardedSession): void {
  answerPermissions(session, isPermitted)
}

/** Refuses every permission, device and screen to all pages of a session. */
export function denyPermissions(session: GuardedSession): void {
  answerPermissions(session, () => false)
}

function answerPermissions(session: GuardedSession, permits: typeof isPermitted): void {
  // SECURITY: both handlers. The first answers requests, the second the silent checks; either alone leaves a door open.
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(permits(permission, details.requestingUrl))
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => permits(permission, requestingOrigin))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null))
}
