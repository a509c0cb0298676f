import type { PartLayout, SharedPart } from '../sharing/issue-part.ts'
import { endOfObject } from '../sharing/embedded-text.ts'
import type { ChecklistStep } from './plan-checklist.ts'
import { planOf, type PlanDocument } from './plan-document.ts'
import { planMark, stepLine } from './write-plan-text.ts'

/** How a plan stands in the text of an issue. */
export const planLayout: PartLayout = {
  mark: planMark,
  opening: '<!-- From here on Understudy writes the coverage plan. Write above this line, or below the plan. -->',
  heading: /^# Coverage for /gm,
  endOf: endOfObject,
}

/** Boxes of the checklist that somebody ticked, or unticked, in the issue: steps that the plan beside them says otherwise of. */
export function tickedByHand(
  { visible }: SharedPart,
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
