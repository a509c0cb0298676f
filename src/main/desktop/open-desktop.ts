import { join } from 'node:path'
import type { Service } from '#service/service.ts'
import type { HidingLog } from '#service/log/log.ts'
import type { ServicePorts } from '#service/ports.ts'
import { hideSecretsOf } from '#service/secrets/hidden-vault.ts'
import { setAppMenu } from './app-menu.ts'
import { serveWindowFiles } from './app-scheme.ts'
import { ticketOfLink } from './deep-link.ts'
import { keepTrayCurrent, type Delay } from './keep-tray-current.ts'
import { createNotifier } from './notifier.ts'
import { createOpenExternal } from './open-external.ts'
import { wakeOnResume } from './power.ts'
import { quitInOrder } from './quit.ts'
import { connectPage } from './rpc-port.ts'
import { guardPermissions } from './security/permissions.ts'
import { createDesktopSettingsFile } from './settings-file.ts'
import { createSignInWindow } from './sign-in-window.ts'
import type { TrayCommand } from './tray-view.ts'
import { createDesktopTray } from './tray.ts'
import { openVault } from './vault.ts'
import { createWindowKeeper, type WindowKeeper } from './window.ts'

/** What the desktop app uses of Electron once it is ready. */
export type DesktopElectron = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'nativeImage'
  | 'nativeTheme'
  | 'Notification'
  | 'powerMonitor'
  | 'protocol'
  | 'safeStorage'
  | 'session'
  | 'shell'
  | 'Tray'
>

/** Opens workspace and service. */
export type StartService = (ports: ServicePorts) => Promise<Service>

/** Where the desktop app is and what it was started with. */
export interface DesktopFacts {
  /** Folder of the app: the project, or the package's archive. */
  readonly root: string
  readonly dataDir: string
  readonly platform: NodeJS.Platform
  readonly argv: readonly string[]
}

/** What the desktop app is opened with. */
export interface DesktopDeps {
  readonly electron: DesktopElectron
  readonly facts: DesktopFacts
  readonly log: HidingLog
  readonly delay: Delay
  readonly startService: StartService
  /** Runs after the service has stopped. */
  readonly onStopped: () => void
}

/** Opens the app once Electron is ready: service, tray, window. Resolves with what later starts bring to the front. */
export async function openDesktop(deps: DesktopDeps): Promise<WindowKeeper> {
  const { electron, facts, log, delay } = deps
  const { app } = electron
  const platform = facts.platform
  serveWindowFiles(electron.protocol, join(facts.root, 'out', 'renderer'))
  guardPermissions(electron.session.defaultSession)
  setAppMenu(electron.Menu, { platform, packaged: app.isPackaged })
  // The service can open tickets before there is a window keeper; it does so only once it is started, below.
  const opened: { window?: WindowKeeper } = {}
  const service = await deps.startService(await desktopPorts(deps, (id) => opened.window?.openTicket(id)))
  const window = createWindowKeeper({
    electron,
    facts: {
      preloadPath: join(facts.root, 'out', 'preload', 'index.cjs'),
      iconPath: iconPathIn(facts),
      packaged: app.isPackaged,
    },
    connect: (contents) => connectPage(electron, contents, { router: service.router, log }),
    log,
  })
  opened.window = window
  const sync = () => {
    service.syncOnce().catch((error: unknown) => log.warn({ err: error }, 'a sync could not be finished'))
  }
  const commands: Record<TrayCommand, () => void> = { sync, open: () => window.show(), quit: () => app.quit() }
  const tray = createDesktopTray({
    electron,
    platform,
    imagesDir: join(facts.root, 'resources', 'tray'),
    onCommand: (command) => commands[command](),
    onTicket: (ticketId) => window.openTicket(ticketId),
  })
  const stopTray = keepTrayCurrent({ service, tray, log, delay })
  quitInOrder(app, {
    log,
    delay,
    stop: async () => {
      stopTray()
      tray.destroy()
      await service.stop()
      deps.onStopped()
    },
  })
  wakeOnResume(electron.powerMonitor, () => service.wake())
  app.on('activate', () => window.show())
  followLink(window, facts.argv)
  service.start()
  return window
}

/** Brings the window up, on the ticket of a link if there is one among the words. */
export function followLink(window: WindowKeeper, words: readonly string[]): void {
  const ticketId = ticketOfLink(words)
  if (ticketId === undefined) window.show()
  else window.openTicket(ticketId)
}

function iconPathIn({ root }: DesktopFacts): string {
  return join(root, 'resources', 'icon.png')
}

async function desktopPorts(deps: DesktopDeps, openTicket: (ticketId: number) => void): Promise<ServicePorts> {
  const { electron, facts, log } = deps
  const { vault, warning } = await openVault(electron.safeStorage, facts.dataDir, facts.platform)
  if (warning !== null) log.warn({}, warning)
  return {
    host: 'desktop',
    version: electron.app.getVersion(),
    notifier: createNotifier(electron, log),
    vault: hideSecretsOf(vault, (secret) => log.hide(secret)),
    settings: createDesktopSettingsFile(electron.ipcMain, facts.dataDir, Date.now),
    log,
    tray: true,
    signInWindow: createSignInWindow(electron, { iconPath: iconPathIn(facts), log }),
    openExternal: createOpenExternal(electron.shell),
    report(sentence) {
      log.warn({}, sentence)
      void electron.dialog.showMessageBox({ type: 'warning', title: 'Understudy', message: sentence })
    },
    openTicket,
  }
}
