import { z } from 'zod'
import { onboardingStepIds, type OnboardingPolicy } from '#core/desk/onboarding-policy.ts'

const source = z.string().min(1)

/** Text with no other placeholders than these. */
const filledWith = (...names: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => [...text.matchAll(/\{(\w*)\}/g)].every(([, name]) => names.includes(name ?? '')),
      `has a placeholder other than ${names.map((name) => `{${name}}`).join(', ')}`,
    )

const request = filledWith('account', 'accountId', 'ase', 'aseId')

/** Shape of what a policy says of taking over an account. */
export const onboardingPolicySchema = z.strictObject({
  introduction: z.strictObject({
    minutes: z.number().int().min(1).max(480),
    agenda: z.array(filledWith('account', 'ase', 'sender')).min(1),
    source,
  }),
  autoAssign: z.discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('form'),
      url: z.url({ protocol: /^https$/ }),
      choices: z.array(z.strictObject({ question: z.string().min(1), answer: z.string().min(1) })).min(1),
      remark: z.string(),
      source,
    }),
    z.strictObject({
      by: z.literal('issue'),
      title: request.min(1).max(255),
      lines: z.array(request).min(1),
      remark: z.string(),
      source,
    }),
  ]),
  steps: z
    .array(
      z.strictObject({
        id: z.enum(onboardingStepIds),
        dueBusinessDays: z.number().int().min(0).max(250),
        words: z.string().min(1).max(300),
        source,
      }),
    )
    .min(1)
    .refine((steps) => new Set(steps.map(({ id }) => id)).size === steps.length, 'names a step twice'),
}) satisfies z.ZodType<OnboardingPolicy>
