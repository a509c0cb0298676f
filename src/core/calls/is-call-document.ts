import type { ActionItem, CallDocument, CallTicket, CallTopic } from './call-document.ts'

type Check = (value: unknown) => boolean
/** A check for every member, so that a new one cannot be forgotten. */
type Checks<Shape> = { readonly [Name in keyof Shape]-?: Check }

const isText: Check = (value) => typeof value === 'string'
const isDone: Check = (value) => typeof value === 'boolean'
const isNumber: Check = (value) => typeof value === 'number'
const oneOf =
  (words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)

function shape<Shape>(checks: Checks<Shape>): Check {
  const all = Object.entries<Check>(checks)
  return (value) =>
    typeof value === 'object' && value !== null && all.every(([name, check]) => check(Reflect.get(value, name)))
}

const isCall = shape<CallDocument>({
  about: oneOf(['tickets', 'other']),
  day: isText,
  purpose: isText,
  tickets: listOf(shape<CallTicket>({ id: isNumber, how: oneOf(['internal', 'public']) })),
  customer: listOf(isText),
  ours: listOf(isText),
  topics: listOf(shape<CallTopic>({ title: isText, notes: isText })),
  decisions: listOf(isText),
  actions: listOf(shape<ActionItem>({ what: isText, dri: isText, dueOn: isText, done: isDone })),
  prioritiesChanged: isText,
  priorities: listOf(isText),
})

/**
 * Whether a value that was kept as text somewhere is a call. How long its texts are is not looked at: what somebody typed is never
 * dropped for that.
 */
export function isCallDocument(value: unknown): value is CallDocument {
  return isCall(value)
}
