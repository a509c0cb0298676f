import type { App, WebContents } from 'electron'
import { describe, expect, test } from 'vitest'
import { guardNavigation } from '#main/desktop/security/navigation.ts'
import { EmitterStandIn } from '#test/support/emitter-stand-in.ts'

class ContentsStandIn extends EmitterStandIn {
  openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined
  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler
  }
}

/** A page of an app whose navigation is guarded. */
function guardedPage(): ContentsStandIn {
  const app = new EmitterStandIn()
  guardNavigation(app satisfies Pick<App, 'on'>)
  const contents = new ContentsStandIn()
  app.fire('web-contents-created', {}, contents)
  return contents
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
})

test('no page opens a window, not even with our own address', () => {
  const { openHandler } = guardedPage()
  for (const url of ['https://evil.example/', 'app://understudy/']) {
    const details = {
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'default' },
    } as const
    expect(openHandler?.(details)).toEqual({ action: 'deny' })
  }
})
