import { taskLines, type TaskLine } from '../issues/task-lines.ts'
import { readActionText } from './action-item.ts'
import type { ActionItem } from './call-document.ts'

const title = /^(\d{4}-\d{2}-\d{2})\s+Call:\s*(\S.*)$/is
const fence = /^\s*(?:```|~~~)/
const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/

/** An action item as a task of an issue: `text` and `nth` name the task there. */
export type ActionTask = ActionItem & Pick<TaskLine, 'text' | 'nth'>

/** What an issue tells of the call it is about. */
export interface CallIssue {
  readonly day: string
  readonly purpose: string
  readonly actions: readonly ActionTask[]
}

/** Reads the issue of a call: its day, its purpose and its action items; null for any other issue. */
export function readCallIssue(issue: { readonly title: string; readonly description: string }): CallIssue | null {
  const [, day, purpose] = title.exec(issue.title.trim()) ?? []
  if (day === undefined || purpose === undefined) return null
  const [from, until] = actionLines(issue.description)
  const tasks = taskLines(issue.description).filter(({ line, text }) => text !== '' && line >= from && line < until)
  const actions = tasks.map(({ text, nth, done }) => ({ ...readActionText(text), text, nth, done }))
  return { day, purpose: purpose.trim(), actions }
}

/** Which lines the section of the action items has, the topmost of that name; all of them where there is none. */
function actionLines(markdown: string): readonly [number, number] {
  const headings = headingsOf(markdown)
  const [section] = headings
    .filter(({ words }) => /^action items?$/i.test(words))
    .toSorted((a, b) => a.level - b.level || a.line - b.line)
  if (!section) return [0, Infinity]
  const next = headings.find(({ line, level }) => line > section.line && level <= section.level)
  return [section.line, next?.line ?? Infinity]
}

function headingsOf(markdown: string): { readonly line: number; readonly level: number; readonly words: string }[] {
  let inCode = false
  return markdown.split('\n').flatMap((text, line) => {
    if (fence.test(text)) inCode = !inCode
    const [, signs, words = ''] = (!inCode && heading.exec(text)) || []
    return signs === undefined ? [] : [{ line, level: signs.length, words }]
  })
}
