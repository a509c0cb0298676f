import { isLoopback } from '../security/external-url.ts'

/** The address of a feed as it may be asked, or in words why it may not. */
export type FeedAddress =
  | { readonly url: URL; readonly problem: null }
  | { readonly url: null; readonly problem: string }

const example = 'Paste the calendar’s iCal address, like https://example.com/calendar.ics.'

/** Reads the address of a feed as a person pastes it: https, `webcal:` for the same, and plain http on this computer. */
export function readFeedAddress(text: string): FeedAddress {
  const typed = text.trim().replace(/^webcals?:\/\//i, 'https://')
  // SECURITY: the parser drops tabs and newlines and turns backslashes into slashes; whoever writes those wants to be misread.
  if (/[\u0000-\u0020\u007f\\]/.test(typed))
    return refused(`There are characters in it that no address has. ${example}`)
  const url = URL.parse(typed)
  if (url === null) return refused(`This is no complete address. ${example}`)
  if (url.username !== '' || url.password !== '') {
    return refused(
      'The address carries a name or a password before the @. Leave them out, or use the calendar’s own iCal address.',
    )
  }
  // SECURITY: whoever sees a feed's address can read the calendar, so it never travels in the open.
  if (!mayBeAsked(url))
    return refused(`Only https addresses are read, since whoever sees the address can read the calendar. ${example}`)
  return { url, problem: null }
}

/**
 * Whether a feed's answer may point from one address to another: to https, and onto this computer only from it.
 */
export function mayLeadTo(from: URL, to: URL): boolean {
  if (to.username !== '' || to.password !== '') return false
  return isLoopback(to.hostname) ? isLoopback(from.hostname) && mayBeAsked(to) : to.protocol === 'https:'
}

function mayBeAsked({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

function refused(problem: string): FeedAddress {
  return { url: null, problem }
}
