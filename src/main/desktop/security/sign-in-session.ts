import type { Session } from 'electron'
import { denyPermissions } from './permissions.ts'

/** Storage that the pages of a company's own sign-in have to themselves; it lasts over restarts. */
export const signInPartition = 'persist:zendesk-sign-in'

/** The session of those pages. There is one, whoever asks, and it exists only once Electron is ready. */
export function signInSession(session: Pick<typeof import('electron').session, 'fromPartition'>): Session {
  // SECURITY: what Zendesk answers speaks of customers, so the browser's cache keeps nothing of it on disk.
  return session.fromPartition(signInPartition, { cache: false })
}

/** Gives the pages of the session no permission and cancels every download. */
export function guardSignInSession(session: Session): void {
  denyPermissions(session)
  session.on('will-download', (event) => event.preventDefault())
}
