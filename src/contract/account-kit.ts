import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errors } from './errors.ts'
import { writePreview } from './outbox.ts'
import { instantMs, zendeskId } from './values.ts'
import { workProject } from './work-project.ts'

/** One part of what an account's project needs for proactive work (rules 17 and 18). */
export const kitStep = z.object({
  id: z.enum(['label', 'subscription', 'board', 'template']),
  /**
   * `done`: it is there. `missing`: it can be made. `waiting`: it was ordered and is on its way. `not-permitted`: this sign-in, its
   * role there or the licence does not allow it. `unknown`: GitLab did not tell.
   */
  state: z.enum(['done', 'missing', 'waiting', 'not-permitted', 'unknown']),
  /** What is there or is not, and what can be done about it. */
  words: z.string(),
  /** Where it can be looked at in GitLab, once it is there. */
  url: z.url().nullable(),
  /** What making it would do; null unless it is missing. */
  preview: writePreview.nullable(),
})
export type KitStep = z.infer<typeof kitStep>

/** A message to copy. */
const message = z.object({ to: z.string(), subject: z.string(), text: z.string() })

/** What an account's project has and lacks. */
export const accountKit = z.object({
  accountId: zendeskId,
  accountName: z.string(),
  /** The project it is looked at in; null while none is chosen or there is none. */
  project: workProject.nullable(),
  /** Projects of the account to choose from. */
  projects: z.array(workProject),
  /** The label in its canonical casing, and whether the account has it already. */
  label: z.object({ name: z.string(), ofAccount: z.boolean(), words: z.string() }),
  steps: z.array(kitStep),
  /** To the customer's contacts and to the account team. */
  announcements: z.array(message),
  /** When GitLab was asked. */
  asOf: instantMs,
})
export type AccountKit = z.infer<typeof accountKit>

export const accountKits = {
  /**
   * Looks what an account's project has and lacks, asked from GitLab. Nothing is made by it: what is missing comes with its preview, to be
   * ordered with `outbox.send`. `place` is a group or project to look at instead of the account's own.
   */
  look: oc
    .errors({ NOT_FOUND: errors.NOT_FOUND, REFUSED: errors.REFUSED })
    .input(
      z.object({
        accountId: zendeskId,
        projectId: z.number().int().positive().optional(),
        place: z.string().trim().min(1).max(500).optional(),
      }),
    )
    .output(accountKit),
}
