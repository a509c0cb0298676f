/** Scheme the window's files are served under; registered as standard and secure, so it has an origin like https. */
export const appScheme = 'app'

/** The one host of that scheme. */
export const appHost = 'understudy'

/** Origin of the window's page, as `new URL(…).origin` of a standard scheme would say in Electron. */
export const appOrigin = `${appScheme}://${appHost}`

/** The page of the window. */
export const appPageUrl = `${appOrigin}/index.html`

/** Whether an address lies at the window's own origin. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text)
  // SECURITY: compared by parts, because Node calls the origin of every scheme it does not know "null". No port, no user info.
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.host === appHost &&
    url.username === '' &&
    url.password === ''
  )
}
