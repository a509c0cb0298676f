const taskLine = /^(\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+\[)( |x|X|~)\]\s(.*)$/
const fence = /^\s*(?:```|~~~)/

/** A task of a description, and where it stands there. */
export interface TaskLine {
  /** Which line of the text it is, from 0. */
  readonly line: number
  /** Where in that line its mark stands. */
  readonly at: number
  /** What is to be done, without list sign and mark; may be empty. */
  readonly text: string
  /** Which of those with the same text it is, from 0. */
  readonly nth: number
  readonly done: boolean
}

/** The tasks of a description as GitLab reads it: lines like `- [x] …`, outside of code. One marked `[~]` is none. */
export function taskLines(markdown: string): TaskLine[] {
  const seen = new Map<string, number>()
  let inCode = false
  return markdown.split('\n').flatMap((given, line) => {
    if (fence.test(given)) inCode = !inCode
    const found = inCode ? null : taskLine.exec(`${given.trimEnd()} `)
    const mark = found?.[2]
    if (!found || mark === '~') return []
    const [, before = '', , rest = ''] = found
    const text = rest.trim()
    const nth = seen.get(text) ?? 0
    seen.set(text, nth + 1)
    return [{ line, at: before.length, text, nth, done: mark !== ' ' }]
  })
}
