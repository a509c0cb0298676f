import type { BrowserWindow, Session } from 'electron'
import { z } from 'zod'
import type { Log, SignInWindow } from '#service/ports.ts'
import { Problem } from '#service/problem.ts'
import { isAtCompany, signInTitle } from './security/sign-in-navigation.ts'
import { guardSignInSession, signInSession } from './security/sign-in-session.ts'
import { signInWindowOptions } from './security/window-options.ts'

/** What the sign-in window needs besides Electron. */
export interface SignInWindowDeps {
  readonly iconPath: string
  readonly log: Log
}

/** Longest that Zendesk is waited for when it is asked who is signed in, in real ms. */
const checkTimeoutMs = 15_000
/** Chromium's code for a page that was left before it was there; something else is shown instead. */
const abortedCode = -3
/** All that pages can store but the cookies, which are the sign-in. */
const pageStorages = ['filesystem', 'indexdb', 'localstorage', 'shadercache', 'serviceworkers', 'cachestorage'] as const

/** Zendesk answers everybody; who is not signed in gets a user without an id. */
const signedInAnswer = z.object({ user: z.object({ id: z.number() }) })

/**
 * Creates the window of a company's own sign-in, whatever pages and hosts that takes. The sign-in lies in storage of its own, which our page cannot
 * reach; calls to Zendesk carry it by going out through the same storage's `fetch`, and nothing here ever reads a cookie.
 *
 * Where its pages may go is upheld for the whole app, see `guardNavigation`. Electron has to be ready.
 */
export function createSignInWindow(
  electron: Pick<typeof import('electron'), 'BrowserWindow' | 'session'>,
  { iconPath, log }: SignInWindowDeps,
): SignInWindow {
  const session = signInSession(electron.session)
  guardSignInSession(session)
  const fetchInSession: typeof fetch = (input, init) => session.fetch(input instanceof URL ? input.href : input, init)

  return {
    fetch: fetchInSession,
    async open(url, signal) {
      if (signal.aborted) return 'closed'
      const { origin } = new URL(url)
      const title = signInTitle(origin)
      const window = new electron.BrowserWindow({ ...signInWindowOptions(title), icon: iconPath })
      const outcome = await followSignIn({ window, origin, fetch: fetchInSession, signal })
      if (outcome === 'signed-in') await forgetPages(session, log)
      return outcome
    },
    async signOut() {
      await session.clearStorageData()
      await session.clearAuthCache()
      await session.closeAllConnections()
    },
  }
}

/** A sign-in that has its window. */
interface SignIn {
  readonly window: BrowserWindow
  /** Of the company's Zendesk. */
  readonly origin: string
  readonly fetch: typeof fetch
  readonly signal: AbortSignal
}

/** Goes with the person from page to page until somebody is signed in or the window is closed; then every window of the sign-in is gone. */
async function followSignIn(signIn: SignIn): Promise<'signed-in' | 'closed'> {
  const { window, origin, signal } = signIn
  const { promise: outcome, resolve, reject } = Promise.withResolvers<'signed-in' | 'closed'>()
  const over = new AbortController()
  const look = oneAtATime(async () => {
    if (await isSignedIn(signIn, over.signal)) resolve('signed-in')
  })
  const windows = new Set<BrowserWindow>()
  const follow = (next: BrowserWindow) => {
    windows.add(next)
    next.on('closed', () => windows.delete(next))
    watchPages(next, (at) => isAtCompany(at, origin) && look())
    next.webContents.on('did-create-window', follow)
  }
  const close = () => resolve('closed')

  follow(window)
  window.on('closed', close)
  signal.addEventListener('abort', close)
  window.webContents.on('did-fail-load', (_event, code, reason, at, isMainFrame) => {
    if (isMainFrame && code !== abortedCode) reject(notLoaded(at, reason))
  })
  window.webContents.on('render-process-gone', () =>
    reject(new Problem('failed', 'The sign-in window crashed. Start the sign-in again.')),
  )
  // What goes wrong is told by the events above, for this page and for all that follow.
  window.loadURL(`${origin}/agent`).catch(() => undefined)
  try {
    return await outcome
  } finally {
    signal.removeEventListener('abort', close)
    over.abort()
    // Popups go with their opener, and are then no longer among those that are left.
    for (const left of windows) left.destroy()
  }
}

/** Tells of every page that a window comes to, and keeps its title to where that is. */
function watchPages(window: BrowserWindow, cameTo: (url: string) => void): void {
  const { webContents: contents } = window
  // SECURITY: a page would otherwise write over the window who it is.
  window.on('page-title-updated', (event) => event.preventDefault())
  contents.on('did-navigate', (_event, url) => {
    window.setTitle(signInTitle(url))
    cameTo(url)
  })
  contents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
    if (isMainFrame) cameTo(url)
  })
  // A page that asks whether to leave would keep the window open for good: Electron shows no question.
  contents.on('will-prevent-unload', (event) => event.preventDefault())
}

async function isSignedIn({ origin, fetch: fetchInSession }: SignIn, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetchInSession(`${origin}/api/v2/users/me`, {
      headers: { Accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(checkTimeoutMs)]),
    })
    return answer.ok && signedInAnswer.safeParse(await answer.json()).success
  } catch {
    // A redirection to the sign-in page, a page where JSON is due, trouble on the way: the next page asks again.
    return false
  }
}

/** Runs `work` when called; calls that come while it runs make it run once more, since they may know of something newer. */
function oneAtATime(work: () => Promise<void>): () => void {
  let running = false
  let again = false
  const run = async () => {
    running = true
    do {
      again = false
      await work()
    } while (again)
    running = false
  }
  return () => {
    if (running) again = true
    else void run()
  }
}

function notLoaded(url: string, reason: string): Problem {
  const where = URL.parse(url)?.host ?? 'the sign-in page'
  const code = reason === '' ? '' : ` (${reason})`
  return new Problem(
    'failed',
    `A page of the sign-in could not be loaded: ${where}${code}. Check the network, or whether it takes your company's VPN, and sign in again.`,
  )
}

/** Removes what the pages stored on their way, Zendesk's own workspace among them; the sign-in stays. */
async function forgetPages(session: Session, log: Log): Promise<void> {
  try {
    // SECURITY: those pages show customers' tickets, and what they keep is outside all that Understudy purges.
    await session.clearStorageData({ storages: [...pageStorages] })
  } catch (error) {
    log.warn({ err: error }, 'what the pages of the sign-in stored could not be removed')
  }
}
