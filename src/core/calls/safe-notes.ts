import { shownAsText } from './action-item.ts'

const fence = /^\s*(```|~~~)/

/**
 * Notes as they stand in a section of an issue: what was typed, but nothing in it ends the section, hides what follows, or is carried out
 * by GitLab, which takes a line like `/close` for an order. Code stays as it is.
 */
export function safeNotes(markdown: string): string {
  let open: string | null = null
  const lines = markdown
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => {
      const mark = fence.exec(line)?.[1]
      if (mark !== undefined) {
        open = open === null ? mark : null
        return line
      }
      return open === null ? safeLine(line) : line.replaceAll('<!--', '< !--')
    })
  return [...lines, ...(open === null ? [] : [open])].join('\n')
}

function safeLine(line: string): string {
  return shownAsText(line)
    .replace(/^(\s{0,3})#{1,3}(?=\s|$)/, '$1####')
    .replace(/^(\s*)\/(?=[a-z])/i, '$1\\/')
}
