import { isLoopback } from '../security/external-url.ts'

/** The address of a GitLab, or in words what to type instead. */
export type GitlabUrl =
  | {
      readonly ok: true
      /** Like `https://gitlab.com` or `https://example.com/gitlab`, without a slash at its end. */
      readonly url: string
    }
  | { readonly ok: false; readonly problem: string }

const example = "Type your company's address, like gitlab.com or gitlab.example.com."

/** Where pages of GitLab begin that a person copies an address from. */
const pages = /\/(?:-|api|users|explore|dashboard|oauth)(?:\/.*)?$/

/**
 * Reads the address of a GitLab as a person types or pastes it: a host, with the path below which GitLab lives where a company has one.
 * Only https, and plain http on this computer.
 */
export function parseGitlabUrl(text: string): GitlabUrl {
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
  const url = URL.parse(scheme === undefined ? `https://${typed}` : typed)
  if (url === null) return problem(`This is no address. ${example}`)
  // SECURITY: a name before an @ makes one host look like another.
  if (url.username !== '' || url.password !== '') {
    return problem(
      `Leave out what stands before the @: a name or a password does not belong in the address. ${example}`,
    )
  }
  const host = url.hostname.replace(/\.$/, '')
  if (url.protocol === 'http:' && !isLoopback(host)) {
    return problem(`Your sign-in would travel unprotected over http. Type it with https: https://${host}`)
  }
  if (!host.includes('.') && !isLoopback(host)) return problem(`${host} is no complete address. ${example}`)
  const origin = `${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`
  return { ok: true, url: `${origin}${pathOf(host, url.pathname)}` }
}

/** The path below which GitLab lives. GitLab's own has none: what stands there is a group or a project. */
function pathOf(host: string, pathname: string): string {
  if (host === 'gitlab.com' || host.endsWith('.gitlab.com')) return ''
  return pathname.replace(pages, '').replace(/\/+$/, '')
}

function problem(words: string): GitlabUrl {
  return { ok: false, problem: words }
}
