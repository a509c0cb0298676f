/** Scheme of links that lead into Understudy: `understudy://ticket/123`. */
export const linkScheme = 'understudy'

/** Where a link leads. */
export type LinkPlace =
  | { readonly kind: 'ticket'; readonly ticketId: number }
  | { readonly kind: 'alerts' }
  /** What a notification is about; with `button`, what one of its buttons does, and the proof that it was ours. */
  | {
      readonly kind: 'notice'
      readonly tag: string
      readonly button: { readonly id: string; readonly proof: string } | null
    }

/**
 * Where the first link among some words leads, or undefined where there is none. Used for a link that was followed and for the arguments
 * of a second start: `understudy://ticket/12`, `understudy://alerts`, and from notifications `understudy://notice/alert-3`.
 */
export function placeOfLink(words: readonly string[]): LinkPlace | undefined {
  for (const word of words) {
    const place = placeOf(word)
    if (place) return place
  }
  return undefined
}

/** The link of a notification, or of one of its buttons. */
export function noticeLink(tag: string, button?: { readonly id: string; readonly proof: string }): string {
  return `${linkScheme}://notice/${tag}${button ? `/${button.id}/${button.proof}` : ''}`
}

function placeOf(word: string): LinkPlace | undefined {
  // SECURITY: any page and any mail can hold such a link, so each has one shape and does a harmless thing: it shows something. A button
  // does more, and so needs a proof that no page can know.
  const [, ticketId] = /^understudy:\/\/ticket\/([1-9]\d{0,14})\/?$/.exec(word) ?? []
  if (ticketId !== undefined) return { kind: 'ticket', ticketId: Number(ticketId) }
  if (/^understudy:\/\/alerts\/?$/.test(word)) return { kind: 'alerts' }
  const [, tag, id, proof] =
    /^understudy:\/\/notice\/(alerts?-[1-9]\d{0,14}|alert-test)(?:\/(snooze|dismiss)\/([\w-]{22}))?\/?$/.exec(word) ??
    []
  if (tag === undefined) return undefined
  return { kind: 'notice', tag, button: id === undefined || proof === undefined ? null : { id, proof } }
}
