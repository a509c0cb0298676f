import { z } from 'zod'
import { planDocumentSchema } from '#contract/plan-document.ts'
import type { PlanDocument } from '#core/coverage/plan-document.ts'
import { planMark } from '#core/coverage/write-plan-text.ts'
import { findSharedText } from '#core/sharing/embedded-text.ts'
import { Refusal } from '../refusal.ts'
import { parsedJson } from '../sharing/parsed-json.ts'
import type { SharedText } from '../sharing/document-kind.ts'

const envelope = z.strictObject({
  understudy: z.literal(planMark.kind),
  format: z.number().int().min(1),
  plan: z.unknown(),
})

/**
 * Reads a plan from what was exported: a file, or Markdown, also after an editor or a mail program had it.
 *
 * @throws {Refusal} that says what is wrong with the text and what to do.
 */
export function readPlanText(text: string): PlanDocument {
  const read = judgePlanText(text)
  if (read.kind === 'read') return read.document
  throw new Refusal('refused', read.words)
}

/**
 * The same where a text without a plan is nothing unusual.
 *
 * SECURITY: the text comes from outside; what is not of the known shape is refused as a whole.
 */
export function judgePlanText(text: string): SharedText<PlanDocument> {
  const found = findSharedText(text, planMark)
  if (found.kind === 'none') {
    return unreadable(
      'none',
      'There is no coverage plan in this text. Take all of what you were given, from its first line to its last.',
    )
  }
  if (found.kind === 'several') {
    return unreadable('several', 'There is more than one coverage plan in this text. Import them one by one.')
  }
  const file = envelope.safeParse(found.kind === 'found' ? parsedJson(found.json) : undefined)
  if (!file.success) {
    return unreadable('damaged', 'The coverage plan in this text is cut off or damaged. Ask for it again, as a file.')
  }
  const { format, plan } = file.data
  if (format > planMark.format) {
    const words = 'This coverage plan was written by a newer Understudy. Install that one, and import it then.'
    return unreadable('newer', words)
  }
  const read = planDocumentSchema.safeParse(plan)
  if (read.success) return { kind: 'read', document: read.data, unread: [] }
  const [issue] = read.error.issues
  const place = issue?.path.map(String).join('.') || 'the plan'
  const words = `The coverage plan in this text cannot be read: ${place}: ${issue?.message}. Ask for it again.`
  return unreadable('damaged', words)
}

function unreadable(kind: Exclude<SharedText<never>['kind'], 'read'>, words: string): SharedText<never> {
  return { kind, words, unread: [] }
}
