import type { Notice } from '#service/ports.ts'
import { noticeLink } from './deep-link.ts'

/**
 * A notice as Windows reads it: clicks and buttons are links, which find the app also from the Action Center, hours later and after a
 * restart. An urgent one stays on the screen until it is answered.
 *
 * @param proof what the links of its buttons carry, so that a link on a page cannot press them.
 */
export function toastXml({ tag, title, body, urgent, actions }: Notice, proof: string): string {
  const buttons = actions.map(
    ({ id, words }) =>
      `<action content="${escaped(words)}" activationType="protocol" arguments="${escaped(noticeLink(tag, { id, proof }))}"/>`,
  )
  return [
    `<toast launch="${escaped(noticeLink(tag))}" activationType="protocol"${urgent ? ' scenario="reminder"' : ''}>`,
    `<visual><binding template="ToastGeneric"><text>${escaped(title)}</text><text>${escaped(body)}</text></binding></visual>`,
    buttons.length > 0 ? `<actions>${buttons.join('')}</actions>` : '',
    '</toast>',
  ].join('')
}

/** SECURITY: a customer's words stay text; what XML cannot hold at all is left out, or Windows would show nothing. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
}
