import { endOfObject, planBeginning } from './find-plan-text.ts'
import type { ChecklistStep } from './plan-checklist.ts'
import { planOf, type PlanDocument } from './plan-document.ts'
import { textPrint } from './text-print.ts'
import { stepLine } from './write-plan-text.ts'

/** The text of an issue: what Understudy wrote of a plan, and what people wrote around it. */
export interface PlanPart {
  readonly before: string
  /** What people read of the plan: all of Understudy's part but the plan that is folded away; empty where there is no such part. */
  readonly visible: string
  readonly after: string
  /** Whether somebody changed the visible part by hand; a box that was ticked does not count. */
  readonly edited: boolean
}

const beginning = '<!-- From here on Understudy writes the coverage plan. Write above this line, or below the plan. -->'
const heading = /^# Coverage for /gm
const damagedEnd = /<\/details>[ \t]*\n?/g

/** Finds what Understudy wrote of a plan in the text of an issue, also where a person put it there, or edited around it. */
export function findPlanPart(text: string): PlanPart {
  const whole = text.replaceAll(/\r\n?/g, '\n')
  const json = whole.search(planBeginning)
  if (json === -1) return { before: whole, visible: '', after: '', edited: false }
  const jsonEnd = endOfObject(whole, json)
  const start = startOfPart(whole, json)
  const end = jsonEnd === undefined ? endOfDamaged(whole, json) : endOfPart(whole, jsonEnd)
  const part = whole.slice(start, end)
  const visible = part
    .slice(0, json - start)
    .replace(beginning, '')
    .replace(/(?:<details>\s*<summary>[^\n]*<\/summary>)?\s*(?:```\w*)?\s*$/, '')
    .trim()
  const print = /<!-- as written: ([0-9a-f]{16}) -->/.exec(part)?.[1]
  const edited = jsonEnd === undefined || (print !== undefined && print !== textPrint(visible))
  return { before: whole.slice(0, start), visible, after: whole.slice(end), edited }
}

/**
 * Puts a plan in the place of the one that stands in an issue, and leaves the rest. What was changed by hand inside of the plan
 * stays below it, as it stood.
 *
 * @param markdown as `writePlanMarkdown` writes it.
 */
export function putPlanPart({ before, visible, after, edited }: PlanPart, markdown: string): string {
  const parts = [before, beginning, markdown, edited ? whatStood(visible) : '', after]
  return `${parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n')}\n`
}

/** Boxes of the checklist that somebody ticked, or unticked, in the issue: steps that the plan beside them says otherwise of. */
export function tickedByHand(
  { visible }: PlanPart,
  document: PlanDocument,
  checklist: readonly ChecklistStep[],
): { readonly stepId: string; readonly done: boolean }[] {
  const { tickedAt } = planOf(document)
  return checklist
    .filter(({ byItself }) => !byItself)
    .flatMap((step) => {
      const words = wordsOfLine(stepLine(step))
      const line = visible.split('\n').find((each) => wordsOfLine(each) === words)
      const done = line === undefined ? undefined : /^\s*[-*+] \[[xX]\]/.test(line)
      return done === undefined || done === tickedAt.has(step.id) ? [] : [{ stepId: step.id, done }]
    })
}

/** What a task says behind its box and its day. */
function wordsOfLine(line: string): string | undefined {
  return /^\s*[-*+] \[[ xX]\] \d{4}-\d\d-\d\d: (.*?)\s*$/.exec(line)?.[1]
}

function startOfPart(text: string, json: number): number {
  const marked = text.lastIndexOf(beginning, json)
  if (marked !== -1) return marked
  const headings = [...text.slice(0, json).matchAll(heading)]
  const last = headings.at(-1)?.index
  if (last !== undefined) return last
  const folded = /<details>\s*<summary>[^\n]*<\/summary>\s*(?:```\w*)?\s*$/.exec(text.slice(0, json))
  return folded?.index ?? json
}

function endOfPart(text: string, jsonEnd: number): number {
  const rest = /\s*(?:```[ \t]*)?\s*(?:<!-- as written: \w+ -->)?\s*(?:<\/details>[ \t]*\n?)?/y
  rest.lastIndex = jsonEnd
  return rest.test(text) ? rest.lastIndex : jsonEnd
}

/** A plan that is cut off ends with its fold; without one nobody knows, and all of it stays. */
function endOfDamaged(text: string, json: number): number {
  damagedEnd.lastIndex = json
  return damagedEnd.test(text) ? damagedEnd.lastIndex : json
}

function whatStood(visible: string): string {
  if (visible === '') return ''
  const longest = Math.max(3, ...[...visible.matchAll(/~{3,}/g)].map(([run]) => run.length + 1))
  const fence = '~'.repeat(longest)
  const summary = '<summary>What stood here before, with what was changed by hand</summary>'
  return `<details>\n${summary}\n\n${fence}text\n${visible}\n${fence}\n\n</details>`
}
