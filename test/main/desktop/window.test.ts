import type { BrowserWindowConstructorOptions, Rectangle, WebContents } from 'electron'
import { describe, expect, test } from 'vitest'
import { createWindowKeeper } from '#main/desktop/window.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'
import { createSilentLog } from '#test/support/silent-log.ts'

class WindowStandIn extends EmitterStandIn {
  static all: WindowStandIn[] = []
  readonly calls: string[] = []
  readonly webContents = Object.assign(new EmitterStandIn(), {
    getURL: () => this.loaded.at(-1) ?? '',
  })
  minimized = false
  loaded: string[] = []
  readonly options: BrowserWindowConstructorOptions

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
    WindowStandIn.all.push(this)
  }

  show = () => void this.calls.push('show')
  focus = () => void this.calls.push('focus')
  restore = () => void this.calls.push('restore')
  isMinimized = () => this.minimized
  getNormalBounds = (): Rectangle => ({ x: 5, y: 6, width: 1100, height: 700 })
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url)
  }
  destroy(): void {
    this.fire('closed')
  }
  close(): void {
    this.fire('close')
    this.fire('closed')
  }
}

function keeperOnStandIns() {
  WindowStandIn.all = []
  const connected: WebContents[] = []
  const log = createSilentLog()
  const keeper = createWindowKeeper({
    // A window has two hundred methods, of which the keeper uses nine.
    electron: { BrowserWindow: WindowStandIn as never, nativeTheme: { shouldUseDarkColors: true } as never },
    facts: { preloadPath: '/app/preload.cjs', iconPath: '/app/icon.png', packaged: true },
    connect: (contents) => void connected.push(contents),
    log,
  })
  const at = (index: number) => {
    const window = WindowStandIn.all[index]
    if (!window) throw new Error(`there is no window ${index}`)
    return window
  }
  return { keeper, connected, log, at }
}

describe('the window', () => {
  test('is made when it is wanted, connected, and shown once it has painted', () => {
    const { keeper, connected, at } = keeperOnStandIns()
    expect(WindowStandIn.all).toEqual([])
    keeper.show()
    expect(at(0).loaded).toEqual(['app://understudy/index.html'])
    expect(at(0).options).toMatchObject({ show: false, webPreferences: { sandbox: true, preload: '/app/preload.cjs' } })
    expect(connected).toEqual([at(0).webContents])
    expect(at(0).calls).toEqual([])
    at(0).fire('ready-to-show')
    expect(at(0).calls).toEqual(['show'])
  })

  test('is brought to the front when it is there, also out of the taskbar', () => {
    const { keeper, at } = keeperOnStandIns()
    keeper.show()
    keeper.show()
    at(0).minimized = true
    keeper.show()
    expect(WindowStandIn.all).toHaveLength(1)
    expect(at(0).calls).toEqual(['show', 'focus', 'restore', 'show', 'focus'])
  })

  test('is gone when it is closed, and comes back where it lay', () => {
    const { keeper, at } = keeperOnStandIns()
    keeper.show()
    at(0).close()
    keeper.show()
    expect(WindowStandIn.all).toHaveLength(2)
    expect(at(1).options).toMatchObject({ x: 5, y: 6, width: 1100, height: 700 })
  })

  test('is made anew after a crash', () => {
    const { keeper, log, at } = keeperOnStandIns()
    keeper.show()
    at(0).webContents.fire('render-process-gone', {}, { reason: 'crashed' })
    keeper.show()
    expect(WindowStandIn.all).toHaveLength(2)
    expect(log.lines.map(({ level }) => level)).toEqual(['error'])
  })
})

describe('a ticket', () => {
  const ticketUrl = 'app://understudy/index.html#/today/ticket/42'

  test('opens in a new window at once', () => {
    const { keeper, at } = keeperOnStandIns()
    keeper.openTicket(42)
    expect(at(0).loaded).toEqual([ticketUrl])
  })

  test('is gone to in the page that stands, which is not loaded anew where it is there already', () => {
    const { keeper, at } = keeperOnStandIns()
    keeper.show()
    keeper.openTicket(42)
    keeper.openTicket(42)
    expect(at(0).loaded).toEqual(['app://understudy/index.html', ticketUrl])
    expect(at(0).calls).toEqual(['show', 'focus', 'show', 'focus'])
  })
})

test('the list of alerts and the handoffs open the same way', () => {
  const { keeper, at } = keeperOnStandIns()
  keeper.openAlerts()
  keeper.openTicket(42)
  keeper.openAlerts()
  keeper.openHandoffs()
  expect(at(0).loaded.map((url) => url.split('#')[1])).toEqual(['/alerts', '/today/ticket/42', '/alerts', '/handoff'])
})
