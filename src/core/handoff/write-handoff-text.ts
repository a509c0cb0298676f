import { isoDay } from '../coverage/plan-words.ts'
import { inlineMarkdown } from '../sharing/inline-markdown.ts'
import { withFolded } from '../sharing/issue-part.ts'
import { shownOf } from '../sharing/versioned.ts'
import { handoffBlocks, type Block, type WrittenHandoff } from './handoff-blocks.ts'
import type { HandoffDocument } from './handoff-document.ts'
import { writeHandoffLines } from './handoff-text.ts'
import type { HandoffWords } from './handoff-words.ts'

/** What the issue of a handoff is called: `Handoff of Northwind by Dana Whitfield, 2026-12-21 to 2026-12-28`. */
export function handoffTitle(document: HandoffDocument, { account, ase, timeZone }: HandoffWords): string {
  const plain = (name: string) => name.replaceAll(/\s+/g, ' ').trim()
  const window = shownOf(document.window)?.value
  // The last day of an absence that ends at midnight is the day before.
  const days = window
    ? `, ${isoDay(window.startsAt, timeZone)} to ${isoDay(Math.max(window.startsAt, window.endsAt - 1), timeZone)}`
    : ''
  return `Handoff of ${plain(account)} by ${plain(ase)}${days}`
}

/**
 * A handoff as a person reads it, and at its end the whole of it as `writeHandoffLines` writes it, folded away, so that another
 * Understudy loses nothing.
 */
export function writeHandoffMarkdown(reading: WrittenHandoff): string {
  const blocks = handoffBlocks(reading, handoffTitle(reading.document, reading.words))
  // Two lists that follow each other would be one, were their signs the same.
  const visible = blocks.map((block, nth) => markdownOf(block, blocks[nth - 1]?.kind === 'list' ? '*' : '-'))
  return withFolded(visible.join('\n\n'), 'handoff', writeHandoffLines(reading.document))
}

function markdownOf(block: Block, sign: '-' | '*'): string {
  switch (block.kind) {
    case 'title':
      return `# ${inlineMarkdown(block.words)}`
    case 'heading':
      return `## ${inlineMarkdown(block.words)}`
    case 'subheading':
      return `### ${inlineMarkdown(block.words)}`
    case 'strong':
      return `**${inlineMarkdown(block.words.trim())}**`
    case 'text':
      return linesMarkdown(block.words)
    case 'list':
      return block.items
        .map(([label, words]) => `${sign} ${label === '' ? '' : `${inlineMarkdown(label)}: `}${inlineMarkdown(words)}`)
        .join('\n')
  }
}

/** Lines that people wrote stay lines, and none of them is taken for a list, a heading or a rule. */
function linesMarkdown(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => inlineMarkdown(line.trim()).replace(/^([-+=]|\d+(?=[.)]))/, escapedStart))
    .join('\\\n')
    .replaceAll(/(?:\\\n){2,}/g, '\n\n')
}

function escapedStart(start: string): string {
  return /\d/.test(start) ? `${start}\\` : `\\${start}`
}
