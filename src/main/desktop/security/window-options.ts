import type { BrowserWindowConstructorOptions } from 'electron'
import { signInPartition } from './sign-in-session.ts'

/** What a window's options depend on. */
export interface WindowFacts {
  readonly preloadPath: string
  readonly iconPath: string
  readonly packaged: boolean
  readonly dark: boolean
}

// SECURITY: each of these is Electron's default or stricter, and named so that a change of default cannot loosen it.
const strictPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  experimentalFeatures: false,
  allowRunningInsecureContent: false,
  navigateOnDragDrop: false,
  disableBlinkFeatures: 'Auxclick',
  // Dictionaries would be fetched from a server nobody asked.
  spellcheck: false,
} as const

/** Options of the window: a sandboxed page without Node, hidden until it has something to show. */
export function windowOptions(facts: WindowFacts) {
  return {
    title: 'Understudy',
    icon: facts.iconPath,
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    // The page's own ground, so that nothing flashes before its first paint.
    backgroundColor: facts.dark ? '#18171d' : '#ffffff',
    autoHideMenuBar: true,
    webPreferences: { ...strictPreferences, preload: facts.preloadPath, devTools: !facts.packaged },
  } satisfies BrowserWindowConstructorOptions
}

/** Options of a window with a company's own sign-in in it, popups included: as strict, with storage of its own and without our preload script. */
export function signInWindowOptions(title: string) {
  return {
    title,
    width: 960,
    height: 760,
    minWidth: 480,
    minHeight: 480,
    autoHideMenuBar: true,
    // SECURITY: a page that opens a popup may ask for a window that hides where it is; these come last and show it.
    show: true,
    frame: true,
    titleBarStyle: 'default',
    transparent: false,
    opacity: 1,
    fullscreen: false,
    kiosk: false,
    alwaysOnTop: false,
    webPreferences: { ...strictPreferences, partition: signInPartition, devTools: false },
  } satisfies BrowserWindowConstructorOptions
}
