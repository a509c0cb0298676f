/** Places Understudy itself links to: the handbook its rules come from, and the vendors' own documentation. */
export const documentationOrigins = [
  'https://handbook.gitlab.com',
  'https://docs.gitlab.com',
  'https://support.zendesk.com',
  'https://developer.zendesk.com',
] as const

/** An address that may be handed to the operating system, as `href`; or why it may not, in words. */
export type ExternalUrlVerdict =
  | { readonly allowed: true; readonly href: string }
  | { readonly allowed: false; readonly reason: string }

/**
 * Judges an address before anything opens it. Allowed is https at one of `connectedOrigins` or of our documentation, plain http only at a
 * connected origin on this machine (the sample workspace), an address of `ours`, and a mail to nobody yet, with a subject and a text. What may be opened is `href`, the address as parsed, never the text given.
 *
 * @param text what somebody asks to open; possibly written by a stranger
 * @param connectedOrigins origins of the connected Zendesk and GitLab, like `https://acme.zendesk.com`
 * @param ours whole addresses that Understudy itself offers, as it made them
 */
export function judgeExternalUrl(
  text: string,
  connectedOrigins: readonly string[],
  ours: readonly string[] = [],
): ExternalUrlVerdict {
  const shaped = judgeUrlShape(text)
  if (!shaped.allowed || isDraftOfMail(new URL(shaped.href))) return shaped
  const { origin, host } = new URL(shaped.href)
  const known = [...documentationOrigins, ...connectedOrigins].some((candidate) => originOf(candidate) === origin)
  // SECURITY: an exact comparison of origins. Substrings and suffixes are how `https://evil.example/?acme.zendesk.com` gets through.
  return known || ours.includes(shaped.href)
    ? shaped
    : { allowed: false, reason: `${host} is neither your Zendesk, your GitLab nor Understudy's documentation.` }
}

/**
 * The part of the judgement that needs no connections: an https address (http on this machine) without a name or password in it, or a mail to nobody
 * yet, as a parser reads it. A door checks this once more right before it hands the address over.
 */
export function judgeUrlShape(text: string): ExternalUrlVerdict {
  // SECURITY: the parser drops tabs and newlines and turns backslashes into slashes; whoever writes those wants to be misread.
  if (/[\u0000-\u0020\u007f\\]/.test(text)) return refused('The address has characters in it that no address has.')
  const url = URL.parse(text)
  if (url === null) return refused('This is not a complete address.')
  if (url.username !== '' || url.password !== '') return refused('The address carries a name or a password.')
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) {
    return { allowed: true, href: url.href }
  }
  if (isDraftOfMail(url)) return { allowed: true, href: url.href }
  return refused('Only https addresses are opened.')
}

/**
 * Whether it is a mail for a person to address and send. SECURITY: nobody is written to by it, and no file is attached: mail programs
 * that know `attach` would take one from this machine.
 */
function isDraftOfMail(url: URL): boolean {
  if (url.protocol !== 'mailto:' || url.pathname !== '') return false
  return [...url.searchParams.keys()].every((key) => key === 'subject' || key === 'body')
}

/** Whether a host, as a parser of addresses names it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
}

function originOf(text: string): string | undefined {
  return URL.parse(text)?.origin
}

function refused(reason: string): ExternalUrlVerdict {
  return { allowed: false, reason }
}
