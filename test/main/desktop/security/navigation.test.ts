import type { WebContents } from 'electron'
import { describe, expect, test } from 'vitest'
import { guardNavigation } from '#main/desktop/security/navigation.ts'
import { signInWindowOptions } from '#main/desktop/security/window-options.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'

const signInPartition = {}
const others: Record<string, object> = { 'persist:zendesk-sign-in': signInPartition }

class ContentsStandIn extends EmitterStandIn {
  openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined
  readonly session: object
  constructor(session: object) {
    super()
    this.session = session
  }
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler
  }
}

/** A page of an app whose navigation is guarded; of our own window if nothing else is said. */
function guardedPage(session: object = {}): ContentsStandIn {
  const app = new EmitterStandIn()
  // Electron answers the same session to everybody who names a partition.
  const sessions = { fromPartition: (name: string) => (others[name] ??= {}) }
  guardNavigation({ app, session: sessions } as never)
  const contents = new ContentsStandIn(session)
  app.fire('web-contents-created', {}, contents)
  return contents
}

function openWindow({ openHandler }: ContentsStandIn, url: string) {
  return openHandler?.({
    url,
    frameName: '',
    features: 'kiosk=yes,frame=no',
    disposition: 'new-window',
    referrer: { url: '', policy: 'default' },
  })
}

function isPrevented(contents: ContentsStandIn, event: string, url: string): boolean {
  let prevented = false
  contents.fire(event, { url, preventDefault: () => (prevented = true) })
  return prevented
}

describe.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s', (event) => {
  test.each([
    'https://acme.zendesk.com/',
    'file:///etc/passwd',
    'app://evil/',
    'data:text/html,x',
    'javascript:1',
    'blob:app://understudy/1',
  ])('to %s is prevented', (url) => {
    expect(isPrevented(guardedPage(), event, url)).toBe(true)
  })

  test('within our own page is not', () => {
    expect(isPrevented(guardedPage(), event, 'app://understudy/index.html')).toBe(false)
  })
})

test('no webview can be attached', () => {
  expect(isPrevented(guardedPage(), 'will-attach-webview', '')).toBe(true)
  expect(isPrevented(guardedPage(signInPartition), 'will-attach-webview', '')).toBe(true)
})

test('no page opens a window, not even with our own address', () => {
  for (const url of ['https://evil.example/', 'app://understudy/', 'about:blank']) {
    expect(openWindow(guardedPage(), url)).toEqual({ action: 'deny' })
  }
})

describe('a page of a company’s own sign-in', () => {
  const company = 'https://acme.zendesk.com/agent'

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('goes where its rule says (%s)', (event) => {
    expect(isPrevented(guardedPage(signInPartition), event, company)).toBe(false)
    expect(isPrevented(guardedPage(signInPartition), event, 'app://understudy/index.html')).toBe(true)
    expect(isPrevented(guardedPage(signInPartition), event, 'file:///etc/passwd')).toBe(true)
  })

  test('is known by its session alone: a like one, or none, is kept at our own origin', () => {
    for (const session of [{}, { partition: 'persist:zendesk-sign-in' }, others]) {
      expect(isPrevented(guardedPage(session), 'will-navigate', company)).toBe(true)
      expect(openWindow(guardedPage(session), company)).toEqual({ action: 'deny' })
    }
  })

  test('opens popups as strict as itself, with their host in the title, and nothing but pages of a sign-in', () => {
    expect(openWindow(guardedPage(signInPartition), 'https://login.acme.example/x')).toEqual({
      action: 'allow',
      overrideBrowserWindowOptions: signInWindowOptions('Sign in at login.acme.example'),
    })
    for (const url of ['http://login.acme.example/', 'file:///etc/passwd', 'app://understudy/', 'data:text/html,x']) {
      expect(openWindow(guardedPage(signInPartition), url)).toEqual({ action: 'deny' })
    }
  })
})
