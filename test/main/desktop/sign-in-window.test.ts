import type { BrowserWindowConstructorOptions } from 'electron'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guardNavigation } from '#main/desktop/security/navigation.ts'
import { createSignInWindow } from '#main/desktop/sign-in-window.ts'
import type { Simulator } from '#simulator/create-simulator.ts'
import { createBrowsingPage } from '#test/support/browsing-page.ts'
import { createCookieJarBrowser } from '#test/support/cookie-jar-fetch.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'
import { loopbackServer, sendJson } from '#test/support/loopback-server.ts'
import { createSilentLog } from '#test/support/silent-log.ts'
import { createSimulator } from '#test/support/simulator.ts'

/*
 * The window over stand-ins for Electron's classes: the pages come over HTTP from the simulator, cookies are kept as a browser keeps them, and
 * every step passes the guard of the whole app. What real windows do is on the list in docs/electron-smoke.md.
 */

let simulator: Simulator
beforeEach(async () => {
  simulator = await createSimulator({ speed: 0, scale: 20 })
})
afterEach(() => simulator.stop())

const zendesk = () => simulator.description.zendesk.url
const email = () => simulator.description.zendesk.email
const checks = () => simulator.record().filter(({ path }) => path.includes('/api/v2/users/me')).length

function order(path: string, body: object = {}): Promise<Response> {
  return fetch(`${simulator.description.control.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
}

/** The sign-in window on stand-ins, with the windows it makes. */
function signInOnStandIns() {
  const browser = createCookieJarBrowser()
  const cleared: unknown[] = []
  const app = new EmitterStandIn()
  const log = createSilentLog()
  const session = Object.assign(new EmitterStandIn(), {
    fetch: browser.fetch,
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
    setDisplayMediaRequestHandler: () => undefined,
    async clearStorageData(options?: { readonly storages: readonly string[] }) {
      cleared.push(options?.storages ?? 'everything')
      if (!options) await browser.forgetCookies()
    },
    clearAuthCache: async () => void cleared.push('passwords'),
    closeAllConnections: async () => void cleared.push('connections'),
  })
  const windows: WindowStandIn[] = []

  class WindowStandIn extends EmitterStandIn {
    readonly contents = Object.assign(new EmitterStandIn(), { session, setWindowOpenHandler: () => undefined })
    readonly page = createBrowsingPage((event, ...details) => this.contents.fire(event, ...details), session.fetch)
    readonly options: BrowserWindowConstructorOptions
    readonly loaded: string[] = []
    title: string
    destroyed = false

    constructor(options: BrowserWindowConstructorOptions) {
      super()
      this.options = options
      this.title = options.title ?? ''
      app.fire('web-contents-created', {}, this.contents)
      windows.push(this)
    }

    get webContents() {
      return this.contents
    }

    setTitle(title: string): void {
      this.title = title
    }

    async loadURL(url: string): Promise<void> {
      this.loaded.push(url)
      await this.page.goTo(url)
    }

    /** As when the person closes it. */
    close = () => this.destroy()

    destroy(): void {
      if (this.destroyed) throw new TypeError('Object has been destroyed')
      this.destroyed = true
      this.fire('closed')
    }
  }

  // Windows and sessions have hundreds of methods, of which this uses a dozen.
  const electron = { app, BrowserWindow: WindowStandIn, session: { fromPartition: () => session } } as never
  guardNavigation(electron)
  const window = createSignInWindow(electron, { iconPath: '/app/icon.png', log })
  const at = (index: number) => {
    const found = windows[index]
    if (!found) throw new Error(`there is no window ${index}`)
    return found
  }
  const openWindow = (signal = new AbortController().signal, url = zendesk()) => {
    const outcome = window.open(url, signal)
    return { outcome, opened: at(windows.length - 1) }
  }
  return { window, openWindow, windows, at, cleared, log, browser, popup: () => new WindowStandIn({}) }
}

/** Waits until the window stands at a host and whatever was asked then has been answered. */
const settled = async (title: () => string, host: string, asked: number) => {
  await expect.poll(title).toBe(`Sign in at ${host}`)
  await expect.poll(checks).toBe(asked)
}

const host = () => new URL(zendesk()).host
const companyHost = () => host().replace('127.0.0.1', 'localhost')

describe('the window', () => {
  test('shows the company’s own page, without a parent and without our preload script, and says whose it is', async () => {
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    await settled(() => opened.title, host(), 1)
    expect(opened.loaded).toEqual([`${zendesk()}/agent`])
    expect(opened.options).toMatchObject({ title: `Sign in at ${host()}`, icon: '/app/icon.png' })
    expect(opened.options).not.toHaveProperty('parent')
    expect(opened.options.webPreferences).toMatchObject({ sandbox: true, partition: 'persist:zendesk-sign-in' })
    expect(opened.options.webPreferences).not.toHaveProperty('preload')
    expect(opened.destroyed).toBe(false)
    opened.close()
    expect(await outcome).toBe('closed')
  })

  test('is gone once somebody is signed in, and calls through it carry the sign-in', async () => {
    const { window, openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    await settled(() => opened.title, host(), 1)
    await opened.page.signIn(email())
    expect(await outcome).toBe('signed-in')
    expect(opened.destroyed).toBe(true)
    const me = await window.fetch(new URL('/api/v2/users/me', zendesk()))
    expect(await me.json()).toMatchObject({ user: { id: simulator.description.workspace.meId } })
  })

  test('goes over the company’s identity provider, says so in its title, and asks Zendesk nothing meanwhile', async () => {
    await order('/session', { sso: true })
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    await settled(() => opened.title, companyHost(), 0)
    await opened.page.signIn(email())
    expect(await outcome).toBe('signed-in')
    expect(checks()).toBe(1)
  })

  test('stays open while nobody is signed in, however many pages come', async () => {
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    await settled(() => opened.title, host(), 1)
    await opened.page.signIn('nobody@example.com')
    await expect.poll(checks).toBe(2)
    expect(opened.destroyed).toBe(false)
    await opened.page.signIn(email())
    expect(await outcome).toBe('signed-in')
  })

  test('is gone at once where the sign-in still holds', async () => {
    const { openWindow } = signInOnStandIns()
    const first = openWindow()
    await settled(() => first.opened.title, host(), 1)
    await first.opened.page.signIn(email())
    await first.outcome
    const second = openWindow()
    expect(await second.outcome).toBe('signed-in')
    expect(second.opened.destroyed).toBe(true)
  })

  test('is closed by a cancelled sign-in, and does not open for one that was cancelled before', async () => {
    const { window, openWindow, windows } = signInOnStandIns()
    const cancelled = new AbortController()
    const { outcome, opened } = openWindow(cancelled.signal)
    cancelled.abort()
    expect(await outcome).toBe('closed')
    expect(opened.destroyed).toBe(true)
    expect(await window.open(zendesk(), cancelled.signal)).toBe('closed')
    expect(windows).toHaveLength(1)
  })

  test('keeps its own title, whatever a page calls itself, and does not let a page hold it open', () => {
    const { openWindow } = signInOnStandIns()
    const { opened } = openWindow()
    const prevented: string[] = []
    opened.fire('page-title-updated', { preventDefault: () => void prevented.push('title') })
    opened.contents.fire('will-prevent-unload', { preventDefault: () => void prevented.push('question') })
    expect(prevented).toEqual(['title', 'question'])
  })
})

describe('a popup of the sign-in', () => {
  test('says whose page it is and goes with the window', async () => {
    const { openWindow, popup } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    const [first, second] = [popup(), popup()]
    opened.contents.fire('did-create-window', first, {})
    first.contents.fire('did-create-window', second, {})
    second.contents.fire('did-navigate', {}, 'https://login.acme.example/step', 200, 'OK')
    expect(second.title).toBe('Sign in at login.acme.example')
    first.close()
    opened.close()
    expect(await outcome).toBe('closed')
    expect(second.destroyed).toBe(true)
  })

  test('can be where somebody signs in', async () => {
    const { openWindow, popup } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    await settled(() => opened.title, host(), 1)
    const other = popup()
    opened.contents.fire('did-create-window', other, {})
    // As Electron does it: a popup goes with its opener.
    opened.on('closed', () => other.close())
    await other.loadURL(`${zendesk()}/access/login`)
    await other.page.signIn(email())
    expect(await outcome).toBe('signed-in')
    expect([opened.destroyed, other.destroyed]).toEqual([true, true])
  })
})

describe('who is signed in', () => {
  /** A Zendesk whose answers to the question the test holds back. */
  async function slowZendesk() {
    const waiting: ((user: unknown) => void)[] = []
    const { url } = await loopbackServer((request, response) => {
      if (request.path === '/api/v2/users/me') waiting.push((user) => sendJson(response, user))
      else response.end('<h1>A page</h1>')
    })
    return { url, waiting }
  }

  const noUser = { user: { id: null, name: 'Anonymous user' } }
  const never = new AbortController().signal

  test('is asked once at a time, and once more where a page came meanwhile', async () => {
    const { url, waiting } = await slowZendesk()
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow(never, url)
    await expect.poll(() => waiting.length).toBe(1)
    for (const path of ['/agent', '/agent/dashboard']) {
      opened.contents.fire('did-navigate-in-page', {}, `${url}${path}`, true)
    }
    waiting[0]?.(noUser)
    await expect.poll(() => waiting.length).toBe(2)
    waiting[1]?.({ user: { id: 7, name: 'Ada' } })
    expect(await outcome).toBe('signed-in')
    expect(waiting).toHaveLength(2)
  })

  test('is not asked for frames, nor for pages that only look like the company’s', async () => {
    await order('/session', { sso: true })
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    await settled(() => opened.title, companyHost(), 0)
    opened.contents.fire('did-navigate-in-page', {}, `${zendesk()}/agent`, false)
    for (const url of [
      `${zendesk()}1/agent`,
      `${zendesk()}.evil.example/agent`,
      `https://evil.example/?${zendesk()}`,
    ]) {
      opened.contents.fire('did-navigate', {}, url, 200, 'OK')
    }
    await opened.page.signIn(email())
    expect(await outcome).toBe('signed-in')
    expect(checks()).toBe(1)
  })

  test.each([
    ['a user without an id', noUser],
    ['an id that is none', { user: { id: '7' } }],
    ['no user', {}],
    ['nothing', null],
  ])('is nobody where Zendesk answers %s', async (_what, answer) => {
    const { url, waiting } = await slowZendesk()
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow(never, url)
    await expect.poll(() => waiting.length).toBe(1)
    waiting[0]?.(answer)
    opened.contents.fire('did-navigate', {}, `${url}/agent`, 200, 'OK')
    await expect.poll(() => waiting.length).toBe(2)
    opened.close()
    expect(await outcome).toBe('closed')
  })

  test.each(['html', '502', '429', 'truncate'] as const)(
    'is asked again at the next page after trouble (%s)',
    async (kind) => {
      const { openWindow } = signInOnStandIns()
      const { outcome, opened } = openWindow()
      await settled(() => opened.title, host(), 1)
      simulator.misbehave({ target: 'zendesk', kind, pathContains: '/users/me' })
      await opened.page.signIn(email())
      await expect.poll(checks).toBe(2)
      expect(opened.destroyed).toBe(false)
      opened.contents.fire('did-navigate-in-page', {}, `${zendesk()}/agent/dashboard`, true)
      expect(await outcome).toBe('signed-in')
    },
  )

  test('is nobody also where Zendesk makes up a user for them', async () => {
    await order('/zendesk', { anonymous: true })
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    await settled(() => opened.title, host(), 1)
    await opened.page.signIn(email())
    expect(await outcome).toBe('signed-in')
    expect(checks()).toBe(2)
  })
})

describe('what cannot be shown', () => {
  test('ends the sign-in with a sentence that names the host', async () => {
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    opened.contents.fire('did-fail-load', {}, -105, 'ERR_NAME_NOT_RESOLVED', 'https://login.acme.example/x?y=1', true)
    await expect(outcome).rejects.toThrow(
      "A page of the sign-in could not be loaded: login.acme.example (ERR_NAME_NOT_RESOLVED). Check the network, or whether it takes your company's VPN, and sign in again.",
    )
    expect(opened.destroyed).toBe(true)
  })

  test('is not a page that was only left early, nor one in a frame', async () => {
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    opened.contents.fire('did-fail-load', {}, -3, 'ERR_ABORTED', zendesk(), true)
    opened.contents.fire('did-fail-load', {}, -105, 'ERR_NAME_NOT_RESOLVED', 'https://frame.example/', false)
    opened.close()
    expect(await outcome).toBe('closed')
  })

  test('is a page that crashed', async () => {
    const { openWindow } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    opened.contents.fire('render-process-gone', {}, { reason: 'crashed' })
    await expect(outcome).rejects.toThrow('The sign-in window crashed. Start the sign-in again.')
    expect(opened.destroyed).toBe(true)
  })
})

describe('what stays behind', () => {
  test('after signing in is the sign-in alone, not what the pages stored', async () => {
    const { openWindow, cleared } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    await settled(() => opened.title, host(), 1)
    await opened.page.signIn(email())
    await outcome
    expect(cleared).toHaveLength(1)
    expect(cleared[0]).toEqual(expect.arrayContaining(['localstorage', 'indexdb', 'serviceworkers', 'cachestorage']))
    expect(cleared[0]).not.toContain('cookies')
  })

  test('after signing out is nothing', async () => {
    const { window, openWindow, cleared } = signInOnStandIns()
    const { outcome, opened } = openWindow()
    await settled(() => opened.title, host(), 1)
    await opened.page.signIn(email())
    await outcome
    cleared.length = 0
    await window.signOut()
    expect(cleared).toEqual(['everything', 'passwords', 'connections'])
    expect((await window.fetch(`${zendesk()}/api/v2/users/me`)).status).toBe(401)
  })
})
