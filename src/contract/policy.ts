import { z } from 'zod'
import { guidanceSituations, guidanceStepIds, type Policy } from '#core/policy/policy.ts'
import { orgNotePolicySchema } from './org-note-policy.ts'
import { onboardingPolicySchema } from './onboarding-policy.ts'

const source = z.string().min(1)
/** Text with no other placeholders than these. */
const filledWith = (...names: readonly string[]) =>
  z
    .string()
    .refine(
      (text) => [...text.matchAll(/\{(\w*)\}/g)].every(([, name]) => names.includes(name ?? '')),
      `has a placeholder other than ${names.map((name) => `{${name}}`).join(', ')}`,
    )
const announcementWords = filledWith('account', 'project', 'url', 'label', 'whom', 'sender')
const announcement = z.strictObject({
  subject: announcementWords.min(1),
  lines: z.array(announcementWords).min(1),
  source,
})
const noticeWords = filledWith('account', 'ase', 'cover', 'sender')
const notice = z.strictObject({ subject: noticeWords.min(1), lines: z.array(noticeWords).min(1), source })
const people = z.number().int().min(1).max(10)
const hours = z.number().int().min(1).max(336)
const days = z.number().int().min(0).max(365)
const guidanceNames = ['ase', 'cover', 'account', 'online', 'assignee']
const sentence = filledWith(...guidanceNames).min(1)
const guidanceText = z.strictObject({
  action: sentence,
  reason: sentence,
  source,
  steps: z.array(z.enum(guidanceStepIds)).refine((steps) => new Set(steps).size === steps.length, 'names a step twice'),
})
/** What a person writes into a note. */
const noteParts = ['history', 'expectations', 'facts', 'conversation']
const guidanceStepText = z.strictObject({
  words: sentence,
  text: filledWith(...guidanceNames, 'aseHandle', 'coverHandle', 'ticket', 'subject', 'url', ...noteParts),
  source,
})

/** Shape of a policy file in `resources/policies`; unknown keys are refused so that a typo cannot pass for a rule. */
export const policySchema = z.strictObject({
  version: z.string().regex(/^\d{4}-\d{2}$/, 'is a year and a month, like 2025-04'),
  title: z.string().min(1).max(60),
  covering: z.strictObject({ reductionPerAccount: z.number().min(0).max(1), source }),
  onCall: z.strictObject({ swapFromAccounts: z.number().int().min(1), source }),
  baseline: z.strictObject({
    cleanWeeks: z.number().int().min(1).max(52),
    lookBackWeeks: z.number().int().min(1).max(104),
    outlierDeviations: z.number().min(1).max(20),
    workingDays: z
      .array(z.number().int().min(1).max(7))
      .min(1)
      .refine((days) => new Set(days).size === days.length, 'names a day twice'),
    source,
  }),
  contributing: z.strictObject({ notAssignedToAse: z.enum(['like-assigned', 'org-note']), source }),
  planning: z
    .strictObject({
      findCoverDays: days,
      reviewDays: days,
      source,
      steps: z
        .array(
          z.strictObject({
            id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'is a name in lower case, like find-cover'),
            due: z.enum(['find-cover', 'review', 'return']),
            doneBy: z.enum(['covered']).nullable(),
            words: z.string().min(1).max(300),
            source,
          }),
        )
        .refine((steps) => new Set(steps.map(({ id }) => id)).size === steps.length, 'names a step twice'),
    })
    .refine((planning) => planning.findCoverDays >= planning.reviewDays, 'reviews with somebody before cover is found'),
  returning: z.strictObject({
    meetingMinutes: z.number().int().min(5).max(240),
    removeAfterDays: z.number().int().min(1).max(365),
    notices: z.strictObject({ contacts: notice, accountTeam: notice }),
    source,
  }),
  pods: z
    .strictObject({
      region: z.string().min(1),
      coordinateFrom: people,
      postFrom: people,
      askManagerFrom: people,
      volunteerHours: z.strictObject({ planned: hours, emergency: hours }),
      source,
    })
    .refine(
      (pods) => pods.coordinateFrom <= pods.postFrom && pods.postFrom <= pods.askManagerFrom,
      'asks for more with fewer people out',
    )
    .nullable(),
  proactive: z.strictObject({
    callTemplate: z.strictObject({
      path: z
        .string()
        .regex(/^\.gitlab\/issue_templates\/[\w-]+\.md$/, 'is no file like .gitlab/issue_templates/Call.md'),
      lines: z.array(filledWith('account', 'label')).min(1),
      source,
    }),
    announcements: z.strictObject({ contacts: announcement, accountTeam: announcement }),
  }),
  orgNote: orgNotePolicySchema,
  onboarding: onboardingPolicySchema,
  guidance: z.record(z.enum(guidanceSituations), guidanceText),
  guidanceSteps: z.record(z.enum(guidanceStepIds), guidanceStepText),
}) satisfies z.ZodType<Policy>
