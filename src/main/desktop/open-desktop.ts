import { join } from 'node:path'
import type { Service } from '#service/service.ts'
import type { HidingLog } from '#service/log/log.ts'
import type { ServicePorts } from '#service/ports.ts'
import { hideSecretsOf } from '#service/secrets/hidden-vault.ts'
import { setAppMenu } from './app-menu.ts'
import { serveWindowFiles } from './app-scheme.ts'
import { createSettingsCarrier, type SettingsCarrier } from './carry-out-settings.ts'
import { placeOfLink } from './deep-link.ts'
import { keepTrayCurrent, type Delay } from './keep-tray-current.ts'
import { createLoginItem } from './login-item.ts'
import { createNotifier, type DesktopNotifier } from './notifier.ts'
import { openNotice } from './open-notice.ts'
import { createOpenShortcut } from './open-shortcut.ts'
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
  | 'globalShortcut'
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
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  /** The running program. */
  readonly program: string
  /** True where no window is to come up. */
  readonly background: boolean
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

/** The app as later starts and links reach it. */
export interface OpenedDesktop {
  /** Brings the window up, on what a link among the words is about. */
  follow(words: readonly string[]): void
}

/** Opens the app once Electron is ready: service, tray, window. */
export async function openDesktop(deps: DesktopDeps): Promise<OpenedDesktop> {
  const { electron, facts, log, delay } = deps
  const { app } = electron
  const platform = facts.platform
  serveWindowFiles(electron.protocol, join(facts.root, 'out', 'renderer'))
  guardPermissions(electron.session.defaultSession)
  setAppMenu(electron.Menu, { platform, packaged: app.isPackaged })
  // The service can open tickets before there is a window keeper; it does so only once it is started, below.
  const opened: { window?: WindowKeeper } = {}
  const notifier = createNotifier(electron, { platform, takesLinks: app.isPackaged }, log)
  const carrier = createSettingsCarrier(
    createOpenShortcut(electron.globalShortcut, () => opened.window?.show()),
    createLoginItem(app, { ...facts, packaged: app.isPackaged }),
  )
  const ports = await desktopPorts(deps, { notifier, carrier, window: () => opened.window })
  const service = await deps.startService(ports)
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
  const stopTray = openTray(deps, service, window)
  quitInOrder(app, {
    log,
    delay,
    stop: async () => {
      stopTray()
      electron.globalShortcut.unregisterAll()
      await service.stop()
      deps.onStopped()
    },
  })
  wakeOnResume(electron.powerMonitor, () => service.wake())
  app.on('activate', () => window.show())
  const openLeft = (tag: string) => {
    openNotice(service.client, window, tag).catch((error: unknown) =>
      log.warn({ err: error }, 'an alert was not opened'),
    )
  }
  const follow = (words: readonly string[]) => followLink({ window, notifier, openLeft }, words)
  if (!facts.background || placeOfLink(facts.argv)) follow(facts.argv)
  const problem = carrier.begin(await service.client.settings.get({}))
  if (problem !== null) ports.report(`The keys that open Understudy do not work now. ${problem}`)
  notifier.recall(openLeft).catch((error: unknown) => log.warn({ err: error }, 'earlier notifications were not found'))
  service.start()
  return { follow }
}

/** Puts up the tray and keeps it current. Answers what takes it away. */
function openTray({ electron, facts, log, delay }: DesktopDeps, service: Service, window: WindowKeeper): () => void {
  const { client } = service
  const attempt = (what: string, work: () => Promise<unknown>) => () => {
    work().catch((error: unknown) => log.warn({ err: error }, `${what} could not be finished`))
  }
  const commands: Record<TrayCommand, () => void> = {
    alerts: () => window.openAlerts(),
    handoff: () => window.openHandoffs(),
    'pause-hour': attempt('a pause', () => client.alerts.pause({ for: 'hour' })),
    'pause-tomorrow': attempt('a pause', () => client.alerts.pause({ for: 'tomorrow' })),
    'go-on': attempt('the end of a pause', () => client.alerts.pause({ for: null })),
    'end-meeting': attempt('the end of a meeting', () => client.alerts.hold({ meeting: false })),
    sync: attempt('a sync', () => service.syncOnce()),
    open: () => window.show(),
    quit: () => electron.app.quit(),
  }
  const tray = createDesktopTray({
    electron,
    platform: facts.platform,
    imagesDir: join(facts.root, 'resources', 'tray'),
    onCommand: (command) => commands[command](),
    onTicket: (ticketId) => window.openTicket(ticketId),
  })
  const stop = keepTrayCurrent({ service, tray, log, delay })
  return () => {
    stop()
    tray.destroy()
  }
}

interface LinkTargets {
  readonly window: WindowKeeper
  readonly notifier: Pick<DesktopNotifier, 'follow'>
  /** Opens what a notification of an earlier run was about. */
  readonly openLeft: (tag: string) => void
}

function followLink({ window, notifier, openLeft }: LinkTargets, words: readonly string[]): void {
  const place = placeOfLink(words)
  switch (place?.kind) {
    case undefined:
      return window.show()
    case 'ticket':
      return window.openTicket(place.ticketId)
    case 'alerts':
      return window.openAlerts()
    case 'notice':
      if (!notifier.follow(place)) openLeft(place.tag)
  }
}

function iconPathIn({ root }: DesktopFacts): string {
  return join(root, 'resources', 'icon.png')
}

interface DesktopParts {
  readonly notifier: DesktopNotifier
  readonly carrier: SettingsCarrier
  readonly window: () => WindowKeeper | undefined
}

async function desktopPorts(deps: DesktopDeps, { notifier, carrier, window }: DesktopParts): Promise<ServicePorts> {
  const { electron, facts, log } = deps
  const { vault, warning } = await openVault(electron.safeStorage, facts.dataDir, facts.platform)
  if (warning !== null) log.warn({}, warning)
  return {
    host: 'desktop',
    version: electron.app.getVersion(),
    notifier,
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
    openTicket: (ticketId) => window()?.openTicket(ticketId),
    openAlerts: () => window()?.openAlerts(),
    carryOut: (changes) => carrier.carryOut(changes),
  }
}
