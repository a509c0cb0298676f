import type { TicketLineValues } from '#contract/handoffs.ts'
import { severities } from '#core/handoff/handoff-document.ts'
import type { Contingency } from './contingency.ts'

type Check = (value: unknown) => boolean
/** A check for every member, so that a new one cannot be forgotten. */
type Checks<Shape> = { readonly [Name in keyof Shape]-?: Check }

const isText: Check = (value) => typeof value === 'string'
const isFlag: Check = (value) => typeof value === 'boolean'
const isTrigger: Check = (value) => value === null || (typeof value === 'object' && 'on' in value && isText(value.on))

const isContingency = shape<Contingency>({
  id: isText,
  if: isText,
  // oxlint-disable-next-line unicorn/no-thenable -- a check, never awaited
  then: isText,
  trigger: isTrigger,
})

const isLine = shape<TicketLineValues>({
  severity: (value) => value === null || severities.some((severity) => severity === value),
  story: isText,
  nextAction: isText,
  nextOwner: isText,
  nextBy: isText,
  contingencies: (value) => Array.isArray(value) && value.every(isContingency),
  nothingForeseen: isFlag,
  askWhom: isText,
})

/** Whether a value that was kept as text somewhere is a ticket's line. */
export function isTicketLine(value: unknown): value is TicketLineValues {
  return isLine(value)
}

function shape<Shape>(checks: Checks<Shape>): Check {
  const all = Object.entries<Check>(checks)
  return (value) =>
    typeof value === 'object' && value !== null && all.every(([name, check]) => check(Reflect.get(value, name)))
}
