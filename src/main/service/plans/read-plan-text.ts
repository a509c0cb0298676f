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

/**
 * Reads a plan from what was exported: a file, or Markdown, also after an editor or a mail program had it.
 *
 * SECURITY: the text comes from outside; what is not of the known shape is refused as a whole.
 *
 * @throws {Refusal} that says what is wrong with the text and what to do.
 */
export function readPlanText(text: string): PlanDocument {
  const found = findPlanText(text)
  if (found.kind === 'none') {
    throw new Refusal('refused', 'There is no coverage plan in this text. Take all of what “export” wrote, to its end.')
  }
  if (found.kind === 'several') {
    throw new Refusal('refused', 'There is more than one coverage plan in this text. Import them one by one.')
  }
  const file = envelope.safeParse(found.kind === 'found' ? jsonOf(found.json) : undefined)
  if (!file.success) {
    throw new Refusal('refused', 'The coverage plan in this text is cut off or damaged. Ask for it again, as a file.')
  }
  const { format, plan } = file.data
  if (format > planMark.format) {
    const words = 'This coverage plan was written by a newer Understudy. Install that one, and import it then.'
    throw new Refusal('refused', words)
  }
  const read = planDocumentSchema.safeParse(plan)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue?.path.map(String).join('.') || 'the plan'
  throw new Refusal(
    'refused',
    `The coverage plan in this text cannot be read: ${place}: ${issue?.message}. Ask for it again.`,
  )
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
