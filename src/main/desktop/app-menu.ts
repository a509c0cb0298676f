import type { Menu, MenuItemConstructorOptions } from 'electron'

/** What the app menu depends on. */
export interface AppMenuFacts {
  readonly platform: NodeJS.Platform
  readonly packaged: boolean
}

/** The app menu as a template: the platform's standard entries, so that copying, zooming and closing work as everywhere. */
export function appMenuTemplate({ platform, packaged }: AppMenuFacts): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  const development: MenuItemConstructorOptions[] = [
    { type: 'separator' },
    { role: 'reload' },
    { role: 'toggleDevTools' },
  ]
  return [
    platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: 'View', submenu: packaged ? view : [...view, ...development] },
    { role: 'windowMenu' },
  ]
}

/** Sets the app menu. */
export function setAppMenu(
  menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>,
  facts: AppMenuFacts,
): void {
  menu.setApplicationMenu(menu.buildFromTemplate(appMenuTemplate(facts)))
}
