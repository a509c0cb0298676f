import type { BrowserWindow, Rectangle, WebContents } from 'electron'
import type { Log } from '#service/ports.ts'
import { appPageUrl } from './security/app-origin.ts'
import { windowOptions, type WindowFacts } from './security/window-options.ts'

/** The window as the rest of the app sees it: there when it is wanted, gone when it is closed. */
export interface WindowKeeper {
  /** Brings the window to the front, making it when there is none. */
  show(): void
  /** Brings the window up on a ticket. */
  openTicket(ticketId: number): void
  /** Brings the window up on the list of alerts. */
  openAlerts(): void
  /** Brings the window up on the handoffs. */
  openHandoffs(): void
}

/** What a window keeper is made of. */
export interface WindowKeeperDeps {
  readonly electron: Pick<typeof import('electron'), 'BrowserWindow' | 'nativeTheme'>
  readonly facts: Omit<WindowFacts, 'dark'>
  /** Connects a new window to the service. */
  readonly connect: (contents: WebContents) => void
  readonly log: Log
}

/** Keeps at most one window. Closing it destroys it, while tray and sync live on; where it lay is remembered. */
export function createWindowKeeper(deps: WindowKeeperDeps): WindowKeeper {
  const { electron, facts, log } = deps
  let current: BrowserWindow | undefined
  let bounds: Rectangle | undefined

  const open = (url: string) => {
    const options = windowOptions({ ...facts, dark: electron.nativeTheme.shouldUseDarkColors })
    const window = new electron.BrowserWindow({ ...options, ...bounds })
    current = window
    deps.connect(window.webContents)
    window.once('ready-to-show', () => window.show())
    window.on('close', () => (bounds = window.getNormalBounds()))
    window.on('closed', () => {
      if (current === window) current = undefined
    })
    window.webContents.on('render-process-gone', (_event, details) => {
      log.error({ reason: details.reason }, 'the window crashed; the next look makes a new one')
      window.destroy()
    })
    load(window, url)
  }
  const load = (window: BrowserWindow, url: string) => {
    window.loadURL(url).catch((error: unknown) => log.error({ err: error }, 'the window could not be loaded'))
  }
  const focus = (window: BrowserWindow) => {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  const openAt = (screen: string) => {
    const url = `${appPageUrl}#${screen}`
    if (!current) return open(url)
    // Only what follows the # differs, so that a page that stands stays as it is and goes to the screen.
    if (current.webContents.getURL() !== url) load(current, url)
    focus(current)
  }

  return {
    show() {
      if (current) focus(current)
      else open(appPageUrl)
    },
    openTicket: (ticketId) => openAt(`/today/ticket/${ticketId}`),
    openAlerts: () => openAt('/alerts'),
    openHandoffs: () => openAt('/handoff'),
  }
}
