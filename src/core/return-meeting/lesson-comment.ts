import { inlineMarkdown } from '../sharing/inline-markdown.ts'

/** Whether a handoff helped, as said in the return meeting. */
export interface ReturnLessonWords {
  /** Null while nobody said so. */
  readonly helped: 'yes' | 'partly' | 'no' | null
  /** What was missing in it; may be empty. */
  readonly missing: string
}

const helpedWords = {
  yes: 'The handoff helped.',
  partly: 'The handoff helped in part.',
  no: 'The handoff did not help.',
} as const

/** The lesson in a line; empty while nothing was said. */
export function lessonWords({ helped, missing }: ReturnLessonWords): string {
  const lack = missing.trim()
  return [helped === null ? '' : helpedWords[helped], lack === '' ? '' : `What was missing: ${lack}`]
    .filter((part) => part !== '')
    .join(' ')
}

/** The line of an account in the issue of an absence, Markdown; empty while nothing was said of its handoff. */
export function lessonLine(account: string, lesson: ReturnLessonWords): string {
  const words = lessonWords(lesson)
  return words === '' ? '' : `- **${inlineMarkdown(account)}**: ${inlineMarkdown(words)}`
}

/** What was learned from the handoffs of an absence, as a comment in its issue. Markdown. */
export function lessonComment(lines: readonly string[]): string {
  return `What the return meetings found, for the next handoff:\n\n${lines.join('\n')}`
}
