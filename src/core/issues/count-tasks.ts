const taskLine = /^\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+\[( |x|X|~)\]\s/
const fence = /^\s*(?:```|~~~)/

/** Counts the task list of a description as GitLab does: lines like `- [x] …`, outside of code. One marked `[~]` is out of the count. */
export function countTasks(markdown: string): { readonly done: number; readonly total: number } {
  let [done, total, inCode] = [0, 0, false]
  for (const line of markdown.split('\n')) {
    if (fence.test(line)) inCode = !inCode
    const mark = inCode ? undefined : taskLine.exec(`${line} `)?.[1]
    if (mark === undefined || mark === '~') continue
    total += 1
    if (mark !== ' ') done += 1
  }
  return { done, total }
}
