const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character)
}

function inline(text: string): string {
  return escape(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\*([^*\n]+)\*/g, '<em>$1</em>')
}

function block(text: string): string {
  const lines = text.split('\n')
  const item = /^(?:- |(\d+)\. )/
  if (lines.every((line) => item.test(line) || /^ {2,}/.test(line))) {
    const kind = /^\d/.test(text) ? 'ol' : 'ul'
    const items = text.split(/\n(?=- |\d+\. )/).map((line) => `<li>${inline(line.replace(item, ''))}</li>`)
    return `<${kind} dir="auto">${items.join('')}</${kind}>`
  }
  const listAt = lines.findIndex((line, index) => index > 0 && item.test(line))
  if (listAt > 0) return block(lines.slice(0, listAt).join('\n')) + block(lines.slice(listAt).join('\n'))
  return `<p dir="auto">${inline(text).replaceAll('\n', '<br>')}</p>`
}

/** Turns a message's plain Markdown into the HTML that Zendesk keeps of it. */
export function htmlBody(text: string): string {
  const parts = text.split(/```\w*\n([\s\S]*?)\n?```/)
  const html = parts.map((part, index) =>
    index % 2 === 1
      ? `<pre><code>${escape(part)}\n</code></pre>`
      : part
          .split(/\n{2,}/)
          .map((piece) => piece.trim())
          .filter((piece) => piece !== '')
          .map(block)
          .join(''),
  )
  return `<div class="zd-comment" dir="auto">${html.join('')}</div>`
}

/** The same message as text without any marks, as Zendesk's `plain_body` has it. */
export function plainBody(text: string): string {
  return text
    .replace(/```\w*\n?/g, '')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .trim()
}
