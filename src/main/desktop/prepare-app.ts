import { join } from 'node:path'
import { registerAppScheme } from './app-scheme.ts'
import { linkScheme } from './deep-link.ts'
import { guardNavigation } from './security/navigation.ts'

/** Names the app to Windows, which shows notifications of named apps only. The packages carry the same name. */
export const appId = 'io.github.understudy'

/**
 * Everything that has to be decided before Electron is ready: where data lies, that every page is sandboxed, what app:// is, and that no
 * page but those of a company's own sign-in can leave it.
 */
export function prepareApp(
  electron: Pick<typeof import('electron'), 'app' | 'protocol' | 'session'>,
  dataDir: string,
): void {
  const { app, protocol } = electron
  app.setPath('userData', dataDir)
  // What the browser engine keeps for itself stays apart from the person's data.
  app.setPath('sessionData', join(dataDir, 'window'))
  app.setAppUserModelId(appId)
  // SECURITY: whatever a window's own options say.
  app.enableSandbox()
  registerAppScheme(protocol)
  guardNavigation(electron)
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme)
}
