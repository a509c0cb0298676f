/** A page of a stand-in for Electron that gets its documents over HTTP, as a person's browser would. */
export interface BrowsingPage {
  /** Goes to an address, hop by hop. Rejects as Electron's loadURL does when a hop is prevented. */
  goTo(url: string, init?: RequestInit): Promise<void>
  /** Fills in the form of the page with an e-mail address and sends it. */
  signIn(email: string): Promise<void>
}

/**
 * Browses for a stand-in. Every step is told to the listeners first, by the events of Electron's WebContents, and is not made where one prevents it.
 *
 * @param tell hands an event to the listeners of the page
 * @param browse the fetch of the page's storage
 */
export function createBrowsingPage(
  tell: (event: string, ...details: readonly unknown[]) => unknown,
  browse: typeof fetch,
): BrowsingPage {
  let at = 'about:blank'
  let text = ''

  function isPrevented(event: string, url: string): boolean {
    let prevented = false
    tell(event, { url, isMainFrame: true, preventDefault: () => (prevented = true) })
    return prevented
  }

  async function goTo(url: string, init: RequestInit = {}): Promise<void> {
    let response = await browse(url, { ...init, redirect: 'manual' })
    let reached = url
    while (response.status >= 300 && response.status <= 399) {
      reached = new URL(response.headers.get('location') ?? '', reached).href
      if (isPrevented('will-redirect', reached)) throw new Error('ERR_ABORTED (-3)')
      response = await browse(reached, { redirect: 'manual' })
    }
    text = await response.text()
    at = reached
    tell('did-navigate', {}, at, response.status, response.statusText)
  }

  return {
    goTo,
    async signIn(email) {
      const action = /<form method="post" action="([^"]*)"/.exec(text)?.[1]
      if (action === undefined) throw new Error(`There is no form at ${at}`)
      const target = new URL(action.replaceAll('&amp;', '&'), at).href
      if (isPrevented('will-navigate', target)) return
      const body = new URLSearchParams({ 'user[email]': email, 'user[password]': 'any' })
      await goTo(target, { method: 'POST', body })
    },
  }
}
