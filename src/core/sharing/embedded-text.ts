/** What marks a kind of document inside a text, and the form it is written in. */
export interface SharedMark {
  readonly kind: string
  readonly format: number
}

/** The JSON of a document as it was found in a text, or why there is none: no document at all, more than one, or one that is cut off. */
export type FoundSharedText =
  | { readonly kind: 'found'; readonly json: string }
  | { readonly kind: 'none' | 'several' | 'cut-off' }

/** Where a document of that kind begins in a text. */
export function beginningOf({ kind }: SharedMark): RegExp {
  return new RegExp(`\\{\\s*"understudy"\\s*:\\s*"${kind}"`)
}

/**
 * Finds the one document that was written into a text, also after mail programs and editors had it: other line ends, lines indented
 * or quoted with `>`, spaces at their ends gone, text around it.
 */
export function findSharedText(text: string, mark: SharedMark): FoundSharedText {
  const clean = cleanLines(text)
  const beginning = beginningOf(mark)
  const start = clean.search(beginning)
  if (start === -1) return { kind: 'none' }
  const end = endOfObject(clean, start)
  if (end === undefined) return { kind: 'cut-off' }
  if (beginning.test(clean.slice(end))) return { kind: 'several' }
  return { kind: 'found', json: clean.slice(start, end) }
}

/** A text without what was put before its lines. A line of the JSON begins with a sign of its own, never inside a string. */
export function cleanLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^[\s>\uFEFF]+/, ''))
    .join('\n')
}

/** Where the object that begins at `start` is closed; undefined when it is cut off. */
export function endOfObject(text: string, start: number): number | undefined {
  const token = /"(?:[^"\\]|\\.)*"|[{}]/gs
  token.lastIndex = start
  let depth = 0
  for (let found = token.exec(text); found; found = token.exec(text)) {
    if (found[0] === '{') depth += 1
    if (found[0] === '}') depth -= 1
    if (depth === 0) return token.lastIndex
  }
  return undefined
}

/** JSON in which marks that Markdown or HTML would take for their own are written as escapes, which read back as they were. */
export function sharedJson(value: unknown, space = 0): string {
  return JSON.stringify(value, null, space).replaceAll(/[`<>&\u2028\u2029]/g, escaped)
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** The id that a document in a text names itself by, found without reading the rest of it; undefined where there is none. */
export function sharedIdIn(text: string, mark: SharedMark): string | undefined {
  const start = text.search(beginningOf(mark))
  if (start === -1) return undefined
  const id = /"id"\s*:\s*"([^"\\]+)"/g
  id.lastIndex = start
  return id.exec(text)?.[1]
}
