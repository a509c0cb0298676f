import { taskLines, type TaskLine } from './task-lines.ts'

/** What became of a task that should be ticked, or unticked, in a description. */
export type Ticked =
  | { readonly kind: 'ticked'; readonly description: string }
  /** It is so already. */
  | { readonly kind: 'holds' }
  /** No such task is in the description. */
  | { readonly kind: 'missing' }

/** Ticks one task of a description, or takes that back; nothing else of it is touched. */
export function tickTask(markdown: string, task: Pick<TaskLine, 'text' | 'nth' | 'done'>): Ticked {
  const found = taskLines(markdown).find(({ text, nth }) => text === task.text && nth === task.nth)
  if (!found) return { kind: 'missing' }
  if (found.done === task.done) return { kind: 'holds' }
  const lines = markdown.split('\n')
  const line = lines[found.line] ?? ''
  lines[found.line] = `${line.slice(0, found.at)}${task.done ? 'x' : ' '}${line.slice(found.at + 1)}`
  return { kind: 'ticked', description: lines.join('\n') }
}
