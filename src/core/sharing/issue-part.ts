import { beginningOf, type SharedMark } from './embedded-text.ts'
import { textPrint } from './text-print.ts'

/** How a kind of document stands in the text of an issue. */
export interface PartLayout {
  readonly mark: SharedMark
  /** The line above what Understudy writes. */
  readonly opening: string
  /** How the heading of what people read begins, with the flags g and m. */
  readonly heading: RegExp
  /** Where the document that begins at `start` ends; undefined where it is cut off. */
  readonly endOf: (text: string, start: number) => number | undefined
}

/** The text of an issue: what Understudy wrote of a document, and what people wrote around it. */
export interface SharedPart {
  readonly before: string
  /** What people read: all of Understudy's part but the document that is folded away; empty where there is no such part. */
  readonly visible: string
  readonly after: string
  /** Whether somebody changed the visible part by hand; a box that was ticked does not count. */
  readonly edited: boolean
}

/** A text that holds nothing yet. */
export const emptyPart: SharedPart = { before: '', visible: '', after: '', edited: false }

const damagedEnd = /<\/details>[ \t]*\n?/g

/** Finds what Understudy wrote in the text of an issue, also where a person put it there, or edited around it. */
export function findSharedPart(text: string, layout: PartLayout): SharedPart {
  const whole = text.replaceAll(/\r\n?/g, '\n')
  const json = whole.search(beginningOf(layout.mark))
  if (json === -1) return { ...emptyPart, before: whole }
  const jsonEnd = layout.endOf(whole, json)
  const start = startOfPart(whole, json, layout)
  const end = jsonEnd === undefined ? endOfDamaged(whole, json) : endOfPart(whole, jsonEnd)
  const part = whole.slice(start, end)
  const visible = part
    .slice(0, json - start)
    .replace(layout.opening, '')
    .replace(/(?:<details>\s*<summary>[^\n]*<\/summary>)?\s*(?:```\w*)?\s*$/, '')
    .trim()
  const print = /<!-- as written: ([0-9a-f]{16}) -->/.exec(part)?.[1]
  const edited = jsonEnd === undefined || (print !== undefined && print !== textPrint(visible))
  return { before: whole.slice(0, start), visible, after: whole.slice(end), edited }
}

/**
 * Puts a document in the place of the one that stands in an issue, and leaves the rest. What was changed by hand inside of it stays
 * below it, as it stood, and so does what could not be read.
 *
 * @param markdown as `withFolded` ends it.
 * @param unread of the document that stood there.
 */
export function putSharedPart(
  { before, visible, after, edited }: SharedPart,
  markdown: string,
  { opening }: PartLayout,
  unread: readonly string[] = [],
): string {
  const stood = edited ? keptText('What stood here before, with what was changed by hand', visible) : ''
  const lost = keptText('What could not be read of what stood here', unread.map(unmarked).join('\n'))
  return `${[before, opening, markdown, stood, lost, after]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`
}

/**
 * What people read, and at its end the document itself, folded away, so that another Understudy loses nothing, with a print of what
 * stands above it, which tells whether somebody changed that.
 *
 * @param noun `plan`.
 * @param json as `sharedJson` writes it, ending with a line end.
 */
export function withFolded(visible: string, noun: string, json: string): string {
  return [
    visible,
    `<details>\n<summary>For Understudy: the ${noun} itself. Leave it as it is.</summary>`,
    `\`\`\`json\n${json}\`\`\``,
    `<!-- as written: ${textPrint(visible)} -->`,
    '</details>\n',
  ].join('\n\n')
}

function startOfPart(text: string, json: number, { opening, heading }: PartLayout): number {
  const marked = text.lastIndexOf(opening, json)
  if (marked !== -1) return marked
  const headings = [...text.slice(0, json).matchAll(heading)]
  const last = headings.at(-1)?.index
  if (last !== undefined) return last
  const folded = /<details>\s*<summary>[^\n]*<\/summary>\s*(?:```\w*)?\s*$/.exec(text.slice(0, json))
  return folded?.index ?? json
}

function endOfPart(text: string, jsonEnd: number): number {
  const rest = /\s*(?:```[ \t]*)?\s*(?:<!-- as written: \w+ -->)?\s*(?:<\/details>[ \t]*\n?)?/y
  rest.lastIndex = jsonEnd
  return rest.test(text) ? rest.lastIndex : jsonEnd
}

/** A document that is cut off ends with its fold; without one nobody knows, and all of it stays. */
function endOfDamaged(text: string, json: number): number {
  damagedEnd.lastIndex = json
  return damagedEnd.test(text) ? damagedEnd.lastIndex : json
}

function keptText(summary: string, text: string): string {
  if (text === '') return ''
  const longest = Math.max(3, ...[...text.matchAll(/~{3,}/g)].map(([run]) => run.length + 1))
  const fence = '~'.repeat(longest)
  return `<details>\n<summary>${summary}</summary>\n\n${fence}text\n${text}\n${fence}\n\n</details>`
}

/** What is kept for people to read must not be found as a document again. */
function unmarked(text: string): string {
  return text.replaceAll(/\{(\s*)"understudy"/g, '{$1"was-understudy"')
}
