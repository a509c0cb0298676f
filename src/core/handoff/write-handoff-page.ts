import { handoffBlocks, type Block, type WrittenHandoff } from './handoff-blocks.ts'
import { handoffTitle } from './write-handoff-text.ts'

/**
 * Handoffs as one page of HTML that stands alone: no script, nothing fetched, and little ink on paper. Each handoff begins on a page of
 * its own.
 *
 * SECURITY: all that people wrote is escaped; the page opens in a browser, where anything else would run.
 */
export function writeHandoffPage(readings: readonly WrittenHandoff[]): string {
  const titles = readings.map(({ document, words }) => handoffTitle(document, words))
  const title = titles.length === 1 ? (titles[0] ?? '') : `${titles.length} handoffs`
  const articles = readings.map(
    (reading, nth) => `<article>\n${sections(handoffBlocks(reading, titles[nth] ?? ''))}\n</article>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapedHtml(title)}</title>
<style>
${styles}</style>
</head>
<body>
${articles.join('\n')}
</body>
</html>
`
}

const styles = `body { font: 11pt/1.45 system-ui, sans-serif; color: #111; background: #fff; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
article + article { break-before: page; margin-top: 4rem; }
h1 { font-size: 1.5em; line-height: 1.2; }
h2 { font-size: 1.15em; margin: 1.8em 0 0.4em; border-bottom: 1px solid #999; break-after: avoid; }
h3 { font-size: 1em; margin: 1.4em 0 0.2em; break-after: avoid; }
p { margin: 0.4em 0; white-space: pre-line; overflow-wrap: anywhere; }
section { break-inside: avoid; }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: 0.1em 1em; margin: 0.3em 0 0.6em; }
dt { color: #555; }
dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
dd.alone { grid-column: 1 / -1; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 9.5pt; } }
`

/** What belongs to one ticket is not torn apart between two pages. */
function sections(blocks: readonly Block[]): string {
  let open = false
  const lines = blocks.flatMap((block) => {
    const ends = open && (block.kind === 'heading' || block.kind === 'subheading' || block.kind === 'text')
    if (ends) open = false
    const begins = block.kind === 'subheading'
    if (begins) open = true
    return [...(ends ? ['</section>'] : []), ...(begins ? ['<section>'] : []), htmlOf(block)]
  })
  return [...lines, ...(open ? ['</section>'] : [])].join('\n')
}

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escapedHtml(block.words)}</h1>`
    case 'heading':
      return `<h2>${escapedHtml(block.words)}</h2>`
    case 'subheading':
      return `<h3>${escapedHtml(block.words)}</h3>`
    case 'strong':
      return `<p><strong>${escapedHtml(block.words)}</strong></p>`
    case 'text':
      return `<p>${escapedHtml(block.words)}</p>`
    case 'list': {
      const items = block.items.map(([label, words]) =>
        label === ''
          ? `<dd class="alone">${escapedHtml(words)}</dd>`
          : `<dt>${escapedHtml(label)}</dt><dd>${escapedHtml(words)}</dd>`,
      )
      return `<dl>${items.join('\n')}</dl>`
    }
  }
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapedHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign)
}
