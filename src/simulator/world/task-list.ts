// A block of code, or the mark of a task in a line of a list.
const codeOrBox = /^(```|~~~)[\s\S]*?^\1|^(\s*(?:[-*+]|\d+[.)])\s+)\[([ xX])\](?=\s)/gm

/** A description that ends with a task list, of which the first `done` are ticked. */
export function withTasks(intro: string, tasks: readonly string[], done: number): string {
  const lines = tasks.map((task, index) => `- [${index < done ? 'x' : ' '}] ${task}`)
  return [intro, lines.join('\n')].filter((part) => part !== '').join('\n\n')
}

/** How many tasks a description has, and how many of them are ticked. What looks like one inside a block of code is none. */
export function taskCounts(description: string | null): { readonly count: number; readonly done: number } {
  const marks = [...(description ?? '').matchAll(codeOrBox)].flatMap(([, , , mark]) => mark ?? [])
  return { count: marks.length, done: marks.filter((mark) => mark !== ' ').length }
}

/** The description with its first open task ticked, or as it was when none is open. */
export function withNextTicked(description: string | null): string | null {
  let isTicked = false
  return (
    description?.replace(codeOrBox, (found: string, _fence: unknown, before: string | undefined, mark: unknown) => {
      if (isTicked || before === undefined || mark !== ' ') return found
      isTicked = true
      return `${before}[x]`
    }) ?? null
  )
}
