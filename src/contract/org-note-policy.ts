import { z } from 'zod'
import type { OrgNotePolicy } from '#core/org-note/org-note-policy.ts'

const source = z.string().min(1)

/** Text with no other placeholders than these. */
const filledWith = (...names: readonly string[]) =>
  z
    .string()
    .min(1)
    .refine(
      (text) => [...text.matchAll(/\{(\w*)\}/g)].every(([, name]) => names.includes(name ?? '')),
      `has a placeholder other than ${names.map((name) => `{${name}}`).join(', ')}`,
    )

const answer = filledWith('ase', 'slack', 'customer', 'region', 'hours')
const sign = z.string().refine((text) => {
  try {
    return !new RegExp(text, 'iu').test('')
  } catch {
    return false
  }
}, 'is no regular expression, or fits everything')

/** Shape of what a policy says of organization notes. */
export const orgNotePolicySchema = z.strictObject({
  source,
  opening: z.string().min(1),
  questions: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'is a name in lower case, like outside-hours'),
        kind: z.enum(['question', 'fixed']),
        question: z.string().min(1),
        whenAssigned: answer,
        whenNotAssigned: answer,
        signs: z.array(sign).min(1),
        source,
      }),
    )
    .min(1)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'names a question twice'),
  temporary: z.strictObject({ text: filledWith('ase', 'cover', 'customer', 'until'), source }),
}) satisfies z.ZodType<OrgNotePolicy>
