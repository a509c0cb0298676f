/** Scheme of links that lead into Understudy: `understudy://ticket/123`. */
export const linkScheme = 'understudy'

/**
 * The ticket that the first link among some words leads to, or undefined where there is none. Used for a link that was followed and for
 * the arguments of a second start.
 */
export function ticketOfLink(words: readonly string[]): number | undefined {
  // SECURITY: any page and any mail can hold such a link, so it can do one harmless thing and has one shape.
  const link = words
    .map((word) => /^understudy:\/\/ticket\/([1-9]\d{0,14})\/?$/.exec(word))
    .find((found) => found !== null)
  return link?.[1] === undefined ? undefined : Number(link[1])
}
