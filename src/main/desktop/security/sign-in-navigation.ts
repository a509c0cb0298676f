import { isLoopback } from '#service/security/external-url.ts'

/**
 * Whether a page of a company's own sign-in may be visited, in a window, a popup or a frame: https anywhere, because identity providers have hosts of
 * their own; http on this machine only (the simulator); and the blank page that popups and frames begin with. Nothing else: no file, no app://, no
 * data:, no scheme that starts a program.
 */
export function mayVisitForSignIn(text: string): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  // SECURITY: by the scheme, never by the origin, which `blob:` and `filesystem:` borrow from others. A blank page holds only what its opener could show.
  switch (url.protocol) {
    case 'https:':
      return true
    case 'http:':
      return isLoopback(url.hostname)
    case 'about:':
      return url.pathname === 'blank' || url.pathname === 'srcdoc'
    default:
      return false
  }
}

/** Whether a page is at the company's Zendesk, where a sign-in ends. `origin` is like `https://acme.zendesk.com`. */
export function isAtCompany(text: string, origin: string): boolean {
  const url = URL.parse(text)
  return url !== null && url.protocol !== 'blob:' && url.origin === origin
}

/**
 * What stands over a window of the sign-in: at whose page the person is about to type a password. International names stand there as they are
 * looked up (`xn--…`), so that none can look like another.
 */
export function signInTitle(text: string): string {
  const host = URL.parse(text)?.host ?? ''
  return host === '' ? 'Sign in' : `Sign in at ${host}`
}
