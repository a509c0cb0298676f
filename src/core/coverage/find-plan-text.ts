import { planMark } from './write-plan-text.ts'

/** The JSON of a plan as it was found in a text, or why there is none: no plan at all, more than one, or one that is cut off. */
export type FoundPlanText =
  | { readonly kind: 'found'; readonly json: string }
  | { readonly kind: 'none' | 'several' | 'cut-off' }

/** Where a plan begins in a text. */
export const planBeginning = new RegExp(`\\{\\s*"understudy"\\s*:\\s*"${planMark.kind}"`)

/**
 * Finds the plan in what `writePlanFile` or `writePlanMarkdown` wrote, also after mail programs and editors had it: other line ends,
 * lines indented or quoted with `>`, spaces at their ends gone, text around it.
 */
export function findPlanText(text: string): FoundPlanText {
  // A line of the JSON begins with a sign of its own, never inside a string: what stands before it is not of the plan.
  const clean = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^[\s>\uFEFF]+/, ''))
    .join('\n')
  const start = clean.search(planBeginning)
  if (start === -1) return { kind: 'none' }
  const end = endOfObject(clean, start)
  if (end === undefined) return { kind: 'cut-off' }
  if (planBeginning.test(clean.slice(end))) return { kind: 'several' }
  return { kind: 'found', json: clean.slice(start, end) }
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
