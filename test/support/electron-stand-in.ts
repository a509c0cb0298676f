import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { StandInSession } from './electron-stand-in-session.ts'
import { type AnswerRequest, MessageChannelMain, WebContents } from './electron-stand-in-window.ts'

/*
 * Stands in for Electron where its program is not: the built main process runs on it under plain Node. It does what Electron's documentation
 * says of the few things the app uses, refuses what comes at the wrong time, and shows the test a snapshot after every change.
 * It proves the wiring. It proves nothing about Electron.
 */

interface MenuEntry {
  readonly label?: string
  readonly enabled?: boolean
  readonly click?: () => void
  readonly submenu?: readonly MenuEntry[]
}

/** What the test sees. */
export interface StandInSnapshot {
  readonly ready: boolean
  readonly paths: Readonly<Record<string, string>>
  readonly sandboxed: boolean
  readonly tray: { readonly image: string; readonly tooltip: string; readonly labels: readonly string[] } | null
  readonly windows: readonly {
    readonly url: string
    readonly title: string
    readonly preload: boolean
    readonly status: number
    readonly policy: string | null
    readonly visible: boolean
    readonly focused: number
    readonly connected: boolean
    readonly sandbox: unknown
    readonly newWindows: unknown
  }[]
  readonly notifications: readonly { readonly title: string; readonly body: string }[]
  readonly ipcListeners: number
  readonly opened: readonly string[]
  readonly errors: readonly string[]
  readonly deniedPermission: boolean
}

let ready = false
let sandboxed = false
const paths: Record<string, string> = {}
const trays: Tray[] = []
const windows: BrowserWindow[] = []
const notifications: Notification[] = []
const opened: string[] = []
const errors: string[] = []
let handler: ((request: Request) => Promise<Response>) | undefined

function beforeReady(what: string): void {
  if (ready) throw new Error(`${what} has to be called before Electron is ready`)
}

function afterReady(what: string): void {
  if (!ready) throw new Error(`${what} cannot be used before Electron is ready`)
}

const whenReady = new Promise<void>((resolve) => {
  setImmediate(() => {
    ready = true
    resolve()
    changed()
  })
})

class App extends EventEmitter {
  readonly isPackaged = false
  getVersion = () => '0.0.0-stand-in'
  getPath = (name: string) => paths[name] ?? '/nonexistent'
  whenReady = () => whenReady
  requestSingleInstanceLock = () => process.env['STAND_IN_SECOND'] !== '1'
  setAppUserModelId = () => undefined
  setAsDefaultProtocolClient = () => true
  setBadgeCount = () => true

  setPath(name: string, path: string): void {
    beforeReady('setPath')
    paths[name] = path
  }

  enableSandbox(): void {
    beforeReady('enableSandbox')
    sandboxed = true
  }

  quit(): void {
    let prevented = false
    this.emit('before-quit', { preventDefault: () => undefined })
    for (const window of [...windows]) window.close()
    this.emit('will-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) this.exit(0)
  }

  exit(code: number): void {
    changed()
    process.exitCode = code
    // Nothing may be left that keeps the process: a forgotten timer or thread would hang the test here.
    process.disconnect?.()
    process.exit()
  }
}

interface WindowOptions {
  readonly title?: string
  readonly show?: boolean
  readonly webPreferences?: { readonly partition?: string; readonly preload?: string; readonly sandbox?: boolean }
}

class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  title: string
  visible = false
  focused = 0
  destroyed = false
  readonly options: WindowOptions

  constructor(options: WindowOptions) {
    super()
    afterReady('BrowserWindow')
    this.options = options
    this.title = options.title ?? ''
    this.visible = options.show ?? true
    const partition = options.webPreferences?.partition
    this.webContents = new WebContents(
      partition === undefined ? session.defaultSession : session.fromPartition(partition),
    )
    windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
    this.webContents.on('stand-in-connected', changed)
  }

  async loadURL(url: string): Promise<void> {
    const answer: AnswerRequest = async (wanted) =>
      (await handler?.(new Request(wanted))) ?? new Response(null, { status: 404 })
    await this.webContents.load(url, answer)
    this.emit('ready-to-show')
    changed()
  }

  setTitle(title: string): void {
    this.title = title
    changed()
  }

  show(): void {
    this.visible = true
    changed()
  }

  focus(): void {
    this.focused += 1
    changed()
  }

  isMinimized = () => false
  restore = () => undefined
  getNormalBounds = () => ({ x: 10, y: 20, width: 1200, height: 700 })

  close(): void {
    this.emit('close', {})
    this.destroy()
  }

  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    windows.splice(windows.indexOf(this), 1)
    this.webContents.emit('destroyed')
    this.emit('closed')
    if (windows.length === 0) app.emit('window-all-closed')
    changed()
  }
}

class Tray extends EventEmitter {
  image: { readonly path: string }
  tooltip = ''
  entries: readonly MenuEntry[] = []

  constructor(image: { readonly path: string }) {
    super()
    afterReady('Tray')
    this.image = image
    trays.push(this)
  }

  setImage(image: { readonly path: string }): void {
    this.image = image
    changed()
  }

  setToolTip(text: string): void {
    this.tooltip = text
    changed()
  }

  setTitle = () => undefined

  setContextMenu(menu: { readonly items: readonly MenuEntry[] }): void {
    this.entries = menu.items
    changed()
  }

  destroy(): void {
    trays.splice(trays.indexOf(this), 1)
    changed()
  }
}

class Notification extends EventEmitter {
  static isSupported = () => true
  readonly title: string
  readonly body: string

  constructor({ title = '', body = '' }: { readonly title?: string; readonly body?: string }) {
    super()
    afterReady('Notification')
    this.title = title
    this.body = body
  }

  show(): void {
    notifications.push(this)
    changed()
  }

  close(): void {
    this.emit('close', {})
  }
}

const app = new App()
const shortcuts = new Map<string, () => void>()
const globalShortcut = {
  register(keys: string, pressed: () => void): boolean {
    afterReady('globalShortcut')
    if (keys === 'CommandOrControl+Shift+T') return false
    shortcuts.set(keys, pressed)
    changed()
    return true
  },
  unregister(keys: string): void {
    shortcuts.delete(keys)
    changed()
  },
  unregisterAll: () => shortcuts.clear(),
}
const ipcMain = new EventEmitter()
const powerMonitor = new EventEmitter()
const Menu = {
  buildFromTemplate: (items: readonly MenuEntry[]) => ({ items }),
  setApplicationMenu: () => afterReady('Menu'),
}
const nativeImage = {
  createEmpty: () => ({ path: '' }),
  createFromPath(path: string) {
    if (!existsSync(path)) throw new Error(`There is no image ${path}`)
    return { path }
  },
}
const nativeTheme = { shouldUseDarkColors: false }
const protocol = {
  registerSchemesAsPrivileged: () => beforeReady('registerSchemesAsPrivileged'),
  handle(_scheme: string, answer: typeof handler) {
    afterReady('protocol.handle')
    handler = answer
  },
}
const safeStorage = {
  getSelectedStorageBackend: () => (ready ? 'gnome_libsecret' : 'unknown'),
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => Buffer.from(text).reverse(),
  decryptStringAsync: async (bytes: Buffer) => ({
    result: Buffer.from(bytes).reverse().toString(),
    shouldReEncrypt: false,
  }),
}
const partitions = new Map<string, StandInSession>()
const session = {
  defaultSession: new StandInSession(),
  fromPartition(name: string): StandInSession {
    afterReady('session.fromPartition')
    const found = partitions.get(name) ?? new StandInSession()
    partitions.set(name, found)
    return found
  },
}
const shell = { openExternal: async (url: string) => void opened.push(url) }
const dialog = {
  showErrorBox(_title: string, content: string) {
    errors.push(content)
    process.stderr.write(`${content}\n`)
  },
  async showMessageBox({ message }: { readonly message: string }) {
    errors.push(message)
    changed()
    return { response: 0, checkboxChecked: false }
  },
}

function snapshot(): StandInSnapshot {
  const tray = trays[0]
  return {
    ready,
    paths,
    sandboxed,
    tray: tray
      ? { image: tray.image.path, tooltip: tray.tooltip, labels: tray.entries.map((entry) => entry.label ?? '') }
      : null,
    windows: windows.map(({ webContents, title, visible, focused, options }) => ({
      url: webContents.mainFrame.url,
      title,
      preload: options.webPreferences?.preload !== undefined,
      status: webContents.status,
      policy: webContents.policy,
      visible,
      focused,
      connected: webContents.client !== undefined,
      sandbox: options.webPreferences?.sandbox,
      newWindows: webContents.windowOpenHandler?.({ url: 'https://evil.example' }),
    })),
    notifications: notifications.map(({ title, body }) => ({ title, body })),
    ipcListeners: ipcMain.eventNames().length,
    opened,
    errors,
    deniedPermission: session.defaultSession.permission?.(null, 'geolocation', 'app://understudy/') === false,
  }
}

function changed(): void {
  if (process.connected) process.send?.({ snapshot: snapshot() })
}

/** What the test can do, in the person's or the system's place. */
export type StandInAction =
  | { readonly do: 'menu'; readonly label: string }
  | { readonly do: 'notification'; readonly index: number }
  /** Presses keys that work from anywhere, if they are ours. */
  | { readonly do: 'keys'; readonly keys: string }
  | { readonly do: 'close-window' }
  /** Fills in the form of the newest window and sends it. */
  | { readonly do: 'sign-in'; readonly email: string }
  | { readonly do: 'second-start'; readonly argv: readonly string[] }
  | { readonly do: 'resume' }
  | { readonly do: 'call'; readonly procedure: readonly string[]; readonly input: unknown }

async function act(action: StandInAction): Promise<unknown> {
  switch (action.do) {
    case 'menu':
      return trays[0]?.entries.find((entry) => entry.label?.startsWith(action.label))?.click?.()
    case 'notification':
      return notifications[action.index]?.emit('click', {})
    case 'keys':
      return shortcuts.get(action.keys)?.()
    case 'close-window':
      return windows[0]?.close()
    case 'sign-in':
      return windows.at(-1)?.webContents.browsing.signIn(action.email)
    case 'second-start':
      return app.emit('second-instance', {}, action.argv)
    case 'resume':
      return powerMonitor.emit('resume')
    case 'call': {
      let target: unknown = windows[0]?.webContents.client
      for (const name of action.procedure) target = (target as Record<string, unknown>)[name]
      return (target as (input: unknown) => Promise<unknown>)(action.input)
    }
  }
}

process.on('message', ({ id, action }: { readonly id: number; readonly action: StandInAction }) => {
  void act(action).then(
    (answer) =>
      process.connected && process.send?.({ id, answer: JSON.parse(JSON.stringify(answer ?? null)) as unknown }),
    (error: unknown) => process.connected && process.send?.({ id, failure: String(error) }),
  )
})

const electron = {
  app,
  BrowserWindow,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
}
export {
  app,
  BrowserWindow,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
}
// electron-store asks for the default export.
// oxlint-disable-next-line import/no-default-export
export default electron
