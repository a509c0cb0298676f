import type { Shell } from 'electron'
import { judgeUrlShape } from '#service/security/external-url.ts'

/**
 * Opens an address in the person's browser. The service has judged its host by the connected sources; the shape is judged once more here,
 * where it leaves the app. Rejects with the reason when the address may not be opened.
 */
export function createOpenExternal(shell: Pick<Shell, 'openExternal'>): (url: string) => Promise<void> {
  return async (url) => {
    const verdict = judgeUrlShape(url)
    if (!verdict.allowed) throw new Error(verdict.reason)
    // SECURITY: the only place that hands anything to the operating system, and it hands over the parsed address.
    await shell.openExternal(verdict.href)
  }
}
