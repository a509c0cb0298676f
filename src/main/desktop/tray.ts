import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { trayStates, type TrayCommand, type TrayEntry, type TrayState, type TrayView } from './tray-view.ts'

/** The icon beside the clock. */
export interface DesktopTray {
  show(view: TrayView): void
  destroy(): void
}

/** What the tray is made of. */
export interface DesktopTrayDeps {
  readonly electron: Pick<typeof import('electron'), 'Tray' | 'Menu' | 'nativeImage' | 'app'>
  readonly platform: NodeJS.Platform
  /** Folder with an image for each state. */
  readonly imagesDir: string
  readonly onCommand: (command: TrayCommand) => void
  readonly onTicket: (ticketId: number) => void
}

/** Puts the icon into the tray. States differ by shape as well as by colour; macOS gets templates, which have no colour. */
export function createDesktopTray(deps: DesktopTrayDeps): DesktopTray {
  const { electron, platform, imagesDir } = deps
  const images = new Map(
    trayStates.map((state) => [state, electron.nativeImage.createFromPath(trayImagePath(imagesDir, state, platform))]),
  )
  const imageOf = (state: TrayState) => images.get(state) ?? electron.nativeImage.createEmpty()
  let shownState: TrayState = 'ok'
  const tray = new electron.Tray(imageOf(shownState))
  tray.setToolTip('Understudy')
  // On macOS a click opens the menu.
  if (platform !== 'darwin') tray.on('click', () => deps.onCommand('open'))
  return {
    show(view) {
      if (view.state !== shownState) tray.setImage(imageOf(view.state))
      shownState = view.state
      tray.setToolTip(view.tooltip)
      if (platform === 'darwin') tray.setTitle(view.count > 0 ? String(view.count) : '')
      if (platform !== 'win32') electron.app.setBadgeCount(view.count)
      tray.setContextMenu(electron.Menu.buildFromTemplate(view.entries.map((entry) => menuItem(entry, deps))))
    },
    destroy: () => tray.destroy(),
  }
}

/** The image of a state. Beside it lies one for sharper screens, `@2x`, which Electron finds by itself. */
export function trayImagePath(imagesDir: string, state: TrayState, platform: NodeJS.Platform): string {
  return join(imagesDir, platform === 'darwin' ? `${state}Template.png` : `${state}.png`)
}

function menuItem(entry: TrayEntry, deps: DesktopTrayDeps): MenuItemConstructorOptions {
  switch (entry.kind) {
    case 'separator':
      return { type: 'separator' }
    case 'line':
      return { label: plain(entry.label), enabled: false }
    case 'submenu':
      return { label: plain(entry.label), submenu: entry.entries.map((inner) => menuItem(inner, deps)) }
    case 'ticket':
      return { label: plain(entry.label), click: () => deps.onTicket(entry.ticketId) }
    case 'command':
      return { label: entry.label, enabled: entry.enabled, click: () => deps.onCommand(entry.command) }
  }
}

/** In a menu a single & underlines the next letter; a customer's “R&D” should stay itself. */
function plain(label: string): string {
  return label.replaceAll('&', '&&')
}
