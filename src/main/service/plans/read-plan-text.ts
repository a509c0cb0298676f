import { z } from 'zod'
import { planDocumentSchema } from '#contract/plan-document.ts'
import { findPlanText } from '#core/coverage/find-plan-text.ts'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { planMark } from '#core/coverage/write-plan-text.ts'
import { Refusal } from '../refusal.ts'

const envelope = z.strictObject({
  understudy: z.literal(planMark.kind),
  format: z.number().int().min(1),
  plan: z.unknown(),
})

/** A plan as it was read from a text, or why none could be, in words. `damaged` is cut off or not of the known shape. */
export type PlanText =
  | { readonly kind: 'read'; readonly plan: PlanDocument }
  | { readonly kind: 'none' | 'several' | 'newer' | 'damaged'; readonly words: string }

/**
 * Reads a plan from what was exported: a file, or Markdown, also after an editor or a mail program had it.
 *
 * @throws {Refusal} that says what is wrong with the text and what to do.
 */
export function readPlanText(text: string): PlanDocument {
  const read = judgePlanText(text)
  if (read.kind === 'read') return read.plan
  throw new Refusal('refused', read.words)
}

/**
 * The same where a text without a plan is nothing unusual.
 *
 * SECURITY: the text comes from outside; what is not of the known shape is refused as a whole.
 */
export function judgePlanText(text: string): PlanText {
  const found = findPlanText(text)
  if (found.kind === 'none') {
    const words =
      'There is no coverage plan in this text. Take all of what you were given, from its first line to its last.'
    return { kind: 'none', words }
  }
  if (found.kind === 'several') {
    return { kind: 'several', words: 'There is more than one coverage plan in this text. Import them one by one.' }
  }
  const file = envelope.safeParse(found.kind === 'found' ? jsonOf(found.json) : undefined)
  if (!file.success) {
    const words = 'The coverage plan in this text is cut off or damaged. Ask for it again, as a file.'
    return { kind: 'damaged', words }
  }
  const { format, plan } = file.data
  if (format > planMark.format) {
    const words = 'This coverage plan was written by a newer Understudy. Install that one, and import it then.'
    return { kind: 'newer', words }
  }
  const read = planDocumentSchema.safeParse(plan)
  if (read.success) return { kind: 'read', plan: read.data }
  const [issue] = read.error.issues
  const place = issue?.path.map(String).join('.') || 'the plan'
  const words = `The coverage plan in this text cannot be read: ${place}: ${issue?.message}. Ask for it again.`
  return { kind: 'damaged', words }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
