import type { App, WebContents } from 'electron'
import { isAppUrl } from './app-origin.ts'

/**
 * Keeps every page there will ever be at our own origin: no navigation, redirect or frame elsewhere, no webview, no window opened by
 * a page. Links to the outside go through the contract's `app.openExternal`.
 */
export function guardNavigation(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
}

/** The guard of one page. */
export function guardContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  // SECURITY: all three, because a click, a server's redirect and a frame are told by different events.
  contents.on('will-navigate', (details) => stayHome(details))
  contents.on('will-redirect', (details) => stayHome(details))
  contents.on('will-frame-navigate', (details) => stayHome(details))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

function stayHome(details: { readonly url: string; preventDefault(): void }): void {
  if (!isAppUrl(details.url)) details.preventDefault()
}
