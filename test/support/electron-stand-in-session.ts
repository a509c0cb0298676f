import { EventEmitter } from 'node:events'
import { createCookieJarBrowser } from './cookie-jar-fetch.ts'

type PermissionCheck = (contents: null, permission: string, origin: string) => boolean

/** Storage of pages: what the app sets is kept, cookies are kept as a browser keeps them. */
export class StandInSession extends EventEmitter {
  readonly #browser = createCookieJarBrowser()
  permission: PermissionCheck | undefined

  readonly fetch: typeof fetch = (input, init) => this.#browser.fetch(input, init)
  setPermissionRequestHandler = () => undefined
  setDevicePermissionHandler = () => undefined
  setDisplayMediaRequestHandler = () => undefined
  clearAuthCache = async () => undefined
  closeAllConnections = async () => undefined

  setPermissionCheckHandler(check: PermissionCheck): void {
    this.permission = check
  }

  async clearStorageData(options?: { readonly storages: readonly string[] }): Promise<void> {
    if (!options) await this.#browser.forgetCookies()
  }
}
