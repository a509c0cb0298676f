import { isLoopback } from '../security/external-url.ts'

/** The address of a Zendesk as `origin`, or in words what to type instead. */
export type ZendeskUrl =
  | {
      readonly ok: true
      /** Like `https://acme.zendesk.com`, without a slash at its end. */
      readonly origin: string
      /** What may go wrong with this address, or null. */
      readonly warning: string | null
    }
  | { readonly ok: false; readonly problem: string }

const example = "Type your company's address, like acme.zendesk.com."
const own = 'zendesk.com'

/**
 * Reads the address of a Zendesk as a person types or pastes it: `acme`, `acme.zendesk.com`, or any address in it. Only https, and plain
 * http on this computer.
 */
export function parseZendeskUrl(text: string): ZendeskUrl {
  const typed = text.trim()
  if (typed === '') return problem(example)
  // SECURITY: the parser drops tabs and newlines and turns backslashes into slashes; whoever writes those wants to be misread.
  if (/[\u0000-\u0020\u007f\\]/.test(typed)) {
    return problem(`There are characters in it that no address has. ${example}`)
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http') {
    return problem(`An address that begins with ${scheme}:// cannot be used. ${example}`)
  }
  const url = URL.parse(scheme === undefined ? `https://${completed(typed)}` : typed)
  if (url === null) return problem(`This is no address. ${example}`)
  // SECURITY: a name before an @ makes one host look like another.
  if (url.username !== '' || url.password !== '') {
    return problem(
      `Leave out what stands before the @: a name or a password does not belong in the address. ${example}`,
    )
  }
  const host = url.hostname.replace(/\.$/, '')
  if (isLoopback(host)) return { ok: true, origin: originOf(url, host), warning: null }
  if (url.protocol === 'http:') {
    return problem(`Your sign-in would travel unprotected over http. Type it with https: https://${host}`)
  }
  if (host === own || host === `www.${own}`) return problem(`This is Zendesk's own address. ${example}`)
  if (!host.includes('.')) return problem(`${host} is no complete address. ${example}`)
  return { ok: true, origin: originOf(url, host), warning: host.endsWith(`.${own}`) ? null : hostMapped(host) }
}

/** A single word is the name of the company's account. */
function completed(typed: string): string {
  return /^[a-z0-9][a-z0-9-]*$/i.test(typed) && typed.toLowerCase() !== 'localhost' ? `${typed}.${own}` : typed
}

function originOf(url: URL, host: string): string {
  return `${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`
}

function hostMapped(host: string): string {
  return (
    `${host} does not end with .${own}. Check that it is your company's Zendesk: your sign-in is sent there. ` +
    `If signing in does not work, use the address that ends with .${own}.`
  )
}

function problem(words: string): ZendeskUrl {
  return { ok: false, problem: words }
}
