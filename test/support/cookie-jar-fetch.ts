import { CookieJar } from 'tough-cookie'

/** A browser as far as a sign-in needs one: it keeps cookies, follows redirections and sends forms. */
export interface CookieJarBrowser {
  /** As a browser partition's fetch: cookies go out and come in by themselves. */
  readonly fetch: typeof fetch
  /** Opens a page, fills in the form it ends at with an e-mail address, and sends it. Answers where that leads. */
  signInAt(url: string, email: string): Promise<Response>
  /** Every address that was asked, redirections included. */
  readonly visited: readonly string[]
  forgetCookies(): Promise<void>
}

const longestWay = 10

/** Creates a browser without a cookie. */
export function createCookieJarBrowser(): CookieJarBrowser {
  const jar = new CookieJar()
  const visited: string[] = []

  async function once(url: string, init: RequestInit): Promise<Response> {
    visited.push(url)
    const headers = new Headers(init.headers)
    const cookies = await jar.getCookieString(url)
    if (cookies !== '') headers.set('cookie', cookies)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) await jar.setCookie(cookie, url)
    return response
  }

  async function follow(url: string, init: RequestInit): Promise<readonly [at: string, response: Response]> {
    let at = url
    let response = await once(at, init)
    for (let step = 1; response.status >= 300 && response.status <= 399 && step < longestWay; step += 1) {
      at = new URL(response.headers.get('location') ?? '', at).href
      response = await once(at, { signal: init.signal ?? null })
    }
    return [at, response]
  }

  return {
    visited,
    fetch: async (input, init = {}) => {
      const url = input instanceof Request ? input.url : String(input)
      return init.redirect === 'manual' ? once(url, init) : (await follow(url, init))[1]
    },
    async signInAt(url, email) {
      const [at, page] = await follow(url, {})
      const action = /<form method="post" action="([^"]*)"/.exec(await page.text())?.[1]
      if (action === undefined) throw new Error(`There is no form at ${at}`)
      const body = new URLSearchParams({ 'user[email]': email, 'user[password]': 'any' })
      const [, answer] = await follow(new URL(action.replaceAll('&amp;', '&'), at).href, { method: 'POST', body })
      return answer
    },
    forgetCookies: () => jar.removeAllCookies(),
  }
}
