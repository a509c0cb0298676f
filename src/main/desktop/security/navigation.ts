import type { WebContents, WindowOpenHandlerResponse } from 'electron'
import { isAppUrl } from './app-origin.ts'
import { mayVisitForSignIn, signInTitle } from './sign-in-navigation.ts'
import { signInSession } from './sign-in-session.ts'
import { signInWindowOptions } from './window-options.ts'

/** Where a page may go, and what becomes of the windows it opens. */
interface PageRule {
  readonly mayVisit: (url: string) => boolean
  readonly openWindow: (url: string) => WindowOpenHandlerResponse
}

const ourPage: PageRule = { mayVisit: isAppUrl, openWindow: () => ({ action: 'deny' }) }

const signInPage: PageRule = {
  mayVisit: mayVisitForSignIn,
  openWindow: (url) =>
    mayVisitForSignIn(url)
      ? { action: 'allow', overrideBrowserWindowOptions: signInWindowOptions(signInTitle(url)) }
      : { action: 'deny' },
}

/**
 * Keeps every page there will ever be at our own origin: no navigation, redirect or frame elsewhere, no webview, no window opened by
 * a page. Links to the outside go through the contract's `app.openExternal`. Only the pages of a company's own sign-in have a rule of their own.
 */
export function guardNavigation(electron: Pick<typeof import('electron'), 'app' | 'session'>): void {
  electron.app.on('web-contents-created', (_event, contents) => {
    // SECURITY: told apart by the session itself, which a page cannot choose: our window never has it, and what those pages open always has.
    guardContents(contents, contents.session === signInSession(electron.session) ? signInPage : ourPage)
  })
}

function guardContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>, rule: PageRule): void {
  const stay = (details: { readonly url: string; preventDefault(): void }) => {
    if (!rule.mayVisit(details.url)) details.preventDefault()
  }
  // SECURITY: all three, because a click, a server's redirect and a frame are told by different events.
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => rule.openWindow(url))
}
