import { taskLines } from './task-lines.ts'

/** Counts the task list of a description as GitLab does: lines like `- [x] …`, outside of code. One marked `[~]` is out of the count. */
export function countTasks(markdown: string): { readonly done: number; readonly total: number } {
  const tasks = taskLines(markdown)
  return { done: tasks.filter(({ done }) => done).length, total: tasks.length }
}
