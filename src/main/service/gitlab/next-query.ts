/** The query of `rel="next"`; its host is not used, because a proxied GitLab may name one that we cannot reach. */
export function nextQuery(link: string | null | undefined): string | null {
  for (const part of (link ?? '').split(/,\s*(?=<)/)) {
    const [, address, parameters] = /^\s*<([^>]*)>(.*)$/.exec(part) ?? []
    if (address && parameters && /;\s*rel="?next"?/.test(parameters)) {
      return address.includes('?') ? address.slice(address.indexOf('?') + 1) : null
    }
  }
  return null
}
