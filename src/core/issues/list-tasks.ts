import { taskLines, type TaskLine } from './task-lines.ts'

/** A task of a description, named by its text and by which of those with the same text it is. */
export type Task = Pick<TaskLine, 'text' | 'nth' | 'done'>

/** The tasks of a description in their order. What says nothing is left out: it could not be named. */
export function listTasks(markdown: string): Task[] {
  return taskLines(markdown).flatMap(({ text, nth, done }) => (text === '' ? [] : [{ text, nth, done }]))
}
