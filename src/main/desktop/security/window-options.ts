import type { BrowserWindowConstructorOptions } from 'electron'

/** What a window's options depend on. */
export interface WindowFacts {
  readonly preloadPath: string
  readonly iconPath: string
  readonly packaged: boolean
  readonly dark: boolean
}

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
    // SECURITY: each of these is Electron's default or stricter, and named so that a change of default cannot loosen it.
    webPreferences: {
      preload: facts.preloadPath,
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
      devTools: !facts.packaged,
      // Dictionaries would be fetched from a server nobody asked.
      spellcheck: false,
    },
  } satisfies BrowserWindowConstructorOptions
}
