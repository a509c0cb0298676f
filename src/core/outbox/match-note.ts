/** A message as it is read back: `text` plain, `html` as Zendesk keeps it; either may be empty. */
export interface NoteMessage {
  readonly text: string
  readonly html: string
}

/**
 * Whether a message is the note that was sent. Zendesk turns Markdown into HTML and HTML back into text, so marks, white space
 * and escapes are left out of the comparison.
 *
 * - `same`: letters and digits agree in one of the forms.
 * - `alike`: most words of the note are in it; it may be the note in a form nobody foresaw, and a person has to look.
 * - `other`: something else.
 */
export function matchNote(body: string, message: NoteMessage): 'same' | 'alike' | 'other' {
  const sent = [body, withoutMarks(body)].map(essence)
  const plain = plainText(message.html)
  const kept = [message.text, unescape(message.text), plain].filter((form) => form.trim() !== '')
  if (kept.some((form) => sent.includes(essence(form)))) return 'same'
  const words = [...new Set(wordsOf(withoutMarks(body)))]
  if (words.length === 0) return 'other'
  const found = new Set(wordsOf(`${message.text} ${plain}`))
  const shared = words.filter((word) => found.has(word)).length
  return shared * 2 > words.length ? 'alike' : 'other'
}

/** Letters and digits only; a text without any is compared by its signs. */
function essence(text: string): string {
  const letters = text.replace(/[^\p{L}\p{N}]+/gu, '')
  return letters === '' ? text.replace(/\s+/gu, '') : letters
}

/** Markdown without what does not show: addresses of links, languages of code, numbers of lists. */
function withoutMarks(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*```\w*$/gm, '')
    .replace(/^\s*\d+[.)]\s+/gm, '')
}

function plainText(html: string): string {
  return unescape(html.replace(/<[^>]*>/g, ' '))
}

const escapes: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function unescape(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]+));/gi, (all, decimal, hex, name) => {
    if (typeof name === 'string') return escapes[name.toLowerCase()] ?? all
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : all
  })
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []
}
